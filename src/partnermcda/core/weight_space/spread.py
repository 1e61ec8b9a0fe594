"""Weight vectors around one that is given, and as judges differ."""

from collections.abc import Iterator
from numbers import Real

import numpy as np

from partnermcda.core.ahp.eigenvector import unit
from partnermcda.core.arrays import Floats
from partnermcda.errors import Finding, short


def spread_of(priorities: Floats, judge_weights: Floats) -> tuple[Floats, Floats]:
    r"""Describe how judges differ, in centered log-ratios.

    Parameters
    ----------
    priorities : (k, n) array
        Of each judge, all above 0.
    judge_weights : (k,) array
        How much each judge counts: at least two above 0.

    Returns
    -------
    middle : (n,) array
        Weighted mean of the judges' log-ratios.
    spread : (k, n) array
        One direction a judge; normal numbers times these have the judges' weighted covariance,
        :math:`\sum_b u_b d_b d_b^\top / (1 - \sum_b u_b^2)` with the weights :math:`u` summing to
        1: divided by k - 1 where all count alike.

    Examples
    --------
    >>> _, spread = spread_of(np.array([[0.5, 0.5], [0.8, 0.2]]), np.ones(2))
    >>> (spread.T @ spread).round(3)
    array([[ 0.24, -0.24],
           [-0.24,  0.24]])
    """
    shares = unit(judge_weights)[:, None]
    logs = np.log(priorities)
    ratios = logs - logs.mean(axis=-1, keepdims=True)
    # Counted from the first judge, so that judges who agree differ by nothing at all.
    apart = ratios - ratios[0]
    center = (shares * apart).sum(axis=0)
    return ratios[0] + center, np.sqrt(shares / (1 - np.square(shares).sum())) * (apart - center)


def scatter(middle: Floats, spread: Floats, normals: Floats) -> Floats:
    """Bring normal numbers to weight vectors around a middle.

    Parameters
    ----------
    middle : (n,) or (s, n) array
        Logarithms of weights, up to a number added to all.
    spread : (k, n) array
        As `spread_of` gives it.
    normals : (s, k) array
        Standard normal numbers.

    Returns
    -------
    (s, n) array
        Each row summing to 1.

    Examples
    --------
    >>> scatter(np.log([0.2, 0.8]), np.array([[1.0, -1.0]]), np.zeros((1, 1)))
    array([[0.2, 0.8]])
    """
    exponents = np.zeros((len(normals), middle.shape[-1])) + middle
    # One judge after the other: the bits of a row do not hang on how many are drawn.
    for normal, direction in zip(normals.T, spread, strict=True):
        exponents += normal[:, None] * direction
    exponents -= exponents.max(axis=-1, keepdims=True)
    return unit(np.exp(exponents))


def draw_around(
    around: Floats, concentration: float, size: int, generator: np.random.Generator
) -> Floats:
    """Draw weight vectors around one, or between judges.

    Parameters
    ----------
    around : (n,) or (k, n) array
        Without faults.
    concentration : float
        Has no effect where there are judges.
    size : int
    generator : numpy.random.Generator

    Returns
    -------
    (s, n) array
    """
    if around.ndim == 1:
        return _dirichlet(around, concentration, size, generator)
    middle, spread = spread_of(around, np.ones(len(around)))
    return scatter(middle, spread, generator.standard_normal((size, len(around))))


def around_faults(n: int, around: object, concentration: object) -> Iterator[Finding]:
    """Find out whether weights can be drawn around this.

    Parameters
    ----------
    n : int
    around, concentration : object
        As given to `draw_weights`.

    Yields
    ------
    Finding
    """
    if around is None:
        if concentration is not None:
            yield Finding("draws.concentration_alone")
        return
    try:
        given = np.asarray(around, dtype=float)
    except (TypeError, ValueError):
        yield Finding("draws.numbers")
        return
    if given.ndim not in (1, 2) or given.shape[-1] != n:
        yield Finding("draws.shape", {"shape": given.shape, "n": n})
        return
    yield from _value_faults(given)
    if given.ndim == 2:
        if len(given) < 2:
            yield Finding("draws.judges", {"judges": len(given)})
        if concentration is not None:
            yield Finding("draws.concentration_judges")
    elif concentration is None:
        yield Finding("draws.no_concentration")
    elif not _is_positive(concentration):
        yield Finding("draws.concentration", {"given": short(concentration)})


def _value_faults(given: Floats) -> Iterator[Finding]:
    """Weights of one vector may be 0, but not all of them; judges' priorities have logarithms."""
    of_judges = given.ndim == 2
    fine = np.isfinite(given) & ((given > 0) if of_judges else (given >= 0))
    for place in np.argwhere(~fine).tolist():
        row = place[0] + 1 if of_judges else None
        code = "draws.priority" if of_judges else "draws.weight"
        value = short(float(given[tuple(place)]))
        yield Finding(code, row=row, column=str(place[-1] + 1), value=value)
    if not of_judges and fine.all() and not given.any():
        yield Finding("draws.all_zero")


def _is_positive(given: object) -> bool:
    is_number = isinstance(given, Real) and not isinstance(given, bool)
    return is_number and 0 < float(given) < np.inf  # type: ignore[arg-type]


def _dirichlet(
    around: Floats, concentration: float, size: int, generator: np.random.Generator
) -> Floats:
    alpha = concentration * unit(around / around.max())
    drawn = np.zeros((size, len(around)))
    drawn[:, alpha > 0] = generator.dirichlet(alpha[alpha > 0], size)
    return drawn
