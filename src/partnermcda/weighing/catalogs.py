"""Judgements on a catalog: its names in either language, and weights for its columns."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from partnermcda.catalog import Catalog
from partnermcda.catalog.words import Vocabulary, spellings
from partnermcda.core.ahp.consistency import ACCEPTABLE, consistency_ratio
from partnermcda.core.ahp.matrices import reciprocal_matrix
from partnermcda.core.ahp.missing import Completion
from partnermcda.core.ahp.priorities import Prioritization, priorities
from partnermcda.core.ahp.random_index import Beyond
from partnermcda.core.arrays import Floats
from partnermcda.errors import Finding
from partnermcda.judgements.model import Judgements
from partnermcda.weighing.ahp import ahp_weights
from partnermcda.weighing.nodes import Pooling
from partnermcda.weighing.result import JudgedWeights
from partnermcda.weighing.tree import judged_nodes

_ROOT_WORDS: Final = ("pillars", "piliers", "goal", "objectif", "but")


@dataclass(frozen=True, slots=True)
class CatalogNames:
    """What judges may call the nodes of a catalog and what they compare, in either language.

    Examples
    --------
    >>> from partnermcda.catalog import load_catalog
    >>> names = catalog_names(load_catalog("urban-services"))
    >>> names.node("Objectif"), names.item("pillars", "Équité")
    ('pillars', 'equity_alignment')
    """

    nodes: Vocabulary
    """Words for the root and the pillars, also those combined in order."""
    items: Mapping[str, Vocabulary]
    """Node to words for what it compares."""

    def node(self, label: str) -> str | None:
        """Find the id of the node so called; None if there is none."""
        return self.nodes.meaning(label)

    def item(self, node: str, label: str) -> str | None:
        """Find the id of what a node compares and is so called; None if there is none."""
        return self.items[node].meaning(label) if node in self.items else None

    def node_of(self, a: str, b: str) -> str | None:
        """Find the only node that compares two things so called; None if there is none."""
        found = [node for node in self.items if self.item(node, a) and self.item(node, b)]
        return found[0] if len(found) == 1 else None

    def nearest_node(self, label: str) -> str:
        """Find the name of a node nearest to one that is not known."""
        return self.nodes.nearest(label)

    def nearest_item(self, node: str | None, label: str) -> str:
        """Find what a node compares and is called most like this; of all nodes where it is None."""
        here = self.items.get(node or "")
        words = (here,) if here else self.items.values()
        return Vocabulary.of((word, (word,)) for one in words for word in one.spoken).nearest(label)


def catalog_names(catalog: Catalog) -> CatalogNames:
    """Collect the names of a catalog's nodes and criteria: ids, and labels in both languages.

    Parameters
    ----------
    catalog : Catalog

    Returns
    -------
    CatalogNames
        Its root goes by ``pillars``, ``piliers``, ``goal``, ``objectif`` and ``but``.

    Examples
    --------
    >>> from partnermcda.catalog import load_catalog
    >>> names = catalog_names(load_catalog("urban-services"))
    >>> names.node("Objectif"), names.item("resources", "Présence de terrain")
    ('pillars', 'res_field_reach')
    """
    root = catalog.hierarchy.root
    pillars = [(pillar.id, spellings(pillar.id, pillar.label)) for pillar in catalog.pillars]
    criteria = {
        pillar.id: Vocabulary.of((c.id, spellings(c.id, c.label)) for c in pillar.criteria)
        for pillar in catalog.pillars
    }
    return CatalogNames(
        Vocabulary.of([(root, (root, *_ROOT_WORDS)), *pillars]),
        {root: Vocabulary.of(pillars), **criteria},
    )


def catalog_weights(
    judgements: Judgements,
    catalog: Catalog,
    *,
    orientation: str | None = None,
    method: Prioritization = "eigenvector",
    missing: Completion = "least_squares",
    pooling: Pooling = "aij",
    judge_weights: Mapping[str, float] | None = None,
    max_consistency_ratio: float | None = None,
    random_index: str | float = "alonso-lamata",
    beyond: Beyond = "refuse",
    limit: float = ACCEPTABLE,
) -> JudgedWeights:
    """Weigh the columns of a catalog's decision matrix by judgements.

    Parameters
    ----------
    judgements : Judgements
        On the pillars, in the node ``pillars`` or ``goal``, and on the criteria of each pillar;
        under ids, or labels in either language. Those on criteria that the catalog combines in
        order are not used, which a note tells.
    catalog : Catalog
    orientation : str, optional
        Whose judgements stand for nodes that nobody judged, which a note tells.
    method, missing, pooling, judge_weights, max_consistency_ratio, random_index, beyond, limit
        As for :func:`ahp_weights`.

    Returns
    -------
    JudgedWeights
        Its leaves are the catalog's entries, in their order.

    Raises
    ------
    JudgementsError
        As for :func:`ahp_weights`.
    WeightsError
        If there is no such orientation.

    Examples
    --------
    >>> from partnermcda.catalog import load_catalog
    >>> catalog = load_catalog("urban-services")
    >>> said = Judgements.from_pairs({
    ...     ("Resources", "Motivations"): 2, ("Resources", "Digital readiness"): 1,
    ...     ("Resources", "Équité"): "1/2"})
    >>> judged = catalog_weights(said, catalog, orientation="balanced")
    >>> round(judged.weights.to_dict()["motivations"], 3)
    0.111
    >>> judged.weights.names == catalog.entries
    True
    """
    used = _usable(judgements, catalog)
    lent = _lent(used, catalog, orientation) if orientation is not None else {}
    judged = ahp_weights(
        used,
        hierarchy=catalog.hierarchy,
        method=method,
        missing=missing,
        pooling=pooling,
        judge_weights=judge_weights,
        max_consistency_ratio=max_consistency_ratio,
        random_index=random_index,
        beyond=beyond,
        local={node: priorities(a, method) for node, a in lent.items()},
        limit=limit,
    )
    ratios = {
        node: float(consistency_ratio(a, random_index, beyond=beyond)) for node, a in lent.items()
    }
    weights = replace(judged.weights, consistency={**judged.consistency_ratio, **ratios})
    told = [
        Finding("judged.from_orientation", {"node": node, "orientation": orientation})
        for node in lent
    ]
    return replace(judged, weights=weights, notes=(*judged.notes, *told))


def _usable(judgements: Judgements, catalog: Catalog) -> Judgements:
    """Bring judgements under the catalog's ids, and drop those on criteria combined in order."""
    names = catalog_names(catalog)
    ids = {node: names.node(node) or node for node in judgements.items}
    combined = {pillar.id for pillar in catalog.pillars if pillar.combine}
    kept = {node: new for node, new in ids.items() if new not in combined}
    unused = [node for node in ids if node not in kept]
    if not kept or len(set(kept.values())) < len(kept):
        return judgements
    matrices, low, high = (
        {new: arrays[node] for node, new in kept.items()}
        for arrays in (judgements.matrices, judgements.low, judgements.high)
    )
    return replace(
        judgements,
        items={new: _item_ids(names, new, judgements.items[node]) for node, new in kept.items()},
        matrices=matrices,
        low=low,
        high=high,
        notes=(*judgements.notes, *_unused(judgements, unused)),
    )


def _item_ids(names: CatalogNames, node: str, items: Iterable[str]) -> tuple[str, ...]:
    return tuple(names.item(node, item) or item for item in items)


def _unused(judgements: Judgements, nodes: Iterable[str]) -> Iterator[Finding]:
    for node in nodes:
        asked = ~np.isnan(judgements.matrices[node])
        count = int(np.triu(asked, 1).sum())
        if count:
            yield Finding("judged.combined", {"node": node, "count": count})


def _lent(judgements: Judgements, catalog: Catalog, orientation: str) -> dict[str, Floats]:
    """Matrices of an orientation for the nodes that nobody judged."""
    upper = catalog.orientation(orientation).judgements
    judged = judged_nodes(judgements)
    return {
        node: reciprocal_matrix(np.array(upper[node]), len(items))
        for node, items in catalog.hierarchy.children.items()
        if node not in judged and len(items) > 1
    }
