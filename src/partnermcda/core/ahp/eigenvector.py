"""Principal eigenvectors of stacks of positive matrices.

A block of matrices is laid out with the matrices innermost, so that one instruction serves the same
cell of all. Some squarings bring the eigenvectors close, power steps bring them home; a matrix is
out as soon as it stands still. What does not stand still is decomposed in full.

A matrix passes the same operations in the same order whatever its company, so a stack has the bits
of its matrices one by one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.core.blocks import cores, share_out

TOLERANCE: Final = 1e-13
"""The largest move of a priority in the last power step."""

_SQUARINGS: Final = MappingProxyType({3: 5, 5: 4, 10: 2, 30: 1})
"""Orders up to which it pays to square so often."""
_MOST_STEPS: Final = 100
_BLOCK: Final = 200_000
"""Cells of a block: enough that calls cost little, few enough to stay in cache."""


@dataclass(frozen=True, slots=True, eq=False)
class Eigenpair:
    """Principal eigenvectors and eigenvalues of a stack of matrices.

    Examples
    --------
    >>> pair = principal_pair(np.array([[1.0, 2.0], [0.5, 1.0]]))
    >>> pair.vector.round(3), float(pair.value), pair.decomposed
    (array([0.667, 0.333]), 2.0, 0)
    """

    vector: Floats
    """(..., j) array: positive, summing to 1."""
    value: Floats
    """(...) array."""
    decomposed: int
    """How many matrices did not converge by power steps and were decomposed in full."""


def principal_pair(a: Floats) -> Eigenpair:
    """Principal eigenvector and eigenvalue of each matrix, without a look at what is in it.

    Parameters
    ----------
    a : (..., j, j) array
        Not negative, and irreducible: a positive diagonal, and a way from each row to each other.

    Returns
    -------
    Eigenpair
    """
    order = a.shape[-1]
    stack = a.reshape(-1, order, order)
    vectors, values = np.empty(stack.shape[:-1]), np.empty(len(stack))
    lost = np.zeros(len(stack), dtype=bool)

    def solve(blocks: Iterable[slice]) -> None:
        for block in blocks:
            vectors[block], values[block], lost[block] = _solve(stack[block])

    size = max(2, _BLOCK // order**2)
    blocks = [slice(start, start + size) for start in range(0, len(stack), size)]
    share_out(solve, blocks, cores())
    if lost.any():
        vectors[lost], values[lost] = _by_decomposition(stack[lost])
    shape = a.shape[:-2]
    return Eigenpair(vectors.reshape(*shape, order), values.reshape(shape), int(lost.sum()))


def principal_vector(a: Floats) -> Floats:
    """Principal right eigenvectors alone; see :func:`principal_pair`."""
    return principal_pair(a).vector


def unit(v: Floats) -> Floats:
    """Bring vectors to sum 1."""
    return np.asarray(v / v.sum(axis=-1, keepdims=True))


def _solve(stack: Floats) -> tuple[Floats, Floats, Bools]:
    """Vectors, values, and which matrices have not converged."""
    count, order = len(stack), stack.shape[-1]
    # With one matrix alone numpy would walk along the rows and sum in another order.
    padded = stack if count > 1 else np.repeat(stack, 2, axis=0)
    a = np.ascontiguousarray(padded.transpose(1, 2, 0))
    # What overflows does not converge, and is decomposed.
    with np.errstate(all="ignore"):
        x = _iterate(_power(a, _squarings(order)))
        value = _total(np.einsum("ihb,hb->ib", a, x))
    return x.T[:count], value[:count], np.isnan(value[:count])


def _squarings(order: int) -> int:
    """How often squaring pays: it saves half of the steps, and costs j times what one does."""
    return next(times for most, times in _SQUARINGS.items() if order <= most)


def _power(a: Floats, squarings: int) -> Floats:
    for _ in range(squarings):
        a = np.einsum("ihb,hkb->ikb", a, a)
    return a


def _iterate(b: Floats) -> Floats:
    """Power steps with b (j, j, blocksize), until each vector stands still; NaN if it does not."""
    x: Floats = np.einsum("ihb->ib", b)
    x /= _total(x)
    found: Floats = np.full(x.shape, np.nan)
    live, moving = np.arange(x.shape[1]), np.ones(x.shape[1], dtype=bool)
    for _ in range(_MOST_STEPS):
        y = np.einsum("ihb,hb->ib", b, x)
        y /= _total(y)
        moved = np.abs(y - x).max(axis=0)
        # A vector stays as its own last step left it, whatever its company still needs.
        np.copyto(x, y, where=moving)
        moving &= ~(moved <= TOLERANCE)
        left = np.count_nonzero(moving)
        if 4 * left < 3 * moving.size:
            found[:, live] = x
            if not left:
                return found
            stay = _at_least_two(moving)
            live, moving = live[stay], moving[stay]
            b, x = b.take(stay, axis=2), x.take(stay, axis=1)
    found[:, live[moving]] = np.nan
    return found


def _at_least_two(moving: Bools) -> Ints:
    stay = np.flatnonzero(moving)
    return stay if stay.size > 1 else np.repeat(stay, 2)


def _total(x: Floats) -> Floats:
    return np.asarray(np.einsum("ib->b", x))


def _by_decomposition(a: Floats) -> tuple[Floats, Floats]:
    values, vectors = np.linalg.eig(a)
    largest = values.real.argmax(axis=-1)[..., None]
    found = np.take_along_axis(vectors, largest[..., None], axis=-1)[..., 0]
    return unit(np.abs(found.real)), np.take_along_axis(values.real, largest, axis=-1)[..., 0]
