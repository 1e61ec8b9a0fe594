"""What several methods say of the same actors."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from numbers import Integral
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np

from partnermcda.core.arguments import one_of
from partnermcda.core.arrays import Floats, Ints
from partnermcda.core.correlations import kendall, spearman, weighted_spearman, ws
from partnermcda.core.ranks import rank
from partnermcda.core.voting import borda, copeland, in_order, kemeny
from partnermcda.errors import Finding, MethodError, short
from partnermcda.ranking.contest import Contest

# Tables are pandas's; figures do without them.
if TYPE_CHECKING:
    import pandas as pd

Measure: TypeAlias = Literal["kendall", "spearman", "weighted_spearman", "ws"]
Rule: TypeAlias = Literal["borda", "copeland", "kemeny"]
_MEASURES: Final = MappingProxyType(
    {"kendall": kendall, "spearman": spearman, "weighted_spearman": weighted_spearman, "ws": ws}
)
_TEXTS: Final = ("city", "actor_id", "actor")


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Scores and ranks of k actors by q methods. Actors stand city by city, as in `contest`.

    Examples
    --------
    >>> import partnermcda as pm
    >>> from partnermcda.comparing import compare
    >>> phones = pm.DecisionMatrix([[0.9, 0.2], [0.5, 0.6], [0.1, 0.9]], benefit=[True, True],
    ...                            alternatives=["x", "y", "z"])
    >>> found = compare(phones, [0.6, 0.4], methods=["topsis", "weighted_sum"])
    >>> found.ranks
    array([[1, 2, 3],
           [1, 2, 3]])
    >>> found.correlations("kendall"), found.consensus("borda")
    (array([[1., 1.],
           [1., 1.]]), array([1, 2, 3]))
    """

    contest: Contest
    """Who is compared, by which criteria and weights."""
    methods: tuple[str, ...]
    """Names of the q methods, with their parameters."""
    scores: Floats
    """(q, k) each method's own figures."""
    ranks: Ints
    """(q, k) ranks within each city, 1 the best whichever end of the scores that is."""
    notes: tuple[Finding, ...]
    """What was taken for granted, and what correlations pass over."""

    def correlations(self, measure: Measure = "kendall") -> Floats:
        """Tell how alike the methods' rankings are.

        Parameters
        ----------
        measure : {"kendall", "spearman", "weighted_spearman", "ws"}
            See the functions of that name in :mod:`partnermcda.core`; equals have the mean of their
            ranks. With ``"ws"`` the method of the row is the reference.

        Returns
        -------
        (q, q) array
            Mean over the cities in which both methods tell somebody apart; NaN where there is none.

        Raises
        ------
        MethodError
            If there is no such measure.
        """
        one_of("compare.measure", measure, _MEASURES)
        starts = self.contest.starts
        shared = np.array(
            [rank(-one.astype(float), starts, ties="average", tolerance=0.0) for one in self.ranks]
        )
        return self._pairwise(shared, _guarded(_MEASURES[measure]))

    def agreement(self, top: int = 3) -> Floats:
        """Tell which share of the best each pair of methods have in common.

        Parameters
        ----------
        top : int
            How many of the best; with those who are equal to the last of them.

        Returns
        -------
        (q, q) array
            Mean over cities of how many are among the best by both, as a share of those by either
            (Jaccard's index).

        Raises
        ------
        MethodError
            If `top` is no number from 1 on.
        """
        if not isinstance(top, Integral) or top < 1:
            raise MethodError(Finding("compare.top", {"top": short(top)}))

        def shared(a: Floats, b: Floats) -> float:
            first, second = a <= top, b <= top
            return float((first & second).sum() / (first | second).sum())

        return self._pairwise(self.ranks.astype(float), shared)

    def consensus(self, rule: Rule = "borda") -> Ints:
        """Make one ranking of all methods'.

        Parameters
        ----------
        rule : {"borda", "copeland", "kemeny"}
            Points for everybody left behind; duels won; or the order that disagrees least, exact
            for cities of up to fifteen actors.

        Returns
        -------
        (k,) array of int
            Ranks within each city. Where several orders disagree as little as Kemeny's, the one
            that names the first rows first; :meth:`as_good` counts the others.

        Raises
        ------
        MethodError
            If there is no such rule, or a city has too many actors for it.
        """
        one_of("compare.rule", rule, ("borda", "copeland", "kemeny"))
        merged = np.empty(len(self.contest), dtype=np.int64)
        for rows in self.cities():
            merged[rows] = _merged(self.ranks[:, rows], rule)
        return merged

    def as_good(self) -> Ints:
        """Count the orders that disagree as little as Kemeny's, beside it.

        Returns
        -------
        (c,) array of int
            One for each city; 0 where Kemeny's order is the only one.

        Raises
        ------
        MethodError
            If a city has more than fifteen actors.
        """
        others = [kemeny(self.ranks[:, rows])[1] for rows in self.cities()]
        return np.array(others, dtype=np.int64)

    def cities(self) -> Iterator[slice]:
        """Rows of each city in turn."""
        starts = (0,) if self.contest.starts is None else self.contest.starts.tolist()
        for start, size in zip(starts, self.contest.sizes.tolist(), strict=True):
            yield slice(start, start + size)

    def to_frame(self) -> "pd.DataFrame":
        """Lay ranks out as a table, sorted by city, Borda's consensus and id.

        Returns
        -------
        DataFrame
            Columns ``city, actor_id, actor, consensus``, then one of ranks for each method.
        """
        import pandas as pd

        contest, merged = self.contest, self.consensus("borda")
        about = (contest.cities, contest.actors, contest.names)
        city = pd.factorize(about[0], sort=True)[0] if contest.by else np.zeros(len(contest))
        order = np.lexsort((pd.factorize(about[1], sort=True)[0], merged, city))
        table = {name: column[order] for name, column in zip(_TEXTS, about, strict=True)}
        table["consensus"] = merged[order]
        table |= {name: ranks[order] for name, ranks in zip(self.methods, self.ranks, strict=True)}
        return pd.DataFrame(table).astype(dict.fromkeys(_TEXTS, pd.StringDtype("pyarrow")))

    def _pairwise(self, ranks: Floats, measure: Callable[[Floats, Floats], float]) -> Floats:
        q = len(self.methods)
        sums, counts = np.zeros((q, q)), np.zeros((q, q))
        for rows in self.cities():
            for i, a in enumerate(ranks[:, rows]):
                for j, b in enumerate(ranks[:, rows]):
                    found = measure(a, b)
                    if not np.isnan(found):
                        sums[i, j] += found
                        counts[i, j] += 1
        with np.errstate(invalid="ignore"):
            return np.asarray(sums / counts)


def _guarded(measure: Callable[[Floats, Floats], float]) -> Callable[[Floats, Floats], float]:
    """Give NaN where a ranking tells nobody apart."""

    def measured(a: Floats, b: Floats) -> float:
        flat = len(a) < 2 or (a == a[0]).all() or (b == b[0]).all()
        return float("nan") if flat else float(measure(a, b))

    return measured


def _merged(ranks: Ints, rule: Rule) -> Ints:
    if rule == "kemeny":
        order, _ = kemeny(ranks)
        places = np.empty_like(order)
        places[order] = np.arange(1, len(order) + 1)
        return places
    points = borda(ranks) if rule == "borda" else copeland(ranks)
    return in_order(points)
