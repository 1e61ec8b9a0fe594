"""Values that are known to lie between bounds, drawn together with weights."""

from dataclasses import dataclass

import numpy as np

from partnermcda.core.arguments import one_of
from partnermcda.core.arrays import Floats
from partnermcda.core.blocks import Block
from partnermcda.core.smaa.quantiles import SHAPES, Quantiles, Shape
from partnermcda.errors import Finding, MethodError


@dataclass(frozen=True, slots=True, eq=False)
class Uncertain:
    """Values of m actors on n criteria, each drawn anew for every draw of weights.

    A value with ``low = high`` is known. All others are independent of one another. The numbers
    drawn in a city hang on the seed and on its first row alone.

    Raises
    ------
    MethodError
        If bounds are no matrices of one shape, not finite or not in order, or there is no such
        shape of a distribution.

    Examples
    --------
    >>> from partnermcda.core.smaa import smaa
    >>> values = Uncertain(np.array([[0.4], [0.3]]), np.array([[0.6], [0.5]]),
    ...                    np.array([[0.8], [0.7]]), "uniform", 7)
    >>> smaa(values, np.ones((99_999, 1)), score="weighted_sum").first.round(2)  # 23/32, 9/32
    array([0.72, 0.28])
    """

    low: Floats
    """(m, n) lowest values; in every column more is better."""
    mid: Floats
    """(m, n) central values: the most likely ones, unless all are alike (uniform)."""
    high: Floats
    """(m, n) highest values."""
    shape: Shape
    """``uniform``; ``triangular``; or ``normal``, with a quarter of the interval as standard
    deviation, given that it lies between the bounds."""
    seed: int
    """Where the random numbers come from; not negative."""

    def __post_init__(self) -> None:
        one_of("smaa.distribution", self.shape, SHAPES)
        for name in ("low", "mid", "high"):
            object.__setattr__(self, name, np.asarray(getattr(self, name), dtype=float))
        shapes = [x.shape for x in (self.low, self.mid, self.high)]
        if self.low.ndim != 2 or len(set(shapes)) > 1:
            listed = ", ".join(str(shape) for shape in shapes)
            raise MethodError(Finding("smaa.bounds_shape", {"shapes": listed}))
        # Written so that NaN is refused, too.
        inside = (-np.inf < self.low) & (self.low <= self.mid)
        wrong = np.argwhere(~(inside & (self.mid <= self.high) & (self.high < np.inf)))
        if len(wrong):
            i, j = wrong[0].tolist()
            found = ", ".join(f"{x[i, j]:g}" for x in (self.low, self.mid, self.high))
            place = {"row": i + 1, "column": str(j + 1), "more": len(wrong) - 1}
            raise MethodError(Finding("smaa.bounds", value=found, **place))


class Tables:
    """Tables of values of some cities, one a draw, taken in the order of draws.

    Parameters
    ----------
    values : Uncertain
    block : Block
        Whole cities.
    """

    def __init__(self, values: Uncertain, block: Block) -> None:
        rows = slice(block.first, block.last)
        low, mid, high = values.low[rows], values.mid[rows], values.high[rows]
        self._known = np.ascontiguousarray(mid.T)
        cells = self._rows, self._columns = np.nonzero(low < high)
        self._quantiles = Quantiles(values.shape, low[cells], mid[cells], high[cells])
        edges = np.searchsorted(self._rows, np.append(block.starts, len(block)))
        self._counts = np.diff(edges).tolist()
        firsts = (block.starts + block.first).tolist()
        self._streams = [_stream(values.seed, first) for first in firsts]

    def take(self, size: int) -> Floats:
        """Draw the next tables.

        Parameters
        ----------
        size : int

        Returns
        -------
        (n, size, rows) array
        """
        tables = np.repeat(self._known[:, None], size, axis=1)
        if len(self._rows):
            streams = zip(self._streams, self._counts, strict=True)
            shares = np.concatenate([s.random((size, count)) for s, count in streams], axis=1)
            tables[self._columns, :, self._rows] = self._quantiles(shares).T
        return tables


def _stream(seed: int, first: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(first,))))
