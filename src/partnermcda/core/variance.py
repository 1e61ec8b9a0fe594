"""Variance shared out among the inputs that cause it: Shapley effects."""

from collections.abc import Sequence

import numpy as np

from partnermcda.core.arrays import Floats, Ints
from partnermcda.errors import Finding, MethodError


def step_points(a: Floats, b: Floats, sizes: Sequence[int], order: Ints, step: int) -> Floats:
    """Mix two samples: groups of inputs from `b` up to a step of each row's order, else from `a`.

    Parameters
    ----------
    a, b : (s, d) arrays
        Two independent samples of d inputs.
    sizes : sequence of int
        Number of inputs in each of the g groups, d in all.
    order : (s, g) array of int
        In which order each row's groups change over.
    step : int
        How many of them have: none at 0, all at g.

    Returns
    -------
    (s, d) array

    Examples
    --------
    >>> a, b = np.zeros((2, 3)), np.ones((2, 3))
    >>> step_points(a, b, (1, 2), np.array([[0, 1], [1, 0]]), 1)
    array([[1., 0., 0.],
           [0., 1., 1.]])
    """
    changed = np.argsort(order, axis=1) < step
    return np.where(np.repeat(changed, sizes, axis=1), b, a)


def shapley_effects(outcomes: Floats, order: Ints) -> tuple[Floats, Floats]:
    r"""Share of the variance that each group of inputs causes.

    Parameters
    ----------
    outcomes : (g + 1, s) array
        Outcome at each step from one sample to another, as :func:`step_points` lays them out.
    order : (s, g) array of int
        In which order each row's groups change over, each order as likely as any other.

    Returns
    -------
    effects, errors : (g,) arrays
        Shares summing to 1, and their standard errors; NaN where the outcome never changes.

    Raises
    ------
    MethodError
        If the shapes do not fit, or an outcome is not finite.

    Notes
    -----
    The Shapley effect of a group [1]_ [2]_ is what it adds to the variance explained, averaged over
    all orders in which groups can become known. With :math:`y_0, …, y_g` the outcomes while groups
    change over one by one, the group that changes at step k earns

    .. math:: \tfrac{1}{2} (y_g - y_0)(y_k - y_{k-1}),

    which is the estimator of [3]_ averaged over a path and the same path backwards. It has no bias
    where groups are independent of one another (inputs within a group need not be), and what the
    groups earn sums to :math:`(y_g - y_0)^2 / 2`, whose mean is the variance. Errors are those of a
    ratio of two means.

    References
    ----------
    .. [1] A. B. Owen, "Sobol' indices and Shapley value", SIAM/ASA J. Uncertain. Quantif. 2(1),
       2014, :doi:`10.1137/130936233`.
    .. [2] E. Song, B. L. Nelson and J. Staum, "Shapley effects for global sensitivity analysis:
       theory and computation", SIAM/ASA J. Uncertain. Quantif. 4(1), 2016,
       :doi:`10.1137/15M1048070`.
    .. [3] T. Goda, "A simple algorithm for global sensitivity analysis with Shapley effects",
       Reliab. Eng. Syst. Saf. 213, 2021, :doi:`10.1016/j.ress.2021.107702`.

    Examples
    --------
    >>> rng = np.random.default_rng(7)
    >>> a, b = rng.random((2, 10_000, 2))
    >>> order = rng.permuted(np.tile([0, 1], (10_000, 1)), axis=1)
    >>> steps = [step_points(a, b, (1, 1), order, step) for step in range(3)]
    >>> effects, errors = shapley_effects(np.array([2 * u + v for u, v in
    ...                                             (points.T for points in steps)]), order)
    >>> effects.round(2), bool((errors < 0.01).all())
    (array([0.8, 0.2]), True)
    """
    y, order = _checked(outcomes, order)
    s, g = order.shape
    whole = y[-1] - y[0]
    earned = np.empty((s, g))
    np.put_along_axis(earned, order, (np.diff(y, axis=0) * whole / 2).T, axis=1)
    variance = float(np.mean(whole**2) / 2)
    if not variance > 0:
        return np.full(g, np.nan), np.full(g, np.nan)
    effects = earned.mean(axis=0) / variance
    residuals = earned - effects * (whole**2 / 2)[:, None]
    return effects, residuals.std(axis=0, ddof=1) / (np.sqrt(s) * variance)


def _checked(outcomes: Floats, order: Ints) -> tuple[Floats, Ints]:
    y, order = np.asarray(outcomes, dtype=float), np.asarray(order)
    fits = order.ndim == 2 and y.shape == (order.shape[1] + 1, len(order)) and len(order) > 1
    if not fits or not np.isfinite(y).all():
        details = {"outcomes": y.shape, "order": order.shape}
        raise MethodError(Finding("variance.outcomes", details))
    return y, order
