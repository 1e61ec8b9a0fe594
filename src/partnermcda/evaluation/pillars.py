"""Values of pillars, from those of their criteria."""

import numpy as np

from partnermcda import core
from partnermcda.catalog import Catalog, Pillar
from partnermcda.core.arrays import Floats
from partnermcda.evaluation.measuring import CriterionValues
from partnermcda.weights import Weights


def pillar_values(
    values: CriterionValues, catalog: Catalog, pillar: Pillar, weights: Weights
) -> tuple[Floats, Floats, Floats]:
    """Find what a pillar is worth of m actors.

    Parameters
    ----------
    values : CriterionValues
        Of the catalog's criteria.
    catalog : Catalog
    pillar : Pillar
        One of its pillars.
    weights : Weights
        Of the catalog's entries.

    Returns
    -------
    low, mid, high : (m,) arrays
        In [0, 1]: the values of its criteria by their weights within the pillar; or in order,
        strongest first, where the pillar is combined so.
    """
    places = {criterion.id: j for j, criterion in enumerate(catalog.criteria)}
    columns = [places[criterion.id] for criterion in pillar.criteria]
    sides = (side[:, columns] for side in (values.low, values.mid, values.high))
    if pillar.combine is not None:
        ordered = np.array(pillar.combine.ordered)
        low, mid, high = (core.ordered_sum(side, ordered) for side in sides)
    else:
        shares = pillar_shares(pillar, weights)
        low, mid, high = (core.weighted_sum(side, shares) for side in sides)
    # Weights that sum to 1 may round beyond it.
    return np.clip(low, 0, 1), np.clip(mid, 0, 1), np.clip(high, 0, 1)


def pillar_shares(pillar: Pillar, weights: Weights) -> Floats:
    """Weigh the criteria of a pillar among themselves: alike where none has any weight.

    Parameters
    ----------
    pillar : Pillar
        Not combined in order.
    weights : Weights
        Of the catalog's entries.

    Returns
    -------
    (p,) array
        Summing to 1.
    """
    given = weights.to_dict()
    own = np.array([given[criterion.id] for criterion in pillar.criteria])
    return own / own.sum() if own.any() else np.full(len(own), 1 / len(own))
