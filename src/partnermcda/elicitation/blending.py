"""Weights between those that people gave and those that the values suggest."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

import numpy as np

from partnermcda.core.arguments import one_of
from partnermcda.core.arrays import Floats
from partnermcda.elicitation.answers import as_number
from partnermcda.errors import Finding, WeightsError, short
from partnermcda.weights import Weights, as_weights

Blend: TypeAlias = Literal["linear", "geometric"]


def blend(
    subjective: Weights | Mapping[str, float],
    objective: Weights | Mapping[str, float],
    *,
    share: float = 0.5,
    how: Blend = "linear",
) -> Weights:
    r"""Blend the weights that people gave with weights taken from the values.

    Parameters
    ----------
    subjective : Weights or mapping of str to float
        What people gave; its order of criteria is kept.
    objective : Weights or mapping of str to float
        Weights of the same criteria, in any order.
    share : float
        Part of the subjective weights, from 0 to 1.
    how : {"linear", "geometric"}
        The weighted mean, or the weighted geometric mean.

    Returns
    -------
    Weights
        With the consistency of the subjective ones.

    Raises
    ------
    WeightsError
        If a name is missing or unknown, the share is none, or nothing is left.
    MethodError
        If there is no such blend.

    Notes
    -----
    With :math:`a` the share, :math:`w_j \propto a s_j + (1 - a) o_j` [1]_ or
    :math:`w_j \propto s_j^a o_j^{1 - a}`. Before they are made to sum to 1, geometric blends at
    0.5 are the roots of the products of [2]_. A weight of 0 on one side stays 0 in a geometric
    blend, and is averaged away in a linear one.

    No theory tells the share. Report it, and what the ranking is at 0 and at 1.

    References
    ----------
    .. [1] T.-C. Wang and H.-D. Lee, "Developing a fuzzy TOPSIS approach based on subjective
       weights and objective weights", Expert Syst. Appl. 36(5), 2009.
    .. [2] C.-L. Hwang and K. Yoon, "Multiple Attribute Decision Making", Springer, 1981,
       :doi:`10.1007/978-3-642-48318-9`.

    Examples
    --------
    >>> blend({"reach": 3, "cost": 1}, {"cost": 0.75, "reach": 0.25}, share=0.8).values.round(3)
    array([0.65, 0.35])
    """
    one_of("elicitation.method", how, ("linear", "geometric"))
    names = subjective.names if isinstance(subjective, Weights) else tuple(subjective)
    given, part = as_weights(subjective, names), as_number(share)
    faults = [] if 0 <= part <= 1 else [Finding("elicitation.share", value=short(share))]
    try:
        taken = as_weights(objective, names)
    except WeightsError as error:
        raise WeightsError([*faults, *error.findings]) from None
    if faults:
        raise WeightsError(faults)
    mixed = _mixed(given.values, taken.values, part, how)
    if not mixed.any():
        raise WeightsError(Finding("elicitation.nothing_shared"))
    sources = ", ".join(weights.source or "–" for weights in (given, taken))
    source = f"{how}({sources}, share={part:g})"
    return Weights(given.names, mixed, given.consistency, given.random_index, source)


def _mixed(given: Floats, taken: Floats, share: float, how: Blend) -> Floats:
    if how == "linear":
        return share * given + (1 - share) * taken
    return np.power(given, share) * np.power(taken, 1 - share)
