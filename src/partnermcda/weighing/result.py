"""What judgements come to: weights, and all that a group of people needs to know of them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from partnermcda.core.ahp.consensus import stands_far
from partnermcda.core.arrays import Bools, Floats
from partnermcda.errors import Finding
from partnermcda.hierarchy import Hierarchy
from partnermcda.weights import Weights

# Tables are pandas's; weights do without it.
if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A judgement to look at again, with the value that would bring it into line.

    It is never applied: whoever judged decides. Suggestions on one matrix build on one another,
    so that `before` of the second is `after` of the first.
    """

    judge: str
    """Who judged; empty for the group."""
    node: str
    """Where."""
    a: str
    """What was compared …"""
    b: str
    """… with what."""
    value: float
    """How many times more `a` was said to count than `b`; not below 1."""
    suggested: float
    """How many times more it would, were it in line with the other judgements."""
    before: float
    """Consistency ratio as it is."""
    after: float
    """Consistency ratio with the suggested value."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A judge whose judgements in a node do not count, as they contradict one another too much."""

    judge: str
    node: str
    consistency_ratio: float


@dataclass(frozen=True, slots=True, eq=False)
class JudgedNode:
    """What the k judges who answered in a node said of its j items, and what the group says."""

    name: str
    items: tuple[str, ...]
    """What is compared."""
    priorities: Floats
    """(j,) the group's, summing to 1."""
    matrix: Floats
    """(j, j) geometric mean of the judgements that count; NaN where nobody was asked."""
    consistency_ratio: float
    """Of `matrix`, however the group was pooled."""
    judges: tuple[str, ...]
    """Who answered at least one pair here."""
    judge_weights: Floats
    """(k,) share of each in the group, summing to 1; 0 for whoever is left out."""
    judge_priorities: Floats
    """(k, j) of each alone; NaN where the answers do not link all items."""
    judge_consistency: Floats
    """(k,) consistency ratio of each; NaN where the answers do not link all items."""
    consensus: float
    """At most 1: all agree; about 0: no two agree on anything."""
    distances: Floats
    """(k,) factor, from 1 on, by which the ratios of each typically differ from the group's; NaN
    where the answers do not link all items."""
    suggestions: tuple[Suggestion, ...]
    """Judgements to look at again: the group's, then those of judges, the worst judge first."""

    def __post_init__(self) -> None:
        _freeze(self)

    @property
    def stands_far(self) -> Bools:
        """(k,) who is much farther from the group than judges of this group are."""
        known = ~np.isnan(self.distances)
        far = np.zeros(len(known), dtype=bool)
        far[known] = stands_far(self.distances[known])
        return far


@dataclass(frozen=True, slots=True, eq=False)
class JudgedWeights:
    """Weights from pairwise judgements, with what is to be known before they are used.

    Examples
    --------
    >>> from partnermcda.judgements.model import Judgements
    >>> from partnermcda.weighing.ahp import ahp_weights
    >>> said = {("cost", "reach"): 3, ("cost", "speed"): 5, ("reach", "speed"): 2}
    >>> judged = ahp_weights(Judgements.from_pairs(said))
    >>> judged.weights.values.round(3)
    array([0.648, 0.23 , 0.122])
    >>> round(judged.consistency_ratio["goal"], 4), judged.random_index
    (0.0035, 'alonso-lamata')
    >>> judged.worst_judgement is None
    True
    """

    weights: Weights
    """Of the leaves, left to right."""
    nodes: tuple[JudgedNode, ...]
    """Every node that was judged."""
    hierarchy: Hierarchy
    local: Mapping[str, Floats]
    """Priorities of each node's items, also where they were given rather than judged."""
    judges: tuple[str, ...]
    judge_weights: Floats
    """(k,) share of each judge in the group, summing to 1."""
    left_out: tuple[LeftOut, ...]
    """Whose judgements do not count in a node, as they contradict one another too much."""
    random_index: str
    """Table behind the consistency ratios; with `incomplete` or `simulated` where it was."""
    method: str
    missing: str
    pooling: str
    notes: tuple[Finding, ...] = ()
    """What was left out, given, or taken in another way than one might expect."""

    def __post_init__(self) -> None:
        _freeze(self)

    @property
    def consistency_ratio(self) -> Mapping[str, float]:
        """Consistency ratio of the group in every node."""
        return self.weights.consistency

    @property
    def worst_judgement(self) -> Suggestion | None:
        """What to look at again first, in the node whose judgements contradict most.

        None where no judgements, of the group or of a judge, contradict one another too much.
        """
        worst = sorted(self.nodes, key=lambda node: -node.consistency_ratio)
        return next((node.suggestions[0] for node in worst if node.suggestions), None)

    def node(self, name: str) -> JudgedNode:
        """Find a judged node by its name; a KeyError if there is none."""
        return {node.name: node for node in self.nodes}[name]

    def to_frame(self) -> "pd.DataFrame":
        """Lay the weights out as a table, leaf by leaf.

        Returns
        -------
        DataFrame
            Columns ``criterion, weight, node, local_priority, consistency_ratio, consensus``; the
            last two are those of the node the criterion was judged in, NaN where it was not.
        """
        import pandas as pd

        judged = {node.name: node for node in self.nodes}
        rows = []
        for leaf, weight in self.weights.to_dict().items():
            node = self.hierarchy.path(leaf)[-2]
            place = self.hierarchy.children[node].index(leaf)
            ratio = self.consistency_ratio.get(node, np.nan)
            consensus = judged[node].consensus if node in judged else np.nan
            rows.append((leaf, weight, node, self.local[node][place], ratio, consensus))
        columns = ("criterion", "weight", "node", "local_priority", "consistency_ratio")
        return pd.DataFrame(rows, columns=[*columns, "consensus"])

    def nodes_frame(self) -> "pd.DataFrame":
        """Lay out who judged what, and how: one row for each node and judge who answered there.

        Returns
        -------
        DataFrame
            Columns ``node, judge, weight, consistency_ratio, distance, stands_far, left_out``.
        """
        import pandas as pd

        out = {(one.node, one.judge) for one in self.left_out}
        rows = [
            (node.name, judge, *numbers, (node.name, judge) in out)
            for node in self.nodes
            for judge, *numbers in zip(
                node.judges,
                node.judge_weights.tolist(),
                node.judge_consistency.tolist(),
                node.distances.tolist(),
                node.stands_far.tolist(),
                strict=True,
            )
        ]
        columns = ("node", "judge", "weight", "consistency_ratio", "distance", "stands_far")
        return pd.DataFrame(rows, columns=[*columns, "left_out"])


def _freeze(made: JudgedNode | JudgedWeights) -> None:
    for field in fields(made):
        value = getattr(made, field.name)
        if isinstance(value, np.ndarray):
            own = value.copy()
            own.setflags(write=False)
            object.__setattr__(made, field.name, own)
