"""From an orientation's pairwise judgements to the weights of the decision matrix."""

from typing import TYPE_CHECKING

import numpy as np

from partnermcda.catalog.check_numbers import NODE
from partnermcda.core.ahp import consistency_ratio, priorities, reciprocal_matrix
from partnermcda.weights import Weights

if TYPE_CHECKING:
    from partnermcda.catalog.model import Catalog

_RANDOM_INDEX = "alonso-lamata"


def orientation_weights(catalog: "Catalog", name: str) -> Weights:
    """Weigh the columns of the decision matrix for an orientation.

    Parameters
    ----------
    catalog : Catalog
    name : str
        Id of an orientation.

    Returns
    -------
    Weights
        One weight per entry of the catalog, with the consistency ratio of each node used.

    Raises
    ------
    WeightsError
        If there is no such orientation.
    """
    orientation = catalog.orientation(name)
    nodes = {NODE: len(catalog.pillars)} | {
        pillar.id: len(pillar.criteria) for pillar in catalog.pillars if not pillar.combine
    }
    matrices = {
        node: reciprocal_matrix(np.array(orientation.judgements.get(node, ())), size)
        for node, size in nodes.items()
    }
    of_pillars = priorities(matrices[NODE])
    values = [
        share * (priorities(matrices[pillar.id]) if pillar.id in matrices else np.ones(1))
        for pillar, share in zip(catalog.pillars, of_pillars, strict=True)
    ]
    return Weights(
        catalog.entries,
        np.concatenate(values),
        {node: float(consistency_ratio(a, _RANDOM_INDEX)) for node, a in matrices.items()},
        _RANDOM_INDEX,
        name,
    )
