"""What two actors cover together: how shares of a need add up, and what one adds to the other."""

import numpy as np

from partnermcda.capability.holdings import Holdings
from partnermcda.catalog import Catalog
from partnermcda.core.arrays import Bools, Floats


def shareable(holdings: Holdings, catalog: Catalog, need: Floats) -> Bools:
    """Tell which capabilities are needed and can be shared by two; a bridge takes three.

    Parameters
    ----------
    holdings : Holdings
        With K capabilities.
    catalog : Catalog
    need : (K,) array
        How much of each is needed.

    Returns
    -------
    (K,) array of bool
    """
    kinds = {capability.id: capability.cover for capability in catalog.capabilities}
    bridge = np.array([kinds[name] == "bridge" for name in holdings.capabilities], dtype=bool)
    return np.asarray((need > 0) & ~bridge)


def adding(catalog: Catalog, asked: Bools) -> Floats:
    """How far the shares of two add up, at the least, centrally and at most: 0 the better counts.

    Parameters
    ----------
    catalog : Catalog
        With K capabilities.
    asked : (K,) array of bool
        Those that are needed: k of them.

    Returns
    -------
    (3, k) array
    """
    cover = np.array([capability.cover for capability in catalog.capabilities], dtype=object)[asked]
    summed, joined = cover == "sum", cover == "union"
    # Of two shares of districts nothing says how far they are the same: not at all, or wholly.
    return np.array([summed, summed + 0.5 * joined, summed | joined], dtype=float)


def brought(give: Floats, take: Floats, adds: float) -> Floats:
    """Find what givers add to takers: their lead, or up to the need where shares add up.

    Parameters
    ----------
    give, take : arrays of one shape, or that broadcast to one
        Shares of a need.
    adds : float
        How far such shares add up, in [0, 1].

    Returns
    -------
    array of that shape
    """
    better: Floats = np.maximum(give - take, 0.0)
    if not adds:
        return better
    summed: Floats = np.minimum(give, 1 - take)
    return summed if adds == 1 else (1 - adds) * better + adds * summed
