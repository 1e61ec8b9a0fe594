"""What a score and a lead come from, as figures, as a table and in words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from partnermcda.core.arrays import Bools, Floats
from partnermcda.errors import Finding
from partnermcda.explaining.explanation_words import sentences
from partnermcda.ranking.contest import Contest

# Tables are pandas's, and catalogs pydantic's; figures do without them.
if TYPE_CHECKING:
    import pandas as pd

    from partnermcda.catalog import Catalog

COLUMNS: Final = (
    *("name", "kind", "weight", "known", "value", "part"),
    *("rival", "lead_part", "median", "median_part", "score_low", "score_high"),
)


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """How the way from one score to another is shared out among n criteria.

    Examples
    --------
    >>> import partnermcda as pm
    >>> from partnermcda.explaining.explanation import explain
    >>> matrix = pm.DecisionMatrix([[1.0, 0.5], [0.0, 0.5]], benefit=[True, True])
    >>> lead = explain(pm.rank(matrix, [1, 1], "weighted_sum"), "A1").over_rival
    >>> lead.difference, lead.parts
    (0.5, array([0.5, 0. ]))
    """

    start: float
    """Score of the values it is counted from."""
    end: float
    """Score of the actor."""
    reference: Floats
    """(n,) values it is counted from, as the method sees them."""
    parts: Floats
    """(n,) parts, summing to the difference."""
    errors: Floats
    """(n,) standard errors of the parts; 0 where they are exact."""

    @property
    def difference(self) -> float:
        """By how much the actor's score is higher."""
        return self.end - self.start


@dataclass(frozen=True, slots=True, eq=False)
class Explanation:
    """Each criterion's part in an actor's score, and in its lead over another.

    Values are those the method sees: on a fixed scale the matrix's own; by TOPSIS with observed
    ideals the normalized ones, in which more is better. Parts are in the unit of the score.

    Examples
    --------
    >>> import partnermcda as pm
    >>> from partnermcda.explaining.explanation import explain
    >>> matrix = pm.DecisionMatrix([[0.9, 0.5], [0.6, 0.7]], criteria=["reach", "skills"],
    ...                            benefit=[True, True], alternatives=["Ada", "Bo"])
    >>> found = explain(pm.rank(matrix, [3, 1], "weighted_sum"), "Bo")
    >>> print(found.in_words().splitlines()[1])
    Bo is 0.18 behind Ada: reach −0.23, skills +0.05.
    >>> found.to_frame()[["name", "value", "rival", "lead_part"]].round(3).to_dict("list")
    {'name': ['reach', 'skills'], 'value': [0.6, 0.7], 'rival': [0.9, 0.5],
     'lead_part': [-0.225, 0.05]}
    """

    contest: Contest
    """Who is compared, by what and how."""
    actor: int
    """The actor's place in `contest`."""
    rival: int | None
    """Place of whom it is compared with; None where it is alone."""
    actors: int
    """Number of actors it is ranked among."""
    ranks: tuple[int, ...]
    """Its rank, and that of its rival if it has one."""
    values: Floats
    """(n,) its values."""
    known: Bools
    """(1, n) or, with a rival, (2, n) whether a value is known."""
    from_start: Parts
    """Its score, counted from the worst values there are, or the best."""
    counted_from: Literal["worst", "best"]
    """From which of them."""
    over_median: Parts
    """Its lead over an actor with the median of what is known on every criterion."""
    over_rival: Parts | None
    """Its lead over its rival; None where it is alone."""
    alone_low: Floats
    """(n,) lowest score that one value alone allows, the others held."""
    alone_high: Floats
    """(n,) highest score that one value alone allows."""
    bounds: Floats
    """(1, 2) or (2, 2) lowest and highest score that all missing answers together allow."""
    catalog: "Catalog | None"
    """Where labels and pillars are from."""
    notes: tuple[Finding, ...]
    """What was held still, taken in the middle, not judged or drawn."""

    @property
    def lead_bounds(self) -> tuple[float, float] | None:
        """Lowest and highest difference to the rival's score that missing answers allow."""
        if self.rival is None:
            return None
        (low, high), (rival_low, rival_high) = self.bounds.tolist()
        return low - rival_high, high - rival_low

    def pillars(self) -> dict[str, Bools]:
        """Tell which of the n criteria judged belong to each pillar of the catalog.

        Returns
        -------
        dict of str to (n,) array of bool
            Pillars of which something is judged, by id; none without a catalog.
        """
        if self.catalog is None:
            return {}
        names = np.array(self.contest.criteria)
        found = {p.id: np.isin(names, p.entries) for p in self.catalog.pillars}
        return {name: members for name, members in found.items() if members.any()}

    def label(self, name: str, language: str = "en") -> str:
        """Name a criterion or pillar for a reader; without a catalog, by its id."""
        return name if self.catalog is None else self.catalog.label(name, language)

    def to_frame(self) -> "pd.DataFrame":
        """Lay the parts out as a table: criteria in their order, then the sums of pillars.

        Returns
        -------
        DataFrame
            Columns ``name, kind, weight, known, value, part, rival, lead_part, median, median_part,
            score_low, score_high``; `kind` is ``criterion`` or ``pillar``, and what a pillar does
            not have is NaN.
        """
        import pandas as pd

        pillars, rival = self.pillars(), self.over_rival
        groups = list(pillars.values())
        blank = np.full(len(self.values), np.nan)
        weights, parts = self.contest.weights.values, self.from_start.parts
        lead = blank if rival is None else rival.parts

        def summed(figures: Floats) -> Floats:
            return np.append(figures, [figures[members].sum() for members in groups])

        def single(figures: Floats) -> Floats:
            return np.append(figures, np.full(len(groups), np.nan))

        columns = (
            (*self.contest.criteria, *pillars),
            ["criterion"] * len(blank) + ["pillar"] * len(groups),
            *(summed(weights), summed(~self.known[0]) == 0, single(self.values), summed(parts)),
            *(single(blank if rival is None else rival.reference), summed(lead)),
            *(single(self.over_median.reference), summed(self.over_median.parts)),
            *(single(self.alone_low), single(self.alone_high)),
        )
        return pd.DataFrame(dict(zip(COLUMNS, columns, strict=True))).astype(
            dict.fromkeys(COLUMNS[:2], pd.StringDtype("pyarrow"))
        )

    def in_words(self, language: str = "en", most: int = 5) -> str:
        """Say where the score and the lead come from.

        Parameters
        ----------
        language : {"en", "fr"}
            Language of the sentences.
        most : int
            How many criteria a sentence names; the others are summed up.

        Returns
        -------
        str
            One sentence a line. Figures of one sentence add up as they are shown.
        """
        return "\n".join(sentences(self, language, most))
