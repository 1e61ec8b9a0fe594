"""From independent uniform numbers to weights."""

import numpy as np

from partnermcda.core.arrays import Floats
from partnermcda.errors import Finding, WeightsError


def weights_from_uniforms(u: Floats) -> Floats:
    r"""Map points of the unit cube to weight vectors.

    Parameters
    ----------
    u : (s, n - 1) array
        Numbers from 0 to 1: independent uniform ones, or points of a quasi-random sequence.

    Returns
    -------
    (s, n) array
        None negative, each row summing to 1. Uniform points of the cube become uniform weights.

    Raises
    ------
    WeightsError
        If it has not two axes, or a number lies outside 0 to 1.

    Notes
    -----
    Breaks a stick: with :math:`v_j = 1 - (1 - u_j)^{1/(n-j)}`, the quantile of Beta(1, n - j),

    .. math:: w_j = v_j \prod_{k<j} (1 - v_k), \qquad w_n = \prod_{k<n} (1 - v_k),

    see [1]_. One number more or less does not change the others' part, points that are close stay
    close, and no two points become one: so an even spread over the cube is one over the weights.

    References
    ----------
    .. [1] L. Devroye, "Non-Uniform Random Variate Generation", Springer, 1986, chapter XI,
       :doi:`10.1007/978-1-4613-8643-8`.

    Examples
    --------
    >>> weights_from_uniforms(np.array([[0.0, 0.5], [0.75, 0.5]]))
    array([[0.  , 0.5 , 0.5 ],
           [0.5 , 0.25, 0.25]])
    """
    given = np.asarray(u, dtype=float)
    if given.ndim != 2:
        raise WeightsError(Finding("draws.uniforms_shape", {"shape": given.shape}))
    outside = int(np.count_nonzero(~((given >= 0) & (given <= 1))))
    if outside:
        raise WeightsError(Finding("draws.uniforms", {"count": outside}))
    pieces = np.arange(given.shape[1], 0, -1)
    # 0 is broken off nothing at all, so that the weight is 0 to the last bit.
    left = np.cumprod((1 - given) ** (1 / pieces), axis=1)
    before = np.column_stack((np.ones(len(given)), left))
    return np.column_stack((before[:, :-1] - left, before[:, -1]))
