"""By how much one weight would have to change for two actors to tie, the others as they are."""

import numpy as np

from partnermcda.core import arguments
from partnermcda.core.arrays import Floats
from partnermcda.core.stability.problem import one_vector
from partnermcda.core.sums import weighted_sum


def critical_changes(r: Floats, weights: Floats) -> Floats:
    r"""Find by how much a weight must change for a pair of actors to tie in the weighted sum.

    Parameters
    ----------
    r : (m, n) array
        Values; in every column more is better.
    weights : (n,) array
        Weights of the criteria, none negative, used as they are given.

    Returns
    -------
    (m, m, n) array
        What is to be taken off each weight, the others as they are, for the actors of a row and a
        column to tie; negative where it must grow. NaN where no weight that is not negative
        does, and for an actor and itself.

    Raises
    ------
    MethodError
        If a value is NaN or infinite, or the weights do not fit.

    Notes
    -----
    :math:`\delta_{kij} = (P_j - P_i) / (r_{jk} - r_{ik})` with the scores P, where it is no more
    than :math:`w_k` [1]_. The order of a weighted sum does not hang on what weights sum to, so the
    tie holds after rescaling. For weights that keep their sum see :func:`weight_intervals`.

    References
    ----------
    .. [1] E. Triantaphyllou and A. Sánchez, "A sensitivity analysis approach for some
       deterministic multi-criteria decision-making methods", Decis. Sci. 28(1), 1997,
       :doi:`10.1111/j.1540-5915.1997.tb01306.x`.

    Examples
    --------
    >>> critical_changes(np.array([[0.9, 0.2], [0.5, 0.8]]), np.array([0.7, 0.3]))[0, 1].round(3)
    array([ 0.25 , -0.167])
    """
    r = np.asarray(arguments.as_values(r), dtype=float)
    w = one_vector(weights, r.shape[1])
    scores = weighted_sum(r, w)
    lead = scores[None, :] - scores[:, None]
    gap = r[None, :, :] - r[:, None, :]
    with np.errstate(all="ignore"):
        change = lead[..., None] / gap
        change[~np.isfinite(change) | (change > w)] = np.nan
    change[np.arange(len(r)), np.arange(len(r))] = np.nan
    return np.asarray(change)
