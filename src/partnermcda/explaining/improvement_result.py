"""What it would take to come further: value by value, and in words."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from partnermcda.errors import Finding
from partnermcda.messages import say
from partnermcda.messages.figures import figure
from partnermcda.ranking.contest import Contest

# Tables are pandas's, and catalogs pydantic's; figures do without them.
if TYPE_CHECKING:
    import pandas as pd

    from partnermcda.catalog import Catalog

COLUMNS: Final = ("name", "kind", "known", "now", "needed", "change", "step", "share", "reachable")


@dataclass(frozen=True, slots=True)
class Improvement:
    """The least by which one criterion or one pillar has to get better, all else as it is."""

    name: str
    """Id of the criterion or pillar."""
    pillar: bool
    """Whether it is a pillar, of which all criteria go the same share of their way."""
    known: bool
    """Whether the value now is known; what is not known stands in the middle of its interval."""
    share: float
    """Share of the way from now to the best; NaN where the best is not enough."""
    now: float = math.nan
    """Value now, in raw units; NaN where it is not known, and for a pillar."""
    needed: float = math.nan
    """Value that is enough; NaN where none is, and for a pillar."""
    step: float = math.nan
    """One step less is not enough."""

    @property
    def reachable(self) -> bool:
        """Whether this one alone can be enough."""
        return not math.isnan(self.share)


@dataclass(frozen=True, slots=True, eq=False)
class Improvements:
    """By how much one actor has to get better to reach a rank, by each criterion alone.

    Examples
    --------
    >>> import pandas as pd
    >>> import partnermcda as pm
    >>> from partnermcda.explaining.improving import improvements
    >>> catalog = pm.load_catalog("urban-services")
    >>> actors = pd.DataFrame({
    ...     "actor_id": ["a", "b"], "actor": ["Ada", "Bo"], "actor_type": ["ngo", "start_up"],
    ...     "city": ["Dakar", "Dakar"], "res_human": [5, 9], "res_data": [3, 3]})
    >>> values = pm.evaluate(pm.read_inventory(actors, catalog), catalog)
    >>> found = improvements(pm.rank(values, catalog.weights("balanced")), "Ada", catalog=catalog)
    >>> found.to_frame()[["name", "now", "needed"]].to_dict("list")
    {'name': ['res_human', 'res_data'], 'now': [5.0, 3.0], 'needed': [9, 4]}
    """

    contest: Contest
    """Who is compared, by what and how."""
    actor: int
    """The actor's place in `contest`."""
    rank: int
    """Rank to be reached."""
    rank_now: int
    """Rank now; as good as the one to be reached, there is nothing to improve."""
    actors: int
    """Number of actors it is ranked among."""
    found: tuple[Improvement, ...]
    """One for each criterion, then those of pillars."""
    catalog: "Catalog | None"
    """Where labels and units are from."""
    notes: tuple[Finding, ...]
    """What was held still, and what is told otherwise than for other criteria."""

    def to_frame(self) -> "pd.DataFrame":
        """Lay the improvements out as a table, in the order of the criteria.

        Returns
        -------
        DataFrame
            Columns ``name, kind, known, now, needed, change, step, share, reachable``; `kind` is
            ``criterion`` or ``pillar``.
        """
        import pandas as pd

        rows = [
            (
                *(one.name, "pillar" if one.pillar else "criterion", one.known),
                *(one.now, one.needed, one.needed - one.now, one.step, one.share, one.reachable),
            )
            for one in self.found
        ]
        return pd.DataFrame(rows, columns=list(COLUMNS)).astype(
            dict.fromkeys(COLUMNS[:2], pd.StringDtype("pyarrow"))
        )

    def in_words(self, language: str = "en") -> str:
        """Say what would be enough, the shortest way first.

        Parameters
        ----------
        language : {"en", "fr"}
            Language of the sentences.

        Returns
        -------
        str
            One criterion or pillar a line.
        """
        contest = self.contest
        details = {
            "actor": contest.names[self.actor],
            "now": self.rank_now,
            "count": self.actors,
            "rank": self.rank,
        }
        if self.rank_now <= self.rank:
            return say("improvements.already", language, **details)
        ways = sorted((one for one in self.found if one.reachable), key=lambda one: one.share)
        others = [self._label(one, language) for one in self.found if not one.reachable]
        head = say("improvements.head" if ways else "improvements.no_way", language, **details)
        lines = [head, *(self._line(one, language) for one in ways)]
        if others and ways:
            names = say("semicolon", language).join(others)
            lines.append(say("improvements.out_of_reach", language, names=names))
        return "\n".join(lines)

    def _label(self, one: Improvement, language: str) -> str:
        return one.name if self.catalog is None else self.catalog.label(one.name, language)

    def _line(self, one: Improvement, language: str) -> str:
        label = self._label(one, language)
        if one.pillar:
            share = figure(math.ceil(1000 * one.share) / 10, 0.1, language)
            return say("improvements.pillar", language, name=label, share=share)
        unit = ""
        if self.catalog is not None:
            unit = f" ({self.catalog.criterion(one.name).unit[language]})"
        needed = figure(one.needed, one.step, language)
        if not one.known:
            return say("improvements.unknown", language, name=label, needed=needed, unit=unit)
        details = {
            "needed": needed,
            "now": figure(one.now, one.step, language),
            "change": figure(abs(one.needed - one.now), one.step, language),
        }
        more = one.needed > one.now
        return say(
            "improvements.more" if more else "improvements.less",
            language,
            name=label,
            unit=unit,
            **details,
        )
