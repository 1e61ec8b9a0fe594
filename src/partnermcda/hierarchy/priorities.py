"""From what counts how much within each node to what counts how much in all."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from partnermcda.core.arrays import Floats
from partnermcda.errors import Finding, WeightsError
from partnermcda.hierarchy.tree import Hierarchy
from partnermcda.weights import Weights, as_weights

Local: TypeAlias = Weights | Mapping[str, float] | Sequence[float] | Floats
"""How much each item of one node counts: by name, or in the order of the items."""


def global_priorities(hierarchy: Hierarchy, local: Mapping[str, Local]) -> dict[str, float]:
    r"""Share of every node and leaf in the goal.

    Parameters
    ----------
    hierarchy : Hierarchy
    local : mapping of str to (j,) array, Weights or mapping
        For every node the priorities of its j items, in their order or by name: from pairwise
        judgements, or direct ratings, that is any numbers that are not negative. Each node's are
        divided by their sum. A node with a single item needs none.

    Returns
    -------
    dict of str to float
        Global priorities, each node before its items; 1 for the root.

    Raises
    ------
    WeightsError
        If a node has no priorities or is not there, or priorities are not one for each item,
        negative, not finite or all zero: with every fault, and the node it is in.

    Notes
    -----
    The global priority of an item is the product of the local ones on its way from the root,
    :math:`g_i = g_{\mathrm{parent}(i)} \, p_i` with :math:`\sum p = 1` in every node [1]_, so the
    items of a node share its priority, and the leaves share 1.

    References
    ----------
    .. [1] T. L. Saaty, "A scaling method for priorities in hierarchical structures", J. Math.
       Psychol. 15(3), 1977, :doi:`10.1016/0022-2496(77)90033-5`.

    Examples
    --------
    >>> tree = Hierarchy("goal", {"goal": ("cost", "service"), "service": ("reach", "trust")})
    >>> global_priorities(tree, {"goal": [1, 3], "service": {"reach": 2, "trust": 1}})
    {'goal': 1.0, 'cost': 0.25, 'service': 0.75, 'reach': 0.5, 'trust': 0.25}
    """
    shares = _shares(hierarchy, local)
    found = {hierarchy.root: 1.0}
    for node in hierarchy.nodes:
        found |= {item: found[node] * share for item, share in shares[node].items()}
    return found


def leaf_weights(
    hierarchy: Hierarchy,
    local: Mapping[str, Local],
    *,
    consistency: Mapping[str, float] | None = None,
    random_index: str = "",
    source: str = "",
) -> Weights:
    """Weigh the leaves of a hierarchy.

    Parameters
    ----------
    hierarchy, local
        As for :func:`global_priorities`.
    consistency : mapping of str to float, optional
        Consistency ratios of the nodes, where the priorities come from judgements.
    random_index : str, optional
        Table of random indices behind `consistency`.
    source : str, optional
        Where the priorities come from.

    Returns
    -------
    Weights
        Global priorities of the leaves, from left to right.

    Raises
    ------
    WeightsError
        As for :func:`global_priorities`.

    Examples
    --------
    >>> tree = Hierarchy("goal", {"goal": ("cost", "service"), "service": ("reach", "trust")})
    >>> leaf_weights(tree, {"goal": [1, 3], "service": [2, 1]}).to_dict()
    {'cost': 0.25, 'reach': 0.5, 'trust': 0.25}
    """
    found = global_priorities(hierarchy, local)
    values = np.array([found[leaf] for leaf in hierarchy.leaves])
    return Weights(hierarchy.leaves, values, consistency or {}, random_index, source)


def _shares(hierarchy: Hierarchy, local: Mapping[str, Local]) -> dict[str, dict[str, float]]:
    nodes = ", ".join(hierarchy.nodes)
    faults = [
        Finding("hierarchy.local_unknown", {"name": name, "nodes": nodes})
        for name in local
        if name not in hierarchy.children
    ]
    shares = {}
    for node in hierarchy.nodes:
        items = hierarchy.children[node]
        if node not in local and len(items) > 1:
            faults.append(Finding("hierarchy.local_missing", {"node": node, "count": len(items)}))
            continue
        try:
            shares[node] = as_weights(local.get(node, (1.0,)), items).to_dict()
        except WeightsError as error:
            faults += [replace(finding, path=node) for finding in error.findings]
    if faults:
        raise WeightsError(faults)
    return shares
