"""Weight vectors drawn at random: from the whole simplex, around one, or as judges differ."""

from collections.abc import Iterator
from numbers import Integral, Real

import numpy as np

from partnermcda.core.ahp.eigenvector import unit
from partnermcda.core.arrays import Floats
from partnermcda.errors import Finding, WeightsError, capped, short


def draw_weights(
    n: int,
    size: int,
    rng: np.random.Generator | int,
    *,
    around: Floats | None = None,
    concentration: float | None = None,
) -> Floats:
    r"""Draw weight vectors at random.

    Parameters
    ----------
    n : int
        Number of criteria.
    size : int
        Number s of weight vectors.
    rng : numpy.random.Generator or int
        Where the random numbers come from, or a seed for a generator of numpy's own. The first
        rows of a longer draw from the same seed are those of a shorter one.
    around : (n,) or (k, n) array, optional
        One weight vector, or the priorities of k judges. Without it every weight vector is as
        likely as any other.
    concentration : float, optional
        How closely the draws lie around one weight vector: as many observations as it would be
        worth. Only together with one vector, and then it must be given.

    Returns
    -------
    (s, n) array
        None negative, each row summing to 1.

    Raises
    ------
    WeightsError
        With every fault of what is given.

    Notes
    -----
    *Uniform.* :math:`w_j = e_j / \sum_k e_k` with independent exponential :math:`e_j`, which are
    the gaps between ordered uniform numbers [1]_; each weight is Beta(1, n - 1). Uniform numbers
    divided by their sum are another distribution, which draws far too few weight vectors near the
    corners.

    *Around one vector.* Dirichlet with parameters :math:`c\,w_j`, so that the mean is :math:`w` and
    the variance of a weight :math:`w_j (1 - w_j) / (c + 1)`. A weight of 0 stays exactly 0.

    *Between judges.* With :math:`y` the centered log-ratios of the judges' priorities [2]_, draws
    are softmax of normal numbers that have the mean and the covariance (divided by k - 1) of the
    y: the logistic normal distribution [3]_. A draw is what one more judge like those asked might
    say, not where the group's mean might lie, so it does not narrow as more judges are asked.
    Fewer than n judges vary in k - 1 directions only; judges who agree leave no spread.

    References
    ----------
    .. [1] L. Devroye, "Non-Uniform Random Variate Generation", Springer, 1986, chapter V,
       :doi:`10.1007/978-1-4613-8643-8`.
    .. [2] J. Aitchison, "The statistical analysis of compositional data", J. R. Stat. Soc. B 44(2),
       1982, :doi:`10.1111/j.2517-6161.1982.tb01195.x`.
    .. [3] J. Aitchison and S. M. Shen, "Logistic-normal distributions: some properties and uses",
       Biometrika 67(2), 1980, :doi:`10.1093/biomet/67.2.261`.

    Examples
    --------
    >>> draws = draw_weights(3, 10_000, 7, around=np.array([0.5, 0.5, 0.0]), concentration=20)
    >>> draws.mean(axis=0).round(2)
    array([0.5, 0.5, 0. ])
    """
    faults = [*_count_faults(n), *size_faults(size), *rng_faults(rng)]
    if not faults:
        faults += _around_faults(n, around, concentration)
    if faults:
        raise WeightsError(capped(faults))
    generator = as_generator(rng)
    if around is None:
        return unit(generator.standard_exponential((size, n)))
    given = np.asarray(around, dtype=float)
    if given.ndim == 1:
        return _dirichlet(given, float(concentration or 0), size, generator)
    middle, spread = spread_of(given, np.ones(len(given)))
    return scatter(middle, spread, generator.standard_normal((size, len(given))))


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


def as_generator(rng: np.random.Generator | int) -> np.random.Generator:
    """Take a generator as it is, or make one of a seed.

    Parameters
    ----------
    rng : numpy.random.Generator or int

    Returns
    -------
    numpy.random.Generator
    """
    return rng if isinstance(rng, np.random.Generator) else np.random.default_rng(int(rng))


def rng_faults(rng: object) -> Iterator[Finding]:
    """Find out whether random numbers can come from this.

    Parameters
    ----------
    rng : object

    Yields
    ------
    Finding
    """
    if not (isinstance(rng, np.random.Generator) or (_is_whole(rng) and rng >= 0)):  # type: ignore[operator]
        yield Finding("draws.rng", {"kind": type(rng).__name__, "given": short(rng)})


def size_faults(size: object) -> Iterator[Finding]:
    """Find out whether as many can be drawn.

    Parameters
    ----------
    size : object

    Yields
    ------
    Finding
    """
    if not _is_whole(size) or size < 0:  # type: ignore[operator]
        yield Finding("draws.size", {"given": short(size)})


def _count_faults(n: object) -> Iterator[Finding]:
    if not _is_whole(n) or n < 1:  # type: ignore[operator]
        yield Finding("draws.n", {"given": short(n)})


def _is_whole(given: object) -> bool:
    return isinstance(given, Integral) and not isinstance(given, bool)


def _around_faults(n: int, around: object, concentration: object) -> Iterator[Finding]:
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
