"""How far judges agree: as a group, and each of them with it."""

import math
from typing import Final

import numpy as np

from partnermcda.core.ahp.eigenvector import unit
from partnermcda.core.ahp.groups import as_judge_priorities, as_judge_weights, pool_priorities
from partnermcda.core.arrays import Bools, Floats

_LARGEST_JUDGEMENT: Final = 9
_FEWEST_JUDGES: Final = 4
_FAR: Final = 3.5
_NORMAL_MEDIAN: Final = 0.6744897501960817
"""Median absolute deviation of the standard normal distribution."""
_NORMAL_MEAN: Final = math.sqrt(2 / math.pi)
"""Mean absolute deviation of the standard normal distribution."""
_ROUNDING: Final = 1e-9


def consensus(p: Floats, judge_weights: Floats | None = None) -> float:
    r"""Consensus of a group: how much the priorities of its judges overlap, as in AHP-OS.

    Parameters
    ----------
    p : (k, j) array
        Priorities of each judge who answered: positive, each row summing to 1.
    judge_weights : (k,) array, optional
        How much each judge counts; none negative. All alike unless given.

    Returns
    -------
    float
        1 where all judges have the same priorities, which one judge alone has, and where one
        thing alone is judged; 0 where each sets a thing of their own nine times above all others,
        and each thing is so set by equally many. AHP-OS calls less than 0.5 very low, from 0.75
        high and from 0.875 very high.

    Raises
    ------
    JudgementsError
        If a judge has no priorities, one is not positive, or a row sums to another number than 1.
    WeightsError
        If weights are negative, not finite, all zero, or of another number.

    Notes
    -----
    With :math:`H(q) = -\sum_i q_i \ln q_i`, the entropy within judges :math:`H_\alpha = \sum_k w_k
    H(p_k)`, that of their arithmetic mean :math:`H_\gamma = H(\sum_k w_k p_k)`, and
    :math:`H_\beta = H_\gamma - H_\alpha` [3]_,

    .. math:: S^* = \frac{1 / e^{H_\beta} - e^{H_{\alpha\min}} / e^{H_{\gamma\max}}}
                         {1 - e^{H_{\alpha\min}} / e^{H_{\gamma\max}}}, \qquad
              H_{\alpha\min} = -\tfrac{9}{j + 8} \ln \tfrac{9}{j + 8}
                               - \tfrac{j - 1}{j + 8} \ln \tfrac{1}{j + 8}, \qquad
              H_{\gamma\max} = \ln j

    [1]_ [2]_. The first paper's :math:`H_{\gamma\max}` hung on the number of judges; its author
    has since put :math:`\ln j` in its place, and so does AHP-OS. Weights of judges are ours.

    Nothing is clipped. :math:`H_{\alpha\min}` belongs to one thing 9 times above all others.
    Priorities can lie closer together in fewer things: by judgements beyond 9, by contradictory
    ones from 4 things on, and by consistent ones from 8 on (two things 9 times above the others).
    If judges with such priorities differ as much as they can, the result is below 0. It is never
    above 1, and for k judges never below that of :math:`e^{H_\beta} = k`: two judges cannot
    differ as much as nine.

    References
    ----------
    .. [1] K. D. Goepel, "Implementing the analytic hierarchy process as a standard method for
       multi-criteria decision making in corporate enterprises: a new AHP Excel template with
       multiple inputs", Proc. Int. Symp. on the Analytic Hierarchy Process, 2013.
    .. [2] K. D. Goepel, "Implementation of an online software tool for the analytic hierarchy
       process (AHP-OS)", Int. J. Analytic Hierarchy Process 10(3), 2018,
       :doi:`10.13033/ijahp.v10i3.590`.
    .. [3] L. Jost, "Partitioning diversity into independent alpha and beta components", Ecology
       88(10), 2007, :doi:`10.1890/06-1736.1`.

    Examples
    --------
    >>> alike, opposed = np.array([[0.7, 0.3], [0.6, 0.4]]), np.array([[0.9, 0.1], [0.1, 0.9]])
    >>> round(consensus(alike), 3), abs(round(consensus(opposed), 3))
    (0.982, 0.0)
    """
    p = as_judge_priorities(p)
    weights = as_judge_weights(judge_weights, len(p))
    things: int = p.shape[1]
    if things == 1:
        return 1.0
    # Never negative by Jensen's inequality, but for rounding.
    beta = max(float(_entropy(weights @ p) - weights @ _entropy(p)), 0.0)
    extreme = np.where(np.arange(things) == 0, _LARGEST_JUDGEMENT, 1.0)
    least = float(np.exp(_entropy(unit(extreme)))) / things
    return (math.exp(-beta) - least) / (1 - least)


def judge_distances(p: Floats, judge_weights: Floats | None = None) -> Floats:
    r"""How far each judge's priorities are from the group's, as a factor.

    Parameters
    ----------
    p : (k, j) array
        Priorities of each judge who answered: positive, each row summing to 1.
    judge_weights : (k,) array, optional
        How much each judge counts in the group; a judge of weight 0 is measured all the same.

    Returns
    -------
    (k,) array
        From 1, the group's own priorities, upward. With 2, the judge's ratios between two things
        are typically twice, or half, the group's. Relabelling the things changes nothing.

    Raises
    ------
    JudgementsError
        If a judge has no priorities, one is not positive, or a row sums to another number than 1.
    WeightsError
        If weights are negative, not finite, all zero, or of another number.

    Notes
    -----
    With g the geometric mean of the judges' priorities, :func:`pool_priorities`, it is the
    exponential of the root mean square difference of log-ratios over all pairs of things,

    .. math:: d_k = \exp \sqrt{\frac{2}{j (j - 1)} \sum_{i < h}
              \left(\ln \frac{p_{ki}}{p_{kh}} - \ln \frac{g_i}{g_h}\right)^2}
              = \exp \left(\sqrt{\tfrac{2}{j - 1}}\, d_A(p_k, g)\right),

    where :math:`d_A` is Aitchison's distance between compositions [1]_, of which g is the centre:
    no other priorities have so small a mean square :math:`\ln d_k`.

    References
    ----------
    .. [1] J. Aitchison, C. Barceló-Vidal, J. A. Martín-Fernández and V. Pawlowsky-Glahn, "Logratio
       analysis and compositional distance", Math. Geol. 32(3), 2000,
       :doi:`10.1023/A:1007529726302`.

    Examples
    --------
    >>> judge_distances(np.array([[0.8, 0.2], [0.5, 0.5]])).round(3)
    array([2., 2.])
    >>> judge_distances(np.array([[0.8, 0.2], [0.5, 0.5]]), np.array([1, 0])).round(3)
    array([1., 4.])
    """
    p = as_judge_priorities(p)
    group = pool_priorities(p, judge_weights)
    if p.shape[1] == 1:
        return np.ones(len(p))
    off = np.log(p) - np.log(group)
    centered = off - off.mean(axis=1, keepdims=True)
    squares = 2 / (p.shape[1] - 1) * np.square(centered).sum(axis=1)
    return np.asarray(np.exp(np.sqrt(squares)))


def stands_far(distances: Floats) -> Bools:
    r"""Which judges stand much farther from the group than judges of this group do.

    Parameters
    ----------
    distances : (k,) array
        From :func:`judge_distances`.

    Returns
    -------
    (k,) array of bool
        All false for fewer than 4 judges, of whom one cannot tell, and where all are equally far.

    Notes
    -----
    Modified z-scores of :math:`\ln d_k` above 3.5 [1]_,

    .. math:: z_k = \Phi^{-1}(\tfrac{3}{4})\, \frac{\ln d_k - m}{\mathrm{MAD}},

    with m their median and MAD their median distance from it. Where more than half are equally
    far, MAD is 0, and the mean absolute deviation, divided by :math:`\sqrt{2 / \pi}`, which it is
    for a standard normal distribution, stands in. Who is nearer than usual is not meant. A group
    in which all agree closely has outliers, too: look at the distance as well.

    References
    ----------
    .. [1] B. Iglewicz and D. C. Hoaglin, "How to detect and handle outliers", ASQC Quality Press,
       1993.

    Examples
    --------
    >>> stands_far(np.array([1.2, 1.3, 1.4, 1.3, 6.0]))
    array([False, False, False, False,  True])
    """
    logs = np.log(np.asarray(distances, dtype=float))
    if logs.size < _FEWEST_JUDGES:
        return np.zeros(logs.shape, dtype=bool)
    off = logs - np.median(logs)
    spread = float(np.median(np.abs(off))) / _NORMAL_MEDIAN
    if spread <= _ROUNDING:
        spread = float(np.abs(off).mean()) / _NORMAL_MEAN
    return np.asarray(off > max(_FAR * spread, _ROUNDING))


def _entropy(p: Floats) -> Floats:
    return np.asarray(-(p * np.log(p)).sum(axis=-1))
