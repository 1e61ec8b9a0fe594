"""From the judgements of one judge or many to weights."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import get_args

import numpy as np

from partnermcda.core.ahp.consistency import ACCEPTABLE
from partnermcda.core.ahp.missing import Completion
from partnermcda.core.ahp.priorities import Prioritization
from partnermcda.core.ahp.random_index import ALWAYS_CONSISTENT, RANDOM_INDEX, Beyond
from partnermcda.core.arguments import one_of
from partnermcda.core.arrays import Floats
from partnermcda.errors import Finding, JudgementsError, WeightsError, capped, short
from partnermcda.hierarchy import Hierarchy, leaf_weights
from partnermcda.hierarchy.priorities import Local
from partnermcda.judgements.model import Judgements
from partnermcda.weighing.nodes import Panel, Pooling, Rules, Weighed, weigh_node
from partnermcda.weighing.result import JudgedWeights
from partnermcda.weighing.tree import answered, fitted_tree, judged_nodes
from partnermcda.weights import Weights, as_weights


def ahp_weights(
    judgements: Judgements,
    *,
    hierarchy: Hierarchy | None = None,
    method: Prioritization = "eigenvector",
    missing: Completion = "least_squares",
    pooling: Pooling = "aij",
    judge_weights: Mapping[str, float] | None = None,
    max_consistency_ratio: float | None = None,
    random_index: str | float = "alonso-lamata",
    beyond: Beyond = "refuse",
    local: Mapping[str, Local] | None = None,
    limit: float = ACCEPTABLE,
) -> JudgedWeights:
    r"""Weigh criteria by pairwise judgements (AHP), of one judge or of a group.

    Parameters
    ----------
    judgements : Judgements
        Of k judges in any number of nodes.
    hierarchy : Hierarchy, optional
        Tree of the nodes. Otherwise an item that is itself a node stands above that node's items.
    method : {"eigenvector", "geometric_mean", "column_mean"}
        From a matrix to priorities, see :func:`partnermcda.core.priorities`.
    missing : {"least_squares", "harker", "optimal"}
        What stands for a pair that was not asked, see :func:`partnermcda.core.complete`.
    pooling : {"aij", "aip_geometric", "aip_arithmetic"}
        From judges to the group: the geometric mean of their judgements (aggregation of individual
        judgements), for a group that decides as one; or the geometric or arithmetic mean of their
        priorities (aggregation of individual priorities), for judges who stay their own [1]_.
    judge_weights : mapping of str to float, optional
        How much each judge counts, 0 for not at all; otherwise all count alike.
    max_consistency_ratio : float, optional
        A judge whose consistency ratio in a node is larger does not count in that node.
    random_index, beyond
        Table, and what to do beyond it, see :func:`partnermcda.core.consistency_ratio`.
    local : mapping of str to mapping, Weights or (j,) array, optional
        Priorities of nodes that are given rather than judged, by item or in their order.
    limit : float
        Consistency ratio above which a note says so and judgements to look at again are suggested.

    Returns
    -------
    JudgedWeights
        With the consistency ratio of the group in every node: that of the pooled judgements,
        whichever way priorities are pooled; 0 for one or two items.

    Raises
    ------
    JudgementsError
        With every fault: a node nobody judged, nodes, items or judges that do not fit, answers that
        do not link all items of a node (under `aij` those of the group, otherwise those of each
        judge), or a node in which nobody counts.
    WeightsError
        If nodes are no tree, or priorities in `local` cannot be used.

    Notes
    -----
    The weight of a leaf is the product of the priorities on its way from the root. With
    :math:`a^k` the judgements and :math:`p^k` the priorities of judge k, who counts
    :math:`\omega_k`, the group's are

    .. math:: a_{il} = \prod_k (a^k_{il})^{\omega_k}, \qquad
              p_i \propto \prod_k (p^k_i)^{\omega_k} \quad\text{or}\quad
              p_i = \sum_k \omega_k p^k_i,

    the :math:`\omega` of those who answered summing to 1.

    References
    ----------
    .. [1] E. Forman and K. Peniwati, "Aggregating individual judgments and priorities with the
       analytic hierarchy process", Eur. J. Oper. Res. 108(1), 1998,
       :doi:`10.1016/S0377-2217(97)00244-0`.

    Examples
    --------
    >>> said = {("cost", "reach"): 3, ("cost", "speed"): 5, ("reach", "speed"): 2}
    >>> ahp_weights(Judgements.from_pairs(said)).weights.to_dict()  # doctest: +ELLIPSIS
    {'cost': 0.648..., 'reach': 0.229..., 'speed': 0.122...}
    """
    one_of("judged.pooling", pooling, get_args(Pooling))
    rules = Rules(method, missing, pooling, max_consistency_ratio, random_index, beyond, limit)
    given, names = local or {}, judgements.judges
    counts = dict.fromkeys(names, 1.0) if judge_weights is None else judge_weights
    tree, unfit = fitted_tree(judgements, hierarchy, given)
    faults = [*_rule_faults(rules), *_judge_faults(names, counts), *unfit]
    _refuse(faults, judgements.file)
    shares = Weights(names, np.array([counts[name] for name in names])).values
    weighed = _weighed(judgements, tree, shares, rules)
    return JudgedWeights(
        weights=_leaves(judgements, tree, weighed, given, rules),
        nodes=tuple(one.node for one in weighed),
        hierarchy=tree,
        local=_local(tree, weighed, given),
        judges=names,
        judge_weights=shares,
        left_out=tuple(judge for one in weighed for judge in one.left_out),
        random_index=_index_used(weighed, rules),
        method=method,
        missing=missing,
        pooling=pooling,
        notes=(*judgements.notes, *_notes(judgements, weighed)),
    )


def _rule_faults(rules: Rules) -> Iterator[Finding]:
    for name, ratio in (("max_consistency_ratio", rules.most), ("limit", rules.limit)):
        if ratio is not None and not ratio >= 0:
            yield Finding("judged.ratio", {"name": name}, value=short(ratio))


def _judge_faults(judges: tuple[str, ...], counts: Mapping[str, float]) -> Iterator[Finding]:
    for name in counts:
        if name not in judges:
            yield Finding("judged.judge_unknown", {"judge": name, "judges": ", ".join(judges)})
    for name in judges:
        if name not in counts:
            yield Finding("judged.judge_missing", {"judge": name})
        elif not 0 <= counts[name] < math.inf:
            yield Finding("judged.judge_weight", {"judge": name}, value=short(counts[name]))
    if not any(counts.values()):
        yield Finding("judged.judges_zero")


def _refuse(faults: Iterable[Finding], file: str) -> None:
    found = capped(finding.at(file) for finding in faults)
    if found:
        raise JudgementsError(found)


def _weighed(
    judgements: Judgements, tree: Hierarchy, shares: Floats, rules: Rules
) -> list[Weighed]:
    weighed: list[Weighed] = []
    faults: list[Finding] = []
    judged = judged_nodes(judgements)
    for node in tree.nodes:
        if node not in judged:
            continue
        try:
            weighed.append(weigh_node(_panel(judgements, tree, node, shares), rules))
        except JudgementsError as error:
            faults += error.findings
        except WeightsError as error:
            faults += [replace(finding, path=node) for finding in error.findings]
    _refuse(faults, judgements.file)
    return weighed


def _panel(judgements: Judgements, tree: Hierarchy, node: str, shares: Floats) -> Panel:
    """Take those who answered in a node, with items in the order of the tree."""
    here, items = judgements.items[node], tree.children[node]
    order = np.array([here.index(item) for item in items])
    who = np.flatnonzero(answered(judgements.matrices[node]))
    return Panel(
        node=node,
        items=items,
        judges=tuple(judgements.judges[i] for i in who),
        matrices=judgements.matrices[node][np.ix_(who, order, order)],
        shares=shares[who],
    )


def _leaves(
    judgements: Judgements,
    tree: Hierarchy,
    weighed: list[Weighed],
    given: Mapping[str, Local],
    rules: Rules,
) -> Weights:
    priorities = {one.node.name: one.node.priorities for one in weighed}
    return leaf_weights(
        tree,
        {**given, **priorities},
        consistency={one.node.name: one.node.consistency_ratio for one in weighed},
        random_index=_index_used(weighed, rules),
        source=judgements.file,
    )


def _local(
    tree: Hierarchy, weighed: list[Weighed], given: Mapping[str, Local]
) -> dict[str, Floats]:
    judged = {one.node.name: one.node.priorities for one in weighed}
    local = {**given, **judged}
    return {n: as_weights(local.get(n, (1.0,)), tree.children[n]).values for n in tree.nodes}


def _index_used(weighed: list[Weighed], rules: Rules) -> str:
    """Name the table of random indices, and say how it was gone beyond."""
    table = rules.random_index
    incomplete = ["incomplete"] * any(one.incomplete for one in weighed)
    if not isinstance(table, str):
        return ", ".join([f"{table:g}", *incomplete])
    largest = len(RANDOM_INDEX[table]) + ALWAYS_CONSISTENT
    simulated = ["simulated"] * any(len(one.node.items) > largest for one in weighed)
    return ", ".join([table, *incomplete, *simulated])


def _notes(judgements: Judgements, weighed: list[Weighed]) -> Iterator[Finding]:
    for one in weighed:
        silent = [judge for judge in judgements.judges if judge not in one.node.judges]
        if silent:
            details = {"node": one.node.name, "count": len(silent), "judges": ", ".join(silent)}
            yield Finding("judged.silent", details)
        yield from one.notes
