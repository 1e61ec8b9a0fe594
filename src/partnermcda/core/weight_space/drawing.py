"""Weight vectors drawn at random: all there are or some of them, around one, as judges differ."""

from collections.abc import Iterator, Sequence

import numpy as np

from partnermcda.core.ahp.eigenvector import unit
from partnermcda.core.arrays import Floats
from partnermcda.core.weight_space.limits import Limits, as_limits
from partnermcda.core.weight_space.proposals import candidates, kept
from partnermcda.core.weight_space.region import Region
from partnermcda.core.weight_space.sources import (
    BLOCK,
    as_generator,
    count_faults,
    random_points,
    rng_faults,
    size_faults,
)
from partnermcda.core.weight_space.spread import around_faults, draw_around
from partnermcda.core.weight_space.walk import walk
from partnermcda.errors import Finding, WeightsError, capped


def draw_weights(
    n: int,
    size: int,
    rng: np.random.Generator | int,
    *,
    around: Floats | None = None,
    concentration: float | None = None,
    order: Sequence[tuple[int, int]] | None = None,
    lower: Floats | float | None = None,
    upper: Floats | float | None = None,
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
    order : sequence of (int, int), optional
        Positions a, b, counted from 0, of weights of which a is to be at least b. Any partial
        order will do; a chain is ((0, 1), (1, 2)).
    lower, upper : (n,) array or float, optional
        Bounds of each weight, or of all. A weight with two equal ones is fixed.

    Returns
    -------
    (s, n) array
        None negative, each row summing to 1.

    Raises
    ------
    WeightsError
        With every fault of what is given; with a smallest set of bounds and pairs that no
        weights keep, or that leaves them no room; if fewer than one in a hundred draws around
        something keeps them, or a random walk does not mix.

    Notes
    -----
    *Uniform.* :math:`w_j = e_j / \sum_k e_k` with independent exponential :math:`e_j`, which are
    the gaps between ordered uniform numbers [1]_; each weight is Beta(1, n - 1). Uniform numbers
    divided by their sum are another distribution, which draws far too few weight vectors near the
    corners.

    *In an order, within bounds.* As likely as any other that keeps them, exactly where that is
    cheap: a lower bound moves and shrinks the simplex, and a total order sorts the weights; of a
    partial order a total one is drawn first, each as often, by counting [4]_. What then still lies
    outside is drawn again. Where that would keep fewer than one in a hundred, hit-and-run walks
    through the region instead [5]_; its draws must pass a check of mixing, so they are as good as
    uniform, yet not exactly so. No weights keep all bounds only if, with the bounds that follow
    along the order, one is crossed or their sums miss 1.

    *Around one vector.* Dirichlet with parameters :math:`c\,w_j`, so that the mean is :math:`w` and
    the variance of a weight :math:`w_j (1 - w_j) / (c + 1)`. A weight of 0 stays exactly 0.

    *Between judges.* With :math:`y` the centered log-ratios of the judges' priorities [2]_, draws
    are softmax of normal numbers that have the mean and the covariance (divided by k - 1) of the
    y: the logistic normal distribution [3]_. A draw is what one more judge like those asked might
    say, not where the group's mean might lie, so it does not narrow as more judges are asked.
    Fewer than n judges vary in k - 1 directions only; judges who agree leave no spread.

    Draws around something that do not keep order and bounds are drawn again, so the distribution is
    the one above on condition that they are kept; its mean is no longer the vector given.

    References
    ----------
    .. [1] L. Devroye, "Non-Uniform Random Variate Generation", Springer, 1986, chapter V,
       :doi:`10.1007/978-1-4613-8643-8`.
    .. [2] J. Aitchison, "The statistical analysis of compositional data", J. R. Stat. Soc. B 44(2),
       1982, :doi:`10.1111/j.2517-6161.1982.tb01195.x`.
    .. [3] J. Aitchison and S. M. Shen, "Logistic-normal distributions: some properties and uses",
       Biometrika 67(2), 1980, :doi:`10.1093/biomet/67.2.261`.
    .. [4] G. Brightwell and P. Winkler, "Counting linear extensions", Order 8, 1991,
       :doi:`10.1007/BF00383444`.
    .. [5] T. Tervonen, G. van Valkenhoef, N. Basturk and D. Postmus, "Hit-And-Run enables efficient
       weight generation for simulation-based multiple criteria decision analysis", Eur. J. Oper.
       Res. 224(3), 2013, :doi:`10.1016/j.ejor.2012.08.026`.

    Examples
    --------
    >>> draws = draw_weights(3, 10_000, 7, around=np.array([0.5, 0.5, 0.0]), concentration=20)
    >>> draws.mean(axis=0).round(2)
    array([0.5, 0.5, 0. ])
    """
    faults = [*count_faults(n), *size_faults(size), *rng_faults(rng)]
    if not faults:
        faults += around_faults(n, around, concentration)
    if faults:
        raise WeightsError(capped(faults))
    limits = as_limits(n, order, lower, upper)
    generator = as_generator(rng)
    limited = bool(limits.order) or limits.lower.any() or (limits.upper < 1).any()
    if around is not None:
        given = np.asarray(around, dtype=float)
        if limited:
            return _around_within(given, float(concentration or 0), limits, size, generator)
        return draw_around(given, float(concentration or 0), size, generator)
    if limited:
        return _within(limits, size, generator)
    return unit(generator.standard_exponential((size, n)))


def _within(limits: Limits, size: int, generator: np.random.Generator) -> Floats:
    region = Region.of(len(limits.lower), limits.order, limits.lower, limits.upper)
    found = kept(candidates(region, random_points(generator)), region, size)
    if found is not None:
        return found
    return walk(region, region.interior(), size, generator).weights


def _around_within(
    around: Floats,
    concentration: float,
    limits: Limits,
    size: int,
    generator: np.random.Generator,
) -> Floats:
    region = Region.of(len(limits.lower), limits.order, limits.lower, limits.upper)
    if not region.free.all():
        raise WeightsError(Finding("draws.around_fixed"))

    def drawn() -> Iterator[Floats]:
        while True:
            yield draw_around(around, concentration, BLOCK, generator)

    found = kept(drawn(), region, size)
    if found is None:
        raise WeightsError(Finding("draws.around_outside"))
    return found
