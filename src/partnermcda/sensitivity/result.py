"""What decides: how much of an outcome hangs on each choice, in figures and in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from partnermcda.core.arrays import Floats, Ints
from partnermcda.errors import Finding
from partnermcda.messages import say
from partnermcda.sensitivity.indices import Indices

if TYPE_CHECKING:
    import pandas as pd

_LEAST: Final = 0.02
"""Least Shapley effect of what decides."""
_MOST: Final = 0.1
"""What a choice may at most decide of which is said that hardly anything hangs on it."""
_COLUMNS: Final = ("first", "first_error", "total", "total_error", "shapley", "shapley_error")


@dataclass(frozen=True, slots=True, eq=False)
class Sensitivity:
    """How much of the variance of an outcome hangs on each of g choices.

    Each figure comes with its standard error; the true value lies within 1.96 of them nineteen
    times out of twenty.

    Examples
    --------
    >>> import pandas as pd
    >>> import partnermcda as pm
    >>> from partnermcda.sensitivity import Choices, global_sensitivity
    >>> catalog = pm.load_catalog("urban-services")
    >>> actors = pd.DataFrame({
    ...     "actor_id": ["a", "b"], "actor": ["Ada", "Bo"], "actor_type": ["ngo", "start_up"],
    ...     "city": ["Dakar", "Dakar"], "res_technical": [4, 3], "dig_propensity": [None, 5]})
    >>> found = global_sensitivity(
    ...     pm.read_inventory(actors, catalog), catalog, catalog.weights("balanced"),
    ...     draws=64, rng=7,
    ...     choices=Choices(weights="around", concentration=10, method=("topsis",)))
    >>> found.choices
    ('weights', 'normalization', 'missing')
    >>> print(found.in_words().splitlines()[0])
    With these choices left open, first place stays with Bo in 59% of all cases.
    """

    of: Literal["leader", "rank", "score"]
    """The outcome: whether leaders stay, or the rank or score of one actor."""
    about: str
    """Whose outcome it is: the actor, or the leader of the one city; empty for many cities."""
    city: str
    """The one city it is about; empty for all."""
    cities: int
    """Number of cities."""
    choices: tuple[str, ...]
    """(g,) names of the choices left open."""
    labels: Mapping[str, tuple[str, ...]]
    """The same in words, for each language."""
    inputs: Ints
    """(g,) how many independent uniform numbers are behind each choice."""
    indices: Indices
    """(g,) first-order and total Sobol' indices and Shapley effects, with their errors."""
    draws: int
    """Number of pairs of points drawn."""
    notes: tuple[Finding, ...]
    """What to know besides."""

    def __len__(self) -> int:
        return len(self.choices)

    def to_frame(self, language: str = "en") -> "pd.DataFrame":
        """Lay the figures out as a table, what decides most first.

        Parameters
        ----------
        language : {"en", "fr"}
            Of the labels.

        Returns
        -------
        DataFrame
            Columns ``choice, label, inputs, first, first_error, total, total_error, shapley,
            shapley_error``.
        """
        import pandas as pd

        order = self._order()
        table = {
            "choice": [self.choices[i] for i in order],
            "label": [self.labels[language][i] for i in order],
            "inputs": self.inputs[order],
        }
        figures = {name: getattr(self.indices, name)[order] for name in _COLUMNS}
        return pd.DataFrame(table | figures)

    def in_words(self, language: str = "en") -> str:
        """Say what decides, and what hardly does.

        Parameters
        ----------
        language : {"en", "fr"}

        Returns
        -------
        str
            One sentence a line.
        """
        if not self.indices.variance > 0:
            return "\n".join([self._outcome(language), say("sensitivity.nothing", language)])
        order, share = self._order(), self.indices.shapley
        many = order[share[order] >= np.maximum(2 * self.indices.shapley_error, _LEAST)[order]]
        rest = order[~np.isin(order, many)]
        lines = [self._outcome(language)]
        if len(many):
            lines.append(self._deciding(many, language))
        small = self._at_most() <= _MOST
        for key, which in (("hardly", small), ("unsettled", ~small)):
            names = ", ".join(self.labels[language][i] for i in rest if which[i])
            if names:
                lines.append(say(f"sensitivity.words.{key}", language, names=names))
        together = min(1 - float(self.indices.first.sum()), 1.0)
        error = float(np.sqrt(np.square(self.indices.first_error).sum()))
        if together > max(_LEAST, 2 * error):
            lines.append(say("sensitivity.together", language, share=_percent(together)))
        return "\n".join(lines)

    def _order(self) -> Ints:
        return np.argsort(-np.nan_to_num(self.indices.shapley), kind="stable")

    def _at_most(self) -> Floats:
        """Bound what each choice decides: by its total where no path showed it."""
        found = self.indices
        on_paths = found.shapley + 2 * found.shapley_error
        return np.where(found.shapley_error > 0, on_paths, found.total + 2 * found.total_error)

    def _outcome(self, language: str) -> str:
        if self.of == "leader":
            return say(
                "sensitivity.leader" if self.about else "sensitivity.leaders",
                language,
                name=self.about,
                share=_percent(self.indices.mean),
                cities=self.cities,
            )
        digits = 1 if self.of == "rank" else 3
        return say(
            "sensitivity.rank" if self.of == "rank" else "sensitivity.score",
            language,
            name=self.about,
            mean=_number(self.indices.mean, digits, language),
            spread=_number(self.indices.variance**0.5, digits, language),
        )

    def _deciding(self, order: Ints, language: str) -> str:
        parts = [
            say(
                "sensitivity.part",
                language,
                name=self.labels[language][i],
                share=_percent(self.indices.shapley[i]),
                error=max(1, round(100 * float(self.indices.shapley_error[i]))),
            )
            for i in order
        ]
        return say("sensitivity.decides", language, parts=", ".join(parts))


def _percent(share: float) -> int:
    return round(100 * float(share))


def _number(value: float, digits: int, language: str) -> str:
    text = f"{value:.{digits}f}"
    return text.replace(".", ",") if language == "fr" else text
