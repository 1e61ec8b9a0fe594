"""Values to scores by sums and products.

Every step is elementwise and in a fixed order: a row's score has the same bits whatever rows stand
beside it and however many threads work, and no rounding ever lets a score fall when a value rises.
(In a weighted product, which goes through logarithms, the last bits may.)
"""

from collections.abc import Callable, Iterable
from typing import Final

import numpy as np

from partnermcda.core import arguments
from partnermcda.core.arrays import Bools, Floats
from partnermcda.core.blocks import Block, Room, padded, share_out, split, worth
from partnermcda.core.refusals import not_finite, refuse_columns
from partnermcda.core.statistics import Values

_CELLS: Final = 1 << 17
_FEWEST: Final = 16
_NARROW: Final = 8


def weighted_sum(
    r: Floats, weights: Floats, *, out: Floats | None = None, threads: int | None = None
) -> Floats:
    r"""Weighted sum of each actor's values.

    Parameters
    ----------
    r : (m, n) array
        Values; in every column more is better.
    weights : (n,) or (s, n) array
        Weights of the criteria, none negative. Each row is scored on its own.
    out : (m,) or (s, m) array, optional
        Where the result is to be written.
    threads : int, optional
        How many threads may work, if there is enough to do; by default one for each core at hand.

    Returns
    -------
    (m,) or (s, m) array
        :math:`c_i = \sum_j w_j r_{ij}`.

    Raises
    ------
    MethodError
        If a value is NaN or infinite, or the arguments do not fit together.

    Examples
    --------
    >>> weighted_sum(np.array([[1.0, 0.0], [0.5, 0.5]]), np.array([0.8, 0.2]))
    array([0.8, 0.5])
    """
    r = arguments.as_values(r)
    return _weigh(r, weights, out, threads, lambda j: not_finite(r[:, j]))


def weighted_product(
    r: Floats, weights: Floats, *, out: Floats | None = None, threads: int | None = None
) -> Floats:
    r"""Weighted product of each actor's values.

    Parameters
    ----------
    r : (m, n) array
        Values above 0; in every column more is better.
    weights : (n,) or (s, n) array
        Weights of the criteria, none negative. Each row is scored on its own.
    out, threads
        As for :func:`weighted_sum`.

    Returns
    -------
    (m,) or (s, m) array
        :math:`c_i = \prod_j r_{ij}^{w_j}` [1]_, in (0, 1] for values in (0, 1] and weights that
        sum to 1.

    Raises
    ------
    MethodError
        If a value is zero, negative, NaN or infinite, or the arguments do not fit together.

    Notes
    -----
    Computed as :math:`\exp \sum_j w_j \ln r_{ij}`, so that no product on the way vanishes.

    References
    ----------
    .. [1] P. W. Bridgman, "Dimensional Analysis", Yale University Press, 1922.

    Examples
    --------
    >>> weighted_product(np.array([[0.25, 1.0], [0.5, 0.5]]), np.array([0.5, 0.5])).round(3)
    array([0.5, 0.5])
    """
    r = arguments.as_values(r)

    def faults(j: int) -> dict[str, Bools]:
        return not_finite(r[:, j]) | {"core.not_positive": r[:, j] <= 0}

    return _weigh(r, weights, out, threads, faults, before=np.log, after=np.exp)


def ordered_sum(r: Floats, weights: Floats) -> Floats:
    r"""Ordered weighted average of each row: weights go to the strongest value first.

    Parameters
    ----------
    r : (m, n) array
        Values.
    weights : (n,) array
        Weight of the strongest value, the second, and so on.

    Returns
    -------
    (m,) array
        :math:`\sum_j w_j r_{i(j)}` with :math:`r_{i(1)} \ge r_{i(2)} \ge \dots` [1]_. It rises in
        every value.

    References
    ----------
    .. [1] R. R. Yager, "On ordered weighted averaging aggregation operators in multicriteria
       decisionmaking", IEEE Trans. Syst. Man Cybern. 18(1), 1988, :doi:`10.1109/21.87068`.

    Examples
    --------
    >>> ordered_sum(np.array([[0.0, 1.0], [1.0, 0.0], [0.5, 0.5]]), np.array([0.75, 0.25]))
    array([0.75, 0.75, 0.5 ])
    """
    return weighted_sum(_strongest_first(np.asarray(r)), weights)


def _strongest_first(r: Floats) -> Floats:
    """Sort each row, the largest first."""
    m, k = r.shape
    if k > _NARROW or m < _NARROW:
        return np.sort(r, axis=1)[:, ::-1]
    # Neighbors change places, whole columns at a time: three times as fast where rows are short.
    ranked, spare = np.array(r, dtype=float, order="F"), np.empty(m)
    for last in range(k - 1, 0, -1):
        for j in range(last):
            here, behind = ranked[:, j], ranked[:, j + 1]
            np.minimum(here, behind, out=spare)
            np.maximum(here, behind, out=here)
            behind[:] = spare
    return ranked


def _weigh(
    r: Floats,
    weights: Floats,
    out: Floats | None,
    threads: int | None,
    faults: Callable[[int], dict[str, Bools]],
    before: Callable[..., Floats] | None = None,
    after: Callable[..., Floats] | None = None,
) -> Floats:
    w = arguments.as_weights(weights, r.shape[1])
    out, rows = arguments.as_out(out, weights, len(r))
    count = arguments.as_threads(threads)
    _weigh_all(Values(r), w, rows, count, lambda: refuse_columns(r, faults), before, after)
    return out


def _weigh_all(
    values: Values,
    weights: Floats,
    out: Floats,
    threads: int,
    refuse: Callable[[], None],
    before: Callable[..., Floats] | None,
    after: Callable[..., Floats] | None,
) -> None:
    """Weigh and add up every row, under every weight vector, block by block."""
    m, n = values.x.shape
    rows = max(_CELLS // n, _FEWEST)

    def add_up(block: Block, room: Room) -> None:
        width, k = padded(len(block)), len(block)
        terms, totals = room.parts(width)[0], room.totals(width)[0]
        np.copyto(terms[:, :k], values.read(block, room))
        terms[:, k:] = 1.0
        if before is not None:
            before(terms, out=terms)
        for w, sums in zip(weights, out, strict=True):
            np.einsum("j,jb->b", w, terms, out=totals)
            if not np.isfinite(np.add.reduce(totals)):
                refuse()
            if after is not None:
                after(totals, out=totals)
            sums[block.first : block.last] = totals[:k]

    def one_after_the_other(share: Iterable[Block]) -> None:
        room = Room(n, min(rows, m))
        with np.errstate(all="ignore"):
            for block in share:
                add_up(block, room)

    share_out(one_after_the_other, split(0, m, rows), worth(threads, m * n * len(weights)))
