"""From an orientation's pairwise judgements to the weights of the decision matrix."""

from typing import Final

import numpy as np

from partnermcda.catalog.parts import Orientation
from partnermcda.core.ahp import consistency_ratio, priorities, reciprocal_matrix
from partnermcda.hierarchy import Hierarchy, leaf_weights
from partnermcda.weights import Weights

_RANDOM_INDEX: Final = "alonso-lamata"


def orientation_weights(hierarchy: Hierarchy, orientation: Orientation) -> Weights:
    """Weigh the columns of the decision matrix for an orientation.

    Parameters
    ----------
    hierarchy : Hierarchy
        The catalog's tree.
    orientation : Orientation
        Its pairwise judgements.

    Returns
    -------
    Weights
        One weight per leaf, with the consistency ratio of each node used.
    """
    matrices = {
        node: reciprocal_matrix(np.array(orientation.judgements.get(node, ())), len(items))
        for node, items in hierarchy.children.items()
    }
    return leaf_weights(
        hierarchy,
        {node: priorities(a) for node, a in matrices.items()},
        consistency={
            node: float(consistency_ratio(a, _RANDOM_INDEX)) for node, a in matrices.items()
        },
        random_index=_RANDOM_INDEX,
        source=orientation.id,
    )
