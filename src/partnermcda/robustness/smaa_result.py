"""How often each actor comes where, with names."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from partnermcda.core.arrays import Floats, Ints
from partnermcda.core.smaa.result import share_error
from partnermcda.errors import Finding
from partnermcda.ranking.contest import Contest

# Tables are pandas's; figures do without it.
if TYPE_CHECKING:
    import pandas as pd

COLUMNS: Final = (
    *("city", "actor_id", "actor", "actor_type"),
    *("first", "first_error", "top", "top_error"),
    *("expected_rank", "expected_rank_error", "confidence"),
)


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """What is counted of k actors, city by city, over s draws."""

    draws: int
    """Number s of draws."""
    first: Floats
    """(k,) share of draws in which the actor is first in its city."""
    top: Floats
    """(k,) share of draws in which it is among the best few."""
    central_weights: Floats
    """(k, n) mean of the weights under which the actor is first; NaN where it never is."""
    central_weights_error: Floats
    """(k, n) its standard error; NaN where the actor is first in one draw or none."""
    expected_rank: Floats
    """(k,) mean rank."""
    expected_rank_error: Floats
    """(k,) its standard error."""
    confidence: Floats
    """(k,) share of draws of values in which the actor is first under its central weights; NaN
    where it has none."""
    rank_acceptability: Floats | None
    """(k, q) share of draws in which each actor has each rank; the largest city has q actors."""
    pairwise_winning: Floats | None
    """(k, q) share of draws in which it is ahead of each actor of its city, in their order; 0 for
    itself, NaN beyond the city's last."""

    @property
    def first_error(self) -> Floats:
        """(k,) standard error of `first`."""
        return share_error(self.first, self.draws)

    @property
    def top_error(self) -> Floats:
        """(k,) standard error of `top`."""
        return share_error(self.top, self.draws)


@dataclass(frozen=True, slots=True, eq=False)
class Acceptability(Counts):
    """How often each of k actors has which rank in its city, when weights and values are drawn.

    Actors stand city by city, as in `contest`. Where there are too many to count every rank,
    expected rank and confidence are NaN, both tables are None, and a note says so. Errors are
    standard errors; a share of 0 or 1 has an error of 0, and may truly be about 3 / s away.

    Examples
    --------
    >>> import partnermcda as pm
    >>> from partnermcda.robustness.acceptability import smaa
    >>> phones = pm.DecisionMatrix([[0.9, 0.2], [0.4, 0.8]], criteria=["price", "memory"],
    ...                            benefit=[True, True], alternatives=["x", "y"])
    >>> found = smaa(phones, [[0.5, 0.5], [0.7, 0.3], [0.6, 0.4]], "weighted_sum")
    >>> found.to_frame()[["actor", "first", "expected_rank"]].round(3).to_dict("list")
    {'actor': ['x', 'y'], 'first': [0.667, 0.333], 'expected_rank': [1.333, 1.667]}
    """

    contest: Contest
    """Who is compared, by what and how."""
    most: int
    """How many places `top` counts."""
    notes: tuple[Finding, ...]
    """What was left out, what stands for what is not known, and what was not counted."""

    def __len__(self) -> int:
        return len(self.first)

    def to_frame(self) -> "pd.DataFrame":
        """Lay the shares out as a table, in each city the most frequent leader first.

        Returns
        -------
        DataFrame
            Columns ``city, actor_id, actor, actor_type, first, first_error, top, top_error,
            expected_rank, expected_rank_error, confidence``; sorted by city, `first`, `top`,
            expected rank and id.
        """
        import pandas as pd

        contest, order = self.contest, self._reading_order()
        columns = (
            *(contest.cities, contest.actors, contest.names, contest.types),
            *(self.first, self.first_error, self.top, self.top_error),
            *(self.expected_rank, self.expected_rank_error, self.confidence),
        )
        table = {name: column[order] for name, column in zip(COLUMNS, columns, strict=True)}
        return pd.DataFrame(table).astype(dict.fromkeys(COLUMNS[:4], pd.StringDtype("pyarrow")))

    def weights_frame(self) -> "pd.DataFrame":
        """Lay out by which weights actors are first.

        Returns
        -------
        DataFrame
            Columns ``city, actor_id, actor, criterion, central_weight, central_weight_error``: a
            row for each criterion of each actor that is first at least once, in the order of
            :meth:`to_frame`.
        """
        import pandas as pd

        contest, order = self.contest, self._reading_order()
        rows = order[self.first[order] > 0]
        each = np.repeat(rows, len(contest.criteria))
        table = {
            "city": contest.cities[each],
            "actor_id": contest.actors[each],
            "actor": contest.names[each],
            "criterion": np.tile(np.array(contest.criteria, dtype=object), len(rows)),
            "central_weight": self.central_weights[rows].reshape(-1),
            "central_weight_error": self.central_weights_error[rows].reshape(-1),
        }
        words = ("city", "actor_id", "actor", "criterion")
        return pd.DataFrame(table).astype(dict.fromkeys(words, pd.StringDtype("pyarrow")))

    def _reading_order(self) -> Ints:
        import pandas as pd

        contest = self.contest
        cities = contest.cities if contest.by else np.full(len(self), "", dtype=object)
        city, ids = (pd.factorize(names, sort=True)[0] for names in (cities, contest.actors))
        return np.lexsort((ids, self.expected_rank, -self.top, -self.first, city))
