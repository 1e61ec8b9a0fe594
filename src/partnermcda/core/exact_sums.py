r"""Sums that hang on nothing but what is added: no order, no grouping, no piece changes a bit.

Terms are cut at fixed powers of :math:`2^{30}`, the same for every sum there is, into digits that
are whole numbers; digits are added as whole numbers, so exactly [1]_. Of each sum the four digits
from its largest term on are kept: what a term has beneath them is rounded off, which for all terms
together is less than their number times :math:`2^{-88}` of the largest. Merging takes the higher
top of two and drops what now lies beneath, as if it had never been looked at.

References
----------
.. [1] P. Ahrens, J. Demmel and H. D. Nguyen, "Algorithms for Efficient Reproducible Floating Point
   Summation", ACM Trans. Math. Softw. 46(3), 2020, :doi:`10.1145/3389360`.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from partnermcda.core.arrays import Floats, Ints
from partnermcda.core.blocks import Block, Room

MOST_TERMS: Final = 1 << 33
"""Terms for which digits never overflow."""

_BITS: Final = 30
_DIGITS: Final = 4
_EMPTY: Final = -80
"""Below the top of every sum that is not 0."""
_CUTTERS: Final = tuple(1.5 * 2.0 ** (52 - _BITS * k) for k in range(1, _DIGITS + 1))
"""Adding one of these and taking it away again rounds to a digit."""


@dataclass(frozen=True, slots=True, eq=False)
class ExactSums:
    """Sums of a power of each column, city by city."""

    top: Ints
    r"""(n, c) no term is above :math:`2^{30 top - 1}`."""
    digits: Ints
    r"""(4, n, c) digit k counts :math:`2^{30 (top - 1 - k)}`."""

    @classmethod
    def none(cls, n: int, c: int) -> "ExactSums":
        """Make sums of no terms.

        Parameters
        ----------
        n, c : int
            Numbers of columns and of cities.

        Returns
        -------
        ExactSums
        """
        digits = np.zeros((_DIGITS, n, c), dtype=np.int64)
        return cls(np.full((n, c), _EMPTY, dtype=np.int64), digits)

    @classmethod
    def of(
        cls, t: Floats, block: Block, low: Floats, high: Floats, powers: Ints, room: Room
    ) -> "ExactSums":
        """Sum up a block.

        Parameters
        ----------
        t : (n, k) array
            Values, columns first, all finite; none negative unless squared, all above 0 for
            reciprocals.
        block : Block
            The k rows.
        low, high : (n, q) arrays
            Lowest and highest value of each city.
        powers : (n, 1) array of int
            Which power of a column is added: 2, 1 or -1, where 2 is for all columns or none.
        room : Room

        Returns
        -------
        ExactSums
            Of the q cities.
        """
        top = _tops(low, high, powers)
        terms, cut = room.parts(len(block))
        _scale(t, block, top, powers, terms)
        digits = np.empty((_DIGITS, *top.shape), dtype=np.int64)
        for k, cutter in enumerate(_CUTTERS):
            np.add(terms, cutter, out=cut)
            np.subtract(cut, cutter, out=cut)
            if k < _DIGITS - 1:
                np.subtract(terms, cut, out=terms)
            digits[k] = np.ldexp(np.add.reduceat(cut, block.starts, axis=1), _BITS * (k + 1))
        return cls(top, digits)

    def plus(self, other: "ExactSums") -> "ExactSums":
        """Add the sums of the same columns and cities.

        Parameters
        ----------
        other : ExactSums

        Returns
        -------
        ExactSums
        """
        top = np.maximum(self.top, other.top)
        return ExactSums(top, self._beneath(top) + other._beneath(top))

    def take(self, cities: Ints) -> "ExactSums":
        """Take the sums of some cities.

        Parameters
        ----------
        cities : (q,) array of int

        Returns
        -------
        ExactSums
        """
        return ExactSums(self.top[:, cities], self.digits[:, :, cities])

    def rounded(self, exponents: Ints) -> Floats:
        """Round each sum once.

        Parameters
        ----------
        exponents : (n, c) array of int
            Powers of two by which the sums are divided.

        Returns
        -------
        (n, c) array
        """
        digits = self.digits.copy()
        for k in range(_DIGITS - 1, 0, -1):
            digits[k - 1] += digits[k] >> _BITS
            digits[k] &= (1 << _BITS) - 1
        first, second, third, last = digits
        # Of 124 bits 62 are more than enough, if the last one tells whether anything is beneath.
        rest = (second << _BITS) | third | (last > 0)
        shift = np.clip(62 - np.frexp(first.astype(float))[1], 0, 2 * _BITS).astype(np.int64)
        left = 2 * _BITS - shift
        leading = (first << shift) | (rest >> left)
        leading |= rest & ((1 << left) - 1) != 0
        whole: Floats = np.ldexp(leading.astype(float), left + _BITS * (self.top - 3) - exponents)
        return whole

    def _beneath(self, top: Ints) -> Ints:
        """Digits as they stand beneath a higher top."""
        down = top - self.top
        if not down.any():
            return self.digits
        place = np.arange(_DIGITS)[:, None, None] - down
        moved = np.take_along_axis(self.digits, np.maximum(place, 0), axis=0)
        return np.where(place >= 0, moved, 0)


def _tops(low: Floats, high: Floats, powers: Ints) -> Ints:
    largest = np.where(powers < 0, low, np.maximum(high, -low))
    # One more for reciprocals: that of a power of two is the next one's lower end.
    bits = powers * np.frexp(largest)[1].astype(np.int64) + (powers < 0)
    return np.where(largest == 0, _EMPTY, -((-1 - bits) // _BITS))


def _scale(t: Floats, block: Block, top: Ints, powers: Ints, terms: Floats) -> None:
    """Write the terms, the largest of each column and city brought to between 2⁻³³ and 1/2."""
    exponents = np.where(top == _EMPTY, 0, -_BITS * top // powers)
    half = exponents // 2
    np.multiply(t, block.spread(np.ldexp(1.0, half)), out=terms)
    np.multiply(terms, block.spread(np.ldexp(1.0, exponents - half)), out=terms)
    if powers[0, 0] == 2:
        np.multiply(terms, terms, out=terms)
        return
    inverse = powers[:, 0] < 0
    terms[inverse] = 1.0 / terms[inverse]
