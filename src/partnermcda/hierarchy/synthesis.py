"""From priorities and ratings under every leaf to one score for each alternative."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, Literal

import numpy as np

from partnermcda.core.arrays import Floats
from partnermcda.core.normalization import peak, total
from partnermcda.core.sums import weighted_sum
from partnermcda.errors import Finding, WeightsError, capped, short
from partnermcda.hierarchy.priorities import Local, leaf_weights
from partnermcda.hierarchy.tree import Hierarchy

_MODES: Final = {"distributive": total, "ideal": peak}


def synthesize(
    hierarchy: Hierarchy,
    local: Mapping[str, Local],
    ratings: Mapping[str, Sequence[float] | Floats] | Floats,
    *,
    mode: Literal["distributive", "ideal"] = "distributive",
) -> Floats:
    r"""Score alternatives that are rated under every leaf of a hierarchy.

    Parameters
    ----------
    hierarchy, local
        As for :func:`global_priorities`.
    ratings : mapping of str to (m,) array, or (m, n) array
        For every leaf the priorities or direct ratings of the m alternatives: more is better, none
        negative, not all zero. An array has one column for each leaf, from left to right.
    mode : {"distributive", "ideal"}
        Whether the alternatives share a leaf's weight, or the best of a leaf gets all of it.

    Returns
    -------
    (m,) array
        Scores that sum to 1, in either mode.

    Raises
    ------
    WeightsError
        If priorities or ratings have faults: with every one of the first that have any.

    Notes
    -----
    With the weights :math:`w_j` of the leaves and the ratings :math:`a_{ij}`,

    .. math:: s_i = \sum_j w_j \frac{a_{ij}}{\sum_k a_{kj}} \quad\text{or}\quad
              s_i \propto \sum_j w_j \frac{a_{ij}}{\max_k a_{kj}},

    the additive synthesis of [1]_ in the two modes of [2]_, the second divided by its sum. Only
    the ratios of a leaf's ratings count.

    In ideal mode an alternative that comes in and is nowhere better than the best so far leaves
    the ratios of all other scores as they are, hence their order; one that is better may change
    the order [3]_. In distributive mode every alternative that comes in takes a part of each
    leaf's weight, so that even a copy can cost its model the lead [4]_: choose this mode where
    being one of many makes a thing worth less [2]_.

    References
    ----------
    .. [1] T. L. Saaty, "The Analytic Hierarchy Process", McGraw-Hill, 1980.
    .. [2] I. Millet and T. L. Saaty, "On the relativity of relative measures: accommodating both
       rank preservation and rank reversals in the AHP", Eur. J. Oper. Res. 121(1), 2000.
    .. [3] T. L. Saaty and L. G. Vargas, "The legitimacy of rank reversal", Omega 12(5), 1984.
    .. [4] V. Belton and T. Gear, "On a short-coming of Saaty's method of analytic hierarchies",
       Omega 11(3), 1983, :doi:`10.1016/0305-0483(83)90047-6`.

    Examples
    --------
    >>> tree = Hierarchy("goal", {"goal": ("cost", "reach")})
    >>> ratings = {"cost": [1, 3], "reach": [2, 2]}
    >>> synthesize(tree, {"goal": [1, 1]}, ratings)
    array([0.375, 0.625])
    >>> synthesize(tree, {"goal": [1, 1]}, ratings, mode="ideal")
    array([0.4, 0.6])
    """
    if mode not in _MODES:
        raise WeightsError(Finding("hierarchy.mode", {"name": mode, "names": ", ".join(_MODES)}))
    weights = leaf_weights(hierarchy, local)
    columns = _columns(hierarchy.leaves, ratings)
    shares = _MODES[mode](columns, np.ones(len(weights), dtype=bool))
    scores = weighted_sum(shares, weights.values)
    return np.asarray(scores / scores.sum())


def _columns(
    leaves: tuple[str, ...], ratings: Mapping[str, Sequence[float] | Floats] | Floats
) -> Floats:
    named = _named(leaves, ratings)
    names = ", ".join(leaves)
    faults = [
        *(
            Finding("hierarchy.rating_unknown", {"name": name, "leaves": names})
            for name in named
            if name not in leaves
        ),
        *(
            Finding("hierarchy.rating_missing", {"leaf": leaf})
            for leaf in leaves
            if leaf not in named
        ),
    ]
    columns = {leaf: _numbers(named[leaf]) for leaf in leaves if leaf in named}
    counts = Counter(len(column) for column in columns.values() if len(column))
    usual = max(counts, key=counts.__getitem__, default=0)
    for leaf, column in columns.items():
        faults += _column_faults(leaf, column, usual)
    if faults:
        raise WeightsError(capped(faults))
    return np.column_stack(list(columns.values()))


def _named(
    leaves: tuple[str, ...], ratings: Mapping[str, Sequence[float] | Floats] | Floats
) -> dict[str, Sequence[float] | Floats]:
    if isinstance(ratings, Mapping) or hasattr(ratings, "items"):
        return dict(ratings.items())
    try:
        table = np.ma.asarray(ratings)
    except ValueError:
        table = np.ma.empty(0)
    if table.ndim != 2 or table.shape[1] != len(leaves):
        raise WeightsError(Finding("hierarchy.rating_shape", {"n": len(leaves)}))
    return dict(zip(leaves, table.T, strict=True))


def _numbers(column: Sequence[float] | Floats) -> Floats:
    """Ratings of one leaf; none where they are not a row of numbers."""
    try:
        # What is masked is not known, so it must not count as the number behind the mask.
        numbers: Floats = np.ma.filled(np.ma.array(column, dtype=float), np.nan)
    except (TypeError, ValueError, OverflowError):
        return np.empty(0)
    return numbers if numbers.ndim == 1 else np.empty(0)


def _column_faults(leaf: str, column: Floats, usual: int) -> list[Finding]:
    if not len(column):
        return [Finding("hierarchy.rating_numbers", {"leaf": leaf})]
    wrong = np.flatnonzero(~(np.isfinite(column) & (column >= 0)))
    faults = [
        Finding("hierarchy.rating", {"leaf": leaf, "number": int(i) + 1}, value=short(column[i]))
        for i in wrong
    ]
    if len(column) != usual:
        details = {"leaf": leaf, "count": len(column), "usual": usual}
        faults.append(Finding("hierarchy.rating_count", details))
    if not column.any():
        faults.append(Finding("hierarchy.rating_zero", {"leaf": leaf}))
    return faults
