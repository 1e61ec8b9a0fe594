"""How much of an outcome's variance is due to each group of inputs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from partnermcda.core.arrays import Floats, Ints
from partnermcda.core.variance import shapley_effects, step_points
from partnermcda.errors import Finding, MethodError

_ONE_ERROR: Final = 0.6826894921370859
"""Level at which a normal confidence interval is one standard error to each side."""
_SEEDS: Final = 2**31


@dataclass(frozen=True, slots=True, eq=False)
class Indices:
    """Shares of variance for g groups of inputs, each with its standard error."""

    first: Floats
    """(g,) first-order Sobol' index: what the group explains alone."""
    first_error: Floats
    """(g,) its standard error."""
    total: Floats
    """(g,) total Sobol' index: what it explains alone and together with others."""
    total_error: Floats
    """(g,) its standard error."""
    shapley: Floats
    """(g,) Shapley effect: what is explained together is shared out; sums to 1."""
    shapley_error: Floats
    """(g,) its standard error."""
    mean: float
    """Mean of the outcome."""
    variance: float
    """Variance of the outcome."""
    evaluations: int
    """How often the outcome was computed."""


def indices(
    outcome: Callable[[Floats], Floats],
    sizes: Sequence[int],
    draws: int,
    rng: np.random.Generator,
) -> Indices:
    r"""Estimate Sobol' indices and Shapley effects of groups of independent uniform inputs.

    Parameters
    ----------
    outcome : callable
        Takes (s, d) points of the unit cube and gives (s,) outcomes.
    sizes : sequence of int
        Number of inputs in each of the g groups, d in all; at least two groups.
    draws : int
        Number N of pairs of points, a power of two.
    rng : numpy.random.Generator
        Where the random numbers come from.

    Returns
    -------
    Indices
        NaN where the outcome never changes.

    Raises
    ------
    MethodError
        If SALib is not installed.

    Notes
    -----
    First order :math:`S_i = V[E(Y \mid U_i)] / V(Y)` and total order
    :math:`T_i = E[V(Y \mid U_{-i})] / V(Y)` are estimated as in [1]_ by SALib [2]_, from scrambled
    Sobol' points, with bootstrapped errors. The paths of the Shapley effects begin and end on the
    same points, so that all three take :math:`2 g N` evaluations. For the true values
    :math:`S_i \le Sh_i \le T_i` [3]_; estimates can break that by their errors.

    References
    ----------
    .. [1] A. Saltelli et al., "Variance based sensitivity analysis of model output. Design and
       estimator for the total sensitivity index", Comput. Phys. Commun. 181(2), 2010,
       :doi:`10.1016/j.cpc.2009.09.018`.
    .. [2] J. Herman and W. Usher, "SALib: an open-source Python library for sensitivity analysis",
       J. Open Source Softw. 2(9), 2017, :doi:`10.21105/joss.00097`.
    .. [3] A. B. Owen, "Sobol' indices and Shapley value", SIAM/ASA J. Uncertain. Quantif. 2(1),
       2014, :doi:`10.1137/130936233`.

    Examples
    --------
    >>> found = indices(lambda u: 2 * u[:, 0] + u[:, 1], (1, 1), 1024, np.random.default_rng(7))
    >>> found.first.round(2), found.total.round(2), found.shapley.round(2)
    (array([0.8, 0.2]), array([0.8, 0.2]), array([0.8, 0.2]))
    >>> found.evaluations
    4096
    """
    sample, analyze = _salib()
    g = len(sizes)
    groups = [f"g{i}" for i, size in enumerate(sizes) for _ in range(size)]
    names = [f"u{i}" for i in range(len(groups))]
    problem = {"num_vars": len(names), "names": names, "groups": groups}
    problem["bounds"] = [(0.0, 1.0)] * len(names)
    seeds = rng.integers(1, _SEEDS, size=2).tolist()
    points = sample(problem, draws, calc_second_order=False, seed=seeds[0])
    order = rng.permuted(np.tile(np.arange(g), (draws, 1)), axis=1)
    y = np.asarray(outcome(points), dtype=float)
    ends = np.append(y[:: g + 2], y[g + 1 :: g + 2])
    if not np.ptp(ends) > 0:
        none = np.full(g, np.nan)
        return Indices(none, none, none, none, none, none, float(ends.mean()), 0.0, len(y))
    steps = _steps(outcome, points.reshape(draws, g + 2, -1), y.reshape(draws, g + 2), sizes, order)
    found = analyze(problem, y, calc_second_order=False, conf_level=_ONE_ERROR, seed=seeds[1])
    shapley, shapley_error = shapley_effects(steps, order)
    return Indices(
        first=np.asarray(found["S1"], dtype=float),
        first_error=np.asarray(found["S1_conf"], dtype=float),
        total=np.asarray(found["ST"], dtype=float),
        total_error=np.asarray(found["ST_conf"], dtype=float),
        shapley=shapley,
        shapley_error=shapley_error,
        mean=float(ends.mean()),
        variance=float(ends.var()),
        evaluations=len(y) + draws * (g - 2),
    )


def _steps(
    outcome: Callable[[Floats], Floats],
    points: Floats,
    y: Floats,
    sizes: Sequence[int],
    order: Ints,
) -> Floats:
    """Outcomes on the way from first to last point of each row; the ends and one step are known."""
    g = len(sizes)
    a, b = points[:, 0], points[:, -1]
    steps = np.empty((g + 1, len(y)))
    steps[0], steps[-1] = y[:, 0], y[:, -1]
    steps[1] = np.take_along_axis(y, 1 + order[:, :1], axis=1)[:, 0]
    for step in range(2, g):
        steps[step] = outcome(step_points(a, b, sizes, order, step))
    return steps


def _salib() -> tuple[Callable[..., Floats], Callable[..., Any]]:
    try:
        from SALib.analyze.sobol import analyze
        from SALib.sample.sobol import sample
    except ModuleNotFoundError:
        raise MethodError(Finding("sensitivity.salib")) from None
    return sample, analyze
