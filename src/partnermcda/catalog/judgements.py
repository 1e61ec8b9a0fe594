"""From an orientation's pairwise judgements to the weights of the decision matrix."""

from collections.abc import Sequence

import numpy as np

from partnermcda.catalog.check_numbers import NODE
from partnermcda.catalog.parts import Orientation, Pillar
from partnermcda.core.ahp import consistency_ratio, priorities, reciprocal_matrix
from partnermcda.weights import Weights

_RANDOM_INDEX = "alonso-lamata"


def orientation_weights(pillars: Sequence[Pillar], orientation: Orientation) -> Weights:
    """Weigh the columns of the decision matrix for an orientation.

    Parameters
    ----------
    pillars : sequence of Pillar
        The criteria tree.
    orientation : Orientation
        Its pairwise judgements.

    Returns
    -------
    Weights
        One weight per entry of the pillars, with the consistency ratio of each node used.
    """
    nodes = {NODE: len(pillars)} | {
        pillar.id: len(pillar.criteria) for pillar in pillars if not pillar.combine
    }
    matrices = {
        node: reciprocal_matrix(np.array(orientation.judgements.get(node, ())), size)
        for node, size in nodes.items()
    }
    of_pillars = priorities(matrices[NODE])
    values = [
        share * (priorities(matrices[pillar.id]) if pillar.id in matrices else np.ones(1))
        for pillar, share in zip(pillars, of_pillars, strict=True)
    ]
    return Weights(
        tuple(entry for pillar in pillars for entry in pillar.entries),
        np.concatenate(values),
        {node: float(consistency_ratio(a, _RANDOM_INDEX)) for node, a in matrices.items()},
        _RANDOM_INDEX,
        orientation.id,
    )
