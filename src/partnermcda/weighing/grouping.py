"""Which judges think alike: groups of them, each with priorities of its own."""

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from partnermcda.core.ahp.groups import pool_priorities
from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.errors import Finding, WeightsError, short
from partnermcda.weighing.result import JudgedNode, JudgedWeights

# Tables are pandas's; groups do without it.
if TYPE_CHECKING:
    import pandas as pd

_MOST: Final = 8
"""Groups that are looked for: a meeting cannot hear more."""
_STRUCTURE: Final = 0.5
"""Mean silhouette from which a partition is taken to be more than chance."""


@dataclass(frozen=True, slots=True, eq=False)
class JudgeCluster:
    """Judges who think alike."""

    judges: tuple[str, ...]
    priorities: Floats
    """(j,) geometric mean of theirs, each judge counting as in the whole group; summing to 1."""


@dataclass(frozen=True, slots=True, eq=False)
class JudgeClusters:
    """Judges in groups, the largest first.

    Examples
    --------
    >>> from partnermcda.judgements import Judgements
    >>> from partnermcda.weighing import ahp_weights
    >>> said = {"a": 5, "b": 4, "c": 1 / 5}
    >>> pairs = [(judge, "goal", "cost", "reach", value) for judge, value in said.items()]
    >>> clusters = judge_clusters(ahp_weights(Judgements.from_pairs(pairs)), 2)
    >>> [cluster.judges for cluster in clusters.clusters]
    [('a', 'b'), ('c',)]
    """

    items: tuple[str, ...]
    """The j things that are weighed."""
    clusters: tuple[JudgeCluster, ...]
    silhouette: float
    """From -1 to 1, how clearly the groups are apart; NaN where there is only one."""
    unplaced: tuple[str, ...]
    """Judges who do not count, or whose answers do not give priorities to everything."""

    def to_frame(self) -> "pd.DataFrame":
        """Lay the groups out as a table.

        Returns
        -------
        DataFrame
            Columns ``cluster, judges, item, priority``: one row for each group and item, groups
            counted from 1.
        """
        import pandas as pd

        rows = [
            (number, ", ".join(cluster.judges), item, priority)
            for number, cluster in enumerate(self.clusters, start=1)
            for item, priority in zip(self.items, cluster.priorities.tolist(), strict=True)
        ]
        return pd.DataFrame(rows, columns=["cluster", "judges", "item", "priority"])


class _Views(NamedTuple):
    """What each judge alone would say, and how much each counts."""

    items: tuple[str, ...]
    judges: tuple[str, ...]
    priorities: Floats
    shares: Floats


def judge_clusters(judged: JudgedNode | JudgedWeights, count: int | None = None) -> JudgeClusters:
    r"""Group judges who think alike.

    Parameters
    ----------
    judged : JudgedNode or JudgedWeights
        Whose priorities are compared: those of one node's items, or the weights each judge alone
        would give the leaves.
    count : int, optional
        How many groups. Otherwise the number from 2 to 8 with the largest mean silhouette [3]_;
        a single group if that is below 0.5, or there are fewer than three judges.

    Returns
    -------
    JudgeClusters
        Fewer than `count` where judges say the same.

    Raises
    ------
    WeightsError
        If there are not as many judges whose priorities are known.

    Notes
    -----
    Priorities are ratios, so the distance of two judges is that of their log-ratios [1]_,

    .. math:: d(p, q)^2 = \sum_i \left(\ln \frac{p_i}{g(p)} - \ln \frac{q_i}{g(q)}\right)^2

    with g the geometric mean, and 0 only if they agree on every ratio. Groups are joined one after
    the other, the nearest first, by the mean distance of their members (average linkage [2]_).

    References
    ----------
    .. [1] J. Aitchison, "The Statistical Analysis of Compositional Data", Chapman and Hall, 1986,
       :doi:`10.1007/978-94-009-4109-0`.
    .. [2] R. R. Sokal and C. D. Michener, "A statistical method for evaluating systematic
       relationships", Univ. Kansas Sci. Bull. 38, 1958.
    .. [3] P. J. Rousseeuw, "Silhouettes: a graphical aid to the interpretation and validation of
       cluster analysis", J. Comput. Appl. Math. 20, 1987, :doi:`10.1016/0377-0427(87)90125-7`.

    Examples
    --------
    >>> from partnermcda.judgements.model import Judgements
    >>> from partnermcda.weighing.ahp import ahp_weights
    >>> said = {"a": 5, "b": 4, "c": "1/3", "d": "1/4"}
    >>> pairs = [(judge, "goal", "cost", "reach", value) for judge, value in said.items()]
    >>> found = judge_clusters(ahp_weights(Judgements.from_pairs(pairs)))
    >>> [(one.judges, one.priorities.round(2).tolist()) for one in found.clusters]
    [(('a', 'b'), [0.82, 0.18]), (('c', 'd'), [0.22, 0.78])]
    """
    views = _of_node(judged) if isinstance(judged, JudgedNode) else _of_leaves(judged)
    most = len(views.judges)
    if count is not None and not 1 <= count <= most:
        raise WeightsError(Finding("judged.clusters", {"judges": most}, value=short(count)))
    distances = _distances(views.priorities)
    labels = _labels(distances, count)
    clusters = [_cluster(views, labels == label) for label in dict.fromkeys(labels.tolist())]
    return JudgeClusters(
        items=views.items,
        clusters=tuple(sorted(clusters, key=lambda cluster: -len(cluster.judges))),
        silhouette=_silhouette(distances, labels),
        unplaced=tuple(judge for judge in judged.judges if judge not in views.judges),
    )


def _of_node(node: JudgedNode) -> _Views:
    placed = (node.judge_weights > 0) & ~np.isnan(node.judge_priorities).any(axis=1)
    return _Views(
        node.items,
        _chosen(node.judges, placed),
        node.judge_priorities[placed],
        node.judge_weights[placed],
    )


def _of_leaves(judged: JudgedWeights) -> _Views:
    """Weights that each judge alone would give the leaves which count at all."""
    leaves = tuple(leaf for leaf, weight in judged.weights.to_dict().items() if weight > 0)
    local = _local_of_each(judged)
    values = np.ones((len(judged.judges), len(leaves)))
    for place, leaf in enumerate(leaves):
        for node, item in pairwise(judged.hierarchy.path(leaf)):
            at = judged.hierarchy.children[node].index(item)
            values[:, place] *= local[node][:, at]
    placed = np.asarray(~np.isnan(values).any(axis=1))
    values = values[placed] / values[placed].sum(axis=1, keepdims=True)
    return _Views(leaves, _chosen(judged.judges, placed), values, judged.judge_weights[placed])


def _local_of_each(judged: JudgedWeights) -> dict[str, Floats]:
    """Priorities of each node by each of all judges; NaN where a judge does not count."""
    k = len(judged.judges)
    local = {node: np.tile(values, (k, 1)) for node, values in judged.local.items()}
    for node in judged.nodes:
        local[node.name][:] = np.nan
        places = [judged.judges.index(judge) for judge in node.judges]
        counts = node.judge_weights[:, None] > 0
        local[node.name][places] = np.where(counts, node.judge_priorities, np.nan)
    return local


def _chosen(judges: tuple[str, ...], placed: Bools) -> tuple[str, ...]:
    return tuple(judges[i] for i in np.flatnonzero(placed))


def _distances(priorities: Floats) -> Floats:
    logs = np.log(priorities)
    centered = logs - logs.mean(axis=1, keepdims=True)
    return np.asarray(np.linalg.norm(centered[:, None] - centered[None, :], axis=-1))


def _labels(distances: Floats, count: int | None) -> Ints:
    k = len(distances)
    if k < 2 or (count is None and k < 3):
        return np.ones(k, dtype=np.int64)
    from scipy.cluster.hierarchy import fcluster, linkage

    tree = linkage(distances[np.triu_indices(k, 1)], method="average")

    def cut(groups: int) -> Ints:
        return np.asarray(fcluster(tree, groups, criterion="maxclust"), dtype=np.int64)

    if count is not None:
        return cut(count)
    tried = [cut(groups) for groups in range(2, min(k - 1, _MOST) + 1)]
    best = max(tried, key=lambda labels: np.nan_to_num(_silhouette(distances, labels), nan=-1.0))
    return best if _silhouette(distances, best) >= _STRUCTURE else np.ones(k, dtype=np.int64)


def _silhouette(distances: Floats, labels: Ints) -> float:
    """Mean over judges of (b - a) / max(a, b): a within the own group, b to the nearest other.

    It is 0 for a judge alone, and where all are at the same place.
    """
    members = labels[:, None] == np.unique(labels)
    if members.shape[1] < 2:
        return float("nan")
    sums, sizes = distances @ members, members.sum(axis=0)
    own = np.where(members, sums / np.maximum(sizes - 1, 1), 0.0).sum(axis=1)
    other = np.where(members, np.inf, sums / sizes).min(axis=1)
    widest = np.maximum(own, other)
    alone = (members & (sizes == 1)).any(axis=1)
    counted = ~alone & (widest > 0)
    each = np.divide(other - own, widest, out=np.zeros(len(labels)), where=counted)
    return float(each.mean())


def _cluster(views: _Views, members: Bools) -> JudgeCluster:
    priorities = pool_priorities(views.priorities[members], views.shares[members])
    priorities.setflags(write=False)
    return JudgeCluster(_chosen(views.judges, members), priorities)
