"""What observed ideals hang on, gathered over pieces of cities and merged."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from partnermcda.core import arguments
from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.core.divisors import RULES
from partnermcda.core.exact_sums import MOST_TERMS, ExactSums
from partnermcda.core.statistics import Statistics
from partnermcda.errors import Finding, MethodError

Normalization: TypeAlias = Literal["vector", "minmax", "total", "peak"]


@dataclass(frozen=True, slots=True, eq=False)
class ColumnStatistics:
    """Ends and sums of the columns of c cities, as far as a normalization needs them.

    :func:`partnermcda.core.gather_statistics` takes those of some rows, :meth:`merge` and
    :meth:`merge_at` put pieces together, and :func:`partnermcda.core.closeness_by` scores by the
    whole, piece by piece. Sums are exact (:mod:`partnermcda.core.exact_sums`): however rows are
    cut, grouped and ordered, not a bit of the whole changes.
    """

    normalization: Normalization
    """What they are for."""
    benefit: Bools
    """(n,) true where more is better."""
    count: Ints
    """(c,) number of rows."""
    low: Floats
    """(n, c) lowest values; infinity where there is no row."""
    high: Floats
    """(n, c) highest values; minus infinity where there is no row."""
    sums: ExactSums
    """Of squares for vector, of values (reciprocals of costs) for total, else of no column."""

    @classmethod
    def none(
        cls, benefit: Bools, cities: int = 1, *, normalization: Normalization = "vector"
    ) -> "ColumnStatistics":
        """Make statistics of no rows: merging them changes nothing.

        Parameters
        ----------
        benefit : (n,) array of bool
            True where more is better, false where less is better.
        cities : int
            Number c of cities.
        normalization : {"vector", "minmax", "total", "peak"}
            As in :func:`partnermcda.core.topsis`.

        Returns
        -------
        ColumnStatistics

        Raises
        ------
        MethodError
            If there is no such normalization, or directions are no truth values.
        """
        n = np.size(benefit)
        benefit = arguments.as_benefit(benefit, n)
        arguments.one_of("core.normalization", normalization, RULES)
        summed = n if RULES[normalization].added else 0
        return cls(
            normalization,
            benefit,
            np.zeros(cities, dtype=np.int64),
            np.full((n, cities), np.inf),
            np.full((n, cities), -np.inf),
            ExactSums.none(summed, cities),
        )

    def merge(self, other: "ColumnStatistics") -> "ColumnStatistics":
        """Put two pieces of the same cities together.

        Parameters
        ----------
        other : ColumnStatistics
            Of other rows.

        Returns
        -------
        ColumnStatistics
            The same bits in any order and any grouping.

        Raises
        ------
        MethodError
            If the two are not for the same, or have more than 2³³ rows of a city.
        """
        self._expect_like(other)
        other.expect(len(self.benefit), len(self.count))
        return self._merged(other)

    def merge_at(self, pieces: Iterable[tuple[Ints, "ColumnStatistics"]]) -> "ColumnStatistics":
        """Put in pieces that have some of the cities each.

        Parameters
        ----------
        pieces : iterable of (positions, ColumnStatistics)
            Where each city of the piece stands among those of these statistics. Pieces are taken
            one after the other and need not be in memory together.

        Returns
        -------
        ColumnStatistics

        Raises
        ------
        MethodError
            If positions are not different places of cities, one for each of the piece; else as
            for :meth:`merge`.
        """
        whole = self.take(np.arange(len(self.count)))
        for positions, piece in pieces:
            whole._expect_like(piece)
            places = np.asarray(positions)
            piece.expect(len(whole.benefit), places.size)
            if not _are_places(places, len(whole.count)):
                raise MethodError(Finding("statistics.places", {"c": len(whole.count)}))
            whole._add(places.astype(np.int64), piece)
        return whole

    def take(self, cities: Ints) -> "ColumnStatistics":
        """Take the statistics of some cities.

        Parameters
        ----------
        cities : (q,) array of int
            Their positions, in the order that is wanted.

        Returns
        -------
        ColumnStatistics
        """
        return ColumnStatistics(
            self.normalization,
            self.benefit,
            self.count[cities],
            self.low[:, cities],
            self.high[:, cities],
            self.sums.take(cities),
        )

    def totals(self) -> Floats:
        """Round each sum once.

        Returns
        -------
        (n, c) array
            Infinite where it is beyond the largest float; (0, c) where nothing is summed up.
        """
        with np.errstate(over="ignore"):
            return self.sums.rounded(np.zeros_like(self.sums.top))

    @property
    def inverse(self) -> Bools | None:
        """(n,) true for columns that stand for their reciprocals, or None for nowhere."""
        shares = RULES[self.normalization].gives_shares
        return ~self.benefit if shares and not self.benefit.all() else None

    @property
    def powers(self) -> Ints:
        """(n, 1) which power of each column is summed up; no rows if none is."""
        added = RULES[self.normalization].added
        if added == "values":
            return np.where(self.benefit, 1, -1)[:, None]
        return np.full((len(self.benefit) if added else 0, 1), 2)

    def observed(self, exponents: Ints | None = None) -> Statistics:
        """Bring statistics into the form that rows are measured by.

        Parameters
        ----------
        exponents : (n, c) array of int, optional
            Powers of two by which each city's columns are divided first.

        Returns
        -------
        Statistics
            What :func:`partnermcda.core.statistics.observe` finds in all the rows at once, except
            for how sums are rounded.
        """
        shift = np.zeros_like(self.low, dtype=np.int64) if exponents is None else exponents
        low, high = np.ldexp(self.low, -shift), np.ldexp(self.high, -shift)
        if self.inverse is not None:
            low[self.inverse], high[self.inverse] = 1 / high[self.inverse], 1 / low[self.inverse]
        return Statistics(low, high, self.sums.rounded(self.powers * shift[: len(self.sums.top)]))

    def expect(self, n: int, c: int) -> None:
        """Refuse to be used for another number of columns or cities.

        Parameters
        ----------
        n, c : int
            Numbers of columns and of cities.

        Raises
        ------
        MethodError
        """
        if self.low.shape != (n, c):
            details = {"n": len(self.low), "c": len(self.count), "columns": n, "cities": c}
            raise MethodError(Finding("statistics.shape", details))

    def _expect_like(self, other: "ColumnStatistics") -> None:
        alike = self.normalization == other.normalization
        if not (alike and np.array_equal(self.benefit, other.benefit)):
            details = {"a": self.normalization, "b": other.normalization}
            raise MethodError(Finding("statistics.differ", details))

    def _merged(self, other: "ColumnStatistics") -> "ColumnStatistics":
        count = self.count + other.count
        if count.max(initial=0) > MOST_TERMS:
            raise MethodError(Finding("statistics.rows", {"most": MOST_TERMS}))
        return ColumnStatistics(
            self.normalization,
            self.benefit,
            count,
            np.minimum(self.low, other.low),
            np.maximum(self.high, other.high),
            self.sums.plus(other.sums),
        )

    def _add(self, cities: Ints, piece: "ColumnStatistics") -> None:
        """Merge a piece into these very arrays, which nobody else has seen yet."""
        merged = self.take(cities)._merged(piece)
        self.count[cities] = merged.count
        self.low[:, cities], self.high[:, cities] = merged.low, merged.high
        self.sums.top[:, cities] = merged.sums.top
        self.sums.digits[:, :, cities] = merged.sums.digits


def _are_places(places: Ints, c: int) -> bool:
    """Tell whether places are different ones of c."""
    if places.ndim != 1 or (places.size and places.dtype.kind not in "iu"):
        return False
    inside = places.size == 0 or (places.min() >= 0 and places.max() < c)
    return bool(inside and len(np.unique(places)) == len(places))
