"""Priorities drawn from judgements that are not certain: between two bounds, or around a value."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from partnermcda.core.ahp.matrices import MOST, RECIPROCITY
from partnermcda.core.ahp.missing import Completion
from partnermcda.core.ahp.priorities import Prioritization, priorities
from partnermcda.core.arrays import Bools, Floats
from partnermcda.core.weight_space import as_generator, rng_faults, size_faults
from partnermcda.errors import Finding, JudgementsError, capped, short

_CELLS: Final = 1 << 18


def draw_priorities(
    low: Floats,
    high: Floats,
    size: int,
    rng: np.random.Generator | int,
    *,
    mode: Floats | None = None,
    method: Prioritization = "eigenvector",
    missing: Completion = "least_squares",
) -> Floats:
    r"""Draw the priorities behind judgements that were given as intervals.

    Parameters
    ----------
    low, high : (j, j) arrays
        Bounds of every judgement: equal where it is certain, NaN in both where the pair was not
        asked. What bounds a judgement from below bounds its reciprocal from above,
        :math:`l_{ik} u_{ki} = 1`.
    size : int
        Number s of draws.
    rng : numpy.random.Generator or int
        Where the random numbers come from, or a seed. The first rows of a longer draw from the
        same seed are those of a shorter one.
    mode : (j, j) array, optional
        The most likely judgements, reciprocal and within their bounds.
    method : {"eigenvector", "geometric_mean", "column_mean"}
        How priorities are derived: see :func:`priorities`.
    missing : {"least_squares", "harker", "optimal"}
        How judgements that were not asked are filled in, in every draw anew.

    Returns
    -------
    (s, j) array
        Positive, each row summing to 1.

    Raises
    ------
    JudgementsError
        With every fault of the judgements, and of what else is given.

    Notes
    -----
    Each judgement is drawn by itself, as its logarithm: uniform between the logarithms of its
    bounds, or triangular with the logarithm of `mode` as its peak. So it is the same whichever of
    i and k comes first: the reciprocal of a uniform or a triangular number is neither, and on the
    scale of ratios what is drawn would hang on which of the two was written down. Judgements as
    intervals follow [1]_, triangular ones [2]_; drawn matrices are reciprocal, and as consistent
    as the draw has it.

    References
    ----------
    .. [1] T. L. Saaty and L. G. Vargas, "Uncertainty and rank order in the analytic hierarchy
       process", Eur. J. Oper. Res. 32(1), 1987, :doi:`10.1016/0377-2217(87)90275-X`.
    .. [2] P. J. M. van Laarhoven and W. Pedrycz, "A fuzzy extension of Saaty's priority theory",
       Fuzzy Sets Syst. 11, 1983, :doi:`10.1016/S0165-0114(83)80082-7`.

    Examples
    --------
    >>> low, high = np.array([[1, 2], [1 / 4, 1]]), np.array([[1, 4], [1 / 2, 1]])
    >>> draws = draw_priorities(low, high, 1_000, 7)
    >>> draws.min(axis=0).round(2), draws.max(axis=0).round(2)
    (array([0.67, 0.2 ]), array([0.8 , 0.33]))
    """
    faults = [*size_faults(size), *rng_faults(rng), *interval_faults(low, high, mode)]
    if faults:
        raise JudgementsError(capped(faults))
    generator = as_generator(rng)
    intervals = Intervals.of(low, high, mode)
    drawn = np.empty((size, intervals.order))
    for first, last in in_blocks(size, intervals.order):
        logs = intervals.draw(last - first, generator)
        drawn[first:last] = priorities(intervals.matrices(logs), method, missing=missing)
    return drawn


@dataclass(frozen=True, slots=True, eq=False)
class Intervals:
    """Judgements of the pairs that were asked, above the diagonal, as logarithms."""

    order: int
    """The number j of things compared."""
    asked: Bools
    """(j, j) array: which pairs, above the diagonal only."""
    low: Floats
    """(q,) array: lower bounds of the pairs, row by row."""
    span: Floats
    """(q,) array: how far the upper bounds lie above."""
    peak: Floats | None
    """(q,) array: where in its span each is most likely, in [0, 1], NaN for uniform ones; None
    where all are."""

    @classmethod
    def of(cls, low: Floats, high: Floats, mode: Floats | None = None) -> "Intervals":
        """Take intervals in which `interval_faults` finds no fault.

        Parameters
        ----------
        low, high : (j, j) arrays
        mode : (j, j) array, optional
            Unlike there, NaN for a judgement that is uniform between its bounds.

        Returns
        -------
        Intervals
        """
        lower, upper = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
        asked = np.triu(~np.isnan(lower), 1)
        least = np.log(lower[asked])
        span = np.maximum(np.log(upper[asked]) - least, 0.0)
        peak = None
        if mode is not None:
            above = np.log(np.asarray(mode, dtype=float)[asked]) - least
            peak = np.clip(np.divide(above, span, out=np.zeros_like(span), where=span > 0), 0, 1)
        return cls(len(lower), asked, least, span, peak)

    def draw(self, size: int, rng: np.random.Generator) -> Floats:
        """Draw every judgement as its logarithm.

        Parameters
        ----------
        size : int
        rng : numpy.random.Generator

        Returns
        -------
        (s, q) array
        """
        place = rng.random((size, len(self.low)))
        if self.peak is not None:
            # The inverse of the triangular distribution, one branch on either side of the peak.
            rising = np.sqrt(place * self.peak)
            falling = 1 - np.sqrt((1 - place) * (1 - self.peak))
            triangular = np.where(place < self.peak, rising, falling)
            place = np.where(np.isnan(self.peak), place, triangular)
        return np.asarray(self.low + self.span * place)

    def matrices(self, logs: Floats) -> Floats:
        """Make pairwise matrices of drawn judgements.

        Parameters
        ----------
        logs : (s, q) array

        Returns
        -------
        (s, j, j) array
            Reciprocal, NaN where a pair was not asked.
        """
        return pairwise_of(logs, self.asked)


def pairwise_of(logs: Floats, asked: Bools) -> Floats:
    """Make pairwise matrices of the logarithms of judgements.

    Parameters
    ----------
    logs : (s, q) array
        Judgements of the pairs asked, row by row.
    asked : (j, j) array of bool
        Which pairs were asked, above the diagonal only.

    Returns
    -------
    (s, j, j) array
        Reciprocal, NaN where a pair was not asked.

    Examples
    --------
    >>> pairwise_of(np.log([[2.0]]), np.array([[False, True], [False, False]])).round(3)
    array([[[1. , 2. ],
            [0.5, 1. ]]])
    """
    order = len(asked)
    a = np.full((len(logs), order, order), np.nan)
    a[:, range(order), range(order)] = 1.0
    rows, columns = np.nonzero(asked)
    a[:, rows, columns] = np.exp(logs)
    a[:, columns, rows] = 1.0 / a[:, rows, columns]
    return a


def in_blocks(size: int, order: int) -> Iterator[tuple[int, int]]:
    """Cut draws into blocks, so that no more than a few megabytes of matrices exist at a time.

    Parameters
    ----------
    size : int
        Number of draws.
    order : int
        Of their matrices.

    Yields
    ------
    first, last : int
        First draw of a block, and first behind it.

    Examples
    --------
    >>> list(in_blocks(20_000, 4))
    [(0, 16384), (16384, 20000)]
    """
    step = _CELLS // order**2
    for first in range(0, size, step):
        yield first, min(first + step, size)


def interval_faults(low: object, high: object, mode: object = None) -> Iterator[Finding]:
    """Find every fault in judgements given as intervals, each pair once.

    Parameters
    ----------
    low, high, mode : objects
        What should be (j, j) arrays; `mode` may be None.

    Yields
    ------
    Finding
        With row and column of the pair, counted from 1.
    """
    given = (low, high) if mode is None else (low, high, mode)
    try:
        bounds = [np.asarray(side, dtype=float) for side in given]
    except (TypeError, ValueError):
        yield Finding("draws.judgement_numbers")
        return
    shapes = {side.shape for side in bounds}
    shape = bounds[0].shape
    if len(shapes) > 1 or len(shape) != 2 or shape[0] != shape[1] or not shape[0]:
        listed = ", ".join(str(side.shape) for side in bounds)
        yield Finding("draws.judgement_shapes", {"shapes": listed})
    elif shape[0] > MOST:
        yield Finding("pairwise.order", {"order": shape[0], "most": MOST})
    else:
        for i, k in np.argwhere(np.triu(np.ones(shape))).tolist():
            yield from _pair_faults(bounds, i, k)


def _pair_faults(bounds: list[Floats], i: int, k: int) -> Iterator[Finding]:
    here = [float(side[i, k]) for side in bounds]
    back = [float(side[k, i]) for side in bounds]
    code = _fault_of(here, back, diagonal=i == k)
    if code:
        details = {"here": _listed(here), "back": _listed(back)}
        yield Finding(code, details, row=i + 1, column=str(k + 1))


def _fault_of(here: list[float], back: list[float], *, diagonal: bool) -> str:
    """Code of what is wrong with a pair; of several faults the first."""
    # Seen from the other side, the upper bound is the lower one.
    values = np.array([here, [back[1], back[0], *back[2:]]])
    silent = np.isnan(values)
    if silent.any():
        return "" if silent.all() and not diagonal else "draws.gap"
    if not ((values > 0) & (values < np.inf)).all():
        return "draws.judgement"
    if diagonal and (np.abs(values - 1) > RECIPROCITY).any():
        return "draws.diagonal"
    if (np.abs(np.log(values).sum(axis=0)) > RECIPROCITY).any():
        return "draws.not_reciprocal"
    low, high, *mode = here
    slack = 1 + RECIPROCITY
    if low > high * slack:
        return "draws.crossed"
    return "draws.mode" if mode and not low / slack <= mode[0] <= high * slack else ""


def _listed(values: list[float]) -> str:
    """Lower bound, most likely value if there is one, upper bound."""
    low, high, *mode = map(short, values)
    return " – ".join((low, *mode, high))
