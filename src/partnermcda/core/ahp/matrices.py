"""Pairwise matrices: made, taken as they are, and every fault in them found."""

from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

import numpy as np

from partnermcda.core.arrays import Bools, Floats
from partnermcda.core.blocks import cores, share_out
from partnermcda.errors import Finding, JudgementsError, capped, short

RECIPROCITY: Final = 1e-6
"""How far the product of a judgement and its reciprocal may be from 1 (float32 keeps 7 digits)."""
MOST: Final = 30
"""The largest order that is computed with."""

_BLOCK: Final = 200_000

FaultKind = Literal["infinite", "not_positive", "diagonal", "one_sided", "not_reciprocal"]


class PairFault(NamedTuple):
    """A fault in a stack of pairwise matrices."""

    kind: FaultKind
    matrix: int
    """Position of the matrix in the flattened stack."""
    row: int
    column: int
    value: float
    other: float
    """What stands at the mirrored place."""


def as_pairwise(a: Floats) -> Floats:
    """Take pairwise matrices, or refuse them with every fault at once.

    Parameters
    ----------
    a : (..., j, j) array
        Positive and reciprocal, ones on the diagonal; NaN = not asked, on both sides.

    Returns
    -------
    (..., j, j) array of float64

    Raises
    ------
    JudgementsError
        If it has another shape or order, or a matrix is at fault.
    """
    try:
        # What a mask hides was not asked.
        taken: Floats = np.ma.filled(np.ma.asarray(a, dtype=float), np.nan)
    except (TypeError, ValueError):
        raise JudgementsError(Finding("pairwise.numbers")) from None
    if taken.ndim < 2 or taken.shape[-1] != taken.shape[-2] or not taken.shape[-1]:
        raise JudgementsError(Finding("pairwise.shape", {"shape": taken.shape}))
    if taken.shape[-1] > MOST:
        details = {"order": taken.shape[-1], "most": MOST}
        raise JudgementsError(Finding("pairwise.order", details))
    if not _plainly_sound(taken):
        faults = [_told(fault) for fault in pairwise_faults(taken)]
        if faults:
            raise JudgementsError(capped(faults))
    return taken


def pairwise_faults(a: Floats) -> Iterator[PairFault]:
    """Find every judgement at fault, each pair once.

    Parameters
    ----------
    a : (..., j, j) array

    Yields
    ------
    PairFault
    """
    order = a.shape[-1]
    stack = a.reshape(-1, order, order)
    mirrored = np.swapaxes(stack, -1, -2)
    on_diagonal = np.eye(order, dtype=bool)
    unasked = np.isnan(stack)
    with np.errstate(all="ignore"):
        # Of several faults of a pair the first is told; a pair that is not reciprocal, once.
        kinds: dict[FaultKind, Bools] = {
            "infinite": np.isinf(stack),
            "not_positive": stack <= 0,
            "diagonal": on_diagonal & ~(np.abs(stack - 1) <= RECIPROCITY),
            "one_sided": unasked & ~np.isnan(mirrored),
            "not_reciprocal": np.triu(np.abs(stack * mirrored - 1) > RECIPROCITY),
        }
    told = np.zeros(stack.shape, dtype=bool)
    for kind, cells in kinds.items():
        # Of two mirrored cells at fault the upper one is told.
        wrong = cells & ~(np.tril(cells, -1) & np.swapaxes(cells, -1, -2))
        for matrix, row, column in np.argwhere(wrong & ~told).tolist():
            value, other = stack[matrix, row, column], stack[matrix, column, row]
            yield PairFault(kind, matrix, row, column, float(value), float(other))
        told |= wrong | np.swapaxes(wrong, -1, -2)


def reciprocal_matrix(upper: Floats, order: int) -> Floats:
    """Fill a pairwise matrix from its upper triangle.

    Parameters
    ----------
    upper : (j (j - 1) / 2,) array
        Judgements row by row.
    order : int
        The number j of things compared.

    Returns
    -------
    (j, j) array

    Examples
    --------
    >>> reciprocal_matrix(np.array([2.0, 4.0, 2.0]), 3)
    array([[1.  , 2.  , 4.  ],
           [0.5 , 1.  , 2.  ],
           [0.25, 0.5 , 1.  ]])
    """
    a = np.ones((order, order))
    rows, columns = np.triu_indices(order, 1)
    a[rows, columns] = upper
    a[columns, rows] = 1.0 / np.asarray(upper)
    return a


def _plainly_sound(a: Floats) -> bool:
    """Tell, at little cost, that matrices without gaps have no fault."""
    order = a.shape[-1]
    stack, size = a.reshape(-1, order, order), max(1, _BLOCK // order**2)
    starts = range(0, len(stack), size)
    sound = np.zeros(len(starts), dtype=bool)

    def look(blocks: Iterable[int]) -> None:
        for block in blocks:
            start = starts[block]
            sound[block] = _all_sound(stack[start : start + size])

    share_out(look, range(len(starts)), cores())
    return bool(sound.all())


def _all_sound(stack: Floats) -> bool:
    # With the matrices innermost, one instruction serves the same cell of all.
    a = np.ascontiguousarray(stack.transpose(1, 2, 0))
    with np.errstate(all="ignore"):
        off = a * a.transpose(1, 0, 2)
        off -= 1
        # Comparisons with NaN are false. A positive diagonal whose square is 1 is 1.
        return bool(a.min() > 0 and np.abs(off, out=off).max() <= RECIPROCITY)


def _told(fault: PairFault) -> Finding:
    return Finding(
        f"pairwise.{fault.kind}",
        {
            "matrix": fault.matrix + 1,
            "row": fault.row + 1,
            "column": fault.column + 1,
            "value": short(fault.value),
            "other": short(fault.other),
        },
    )
