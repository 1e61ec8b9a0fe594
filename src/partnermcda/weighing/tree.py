"""The tree that judgements stand in, and whether they fit it."""

from collections.abc import Iterator, Mapping, Set

import numpy as np

from partnermcda.core.arrays import Bools, Floats
from partnermcda.errors import Finding
from partnermcda.hierarchy import Hierarchy
from partnermcda.hierarchy.priorities import Local
from partnermcda.judgements.model import Judgements
from partnermcda.weights import Weights


def fitted_tree(
    judgements: Judgements, hierarchy: Hierarchy | None, local: Mapping[str, Local]
) -> tuple[Hierarchy, list[Finding]]:
    """Take the tree, or read it off the judgements, and find all in them that does not fit it.

    Parameters
    ----------
    judgements : Judgements
    hierarchy : Hierarchy or None
        None to read it off the nodes of the judgements, and of `local` where it names items.
    local : mapping of str to mapping, Weights or (j,) array
        Priorities that are given rather than judged.

    Returns
    -------
    tuple of Hierarchy and list of Finding

    Raises
    ------
    WeightsError
        If nodes are no tree.
    """
    tree = hierarchy or Hierarchy.of({**_named(local), **judgements.items})
    judged = judged_nodes(judgements)
    faults = [
        *_unknown_nodes(judged, tree),
        *_unjudged_nodes(judged | set(local), tree),
        *(Finding("judged.given_too", {"node": node}) for node in judged if node in local),
        *_item_faults(judgements, tree),
    ]
    return tree, faults


def judged_nodes(judgements: Judgements) -> Set[str]:
    """Nodes in which somebody judged something.

    Parameters
    ----------
    judgements : Judgements

    Returns
    -------
    set of str
    """
    return {node for node, a in judgements.matrices.items() if answered(a).any()}


def answered(matrices: Floats) -> Bools:
    """Tell which judges answered at least one pair of a node.

    Parameters
    ----------
    matrices : (k, j, j) array

    Returns
    -------
    (k,) array of bool
    """
    return np.asarray(~np.isnan(matrices[:, *np.triu_indices(matrices.shape[-1], 1)]).all(axis=-1))


def _named(local: Mapping[str, Local]) -> dict[str, tuple[str, ...]]:
    """Nodes of `local` that name their items, and so are part of the tree by themselves."""
    return {
        node: values.names if isinstance(values, Weights) else tuple(values)
        for node, values in local.items()
        if isinstance(values, Weights | Mapping)
    }


def _unknown_nodes(judged: Set[str], tree: Hierarchy) -> Iterator[Finding]:
    for node in sorted(judged - tree.children.keys()):
        details = {"node": node, "nodes": ", ".join(tree.nodes)}
        yield Finding("judged.node_unknown", details)


def _unjudged_nodes(settled: Set[str], tree: Hierarchy) -> Iterator[Finding]:
    silent = [
        f"{node} ({', '.join(tree.children[node])})"
        for node in tree.nodes
        if node not in settled and len(tree.children[node]) > 1
    ]
    if silent:
        yield Finding("judged.not_judged", {"count": len(silent), "nodes": "; ".join(silent)})


def _item_faults(judgements: Judgements, tree: Hierarchy) -> Iterator[Finding]:
    for node, items in judgements.items.items():
        expected = tree.children.get(node, items)
        for item in items:
            if item not in expected:
                details = {"node": node, "item": item, "items": ", ".join(expected)}
                yield Finding("judged.item_unknown", details)
        for item in expected:
            if item not in items:
                yield Finding("judged.item_missing", {"node": node, "item": item})
