"""Where to begin: of the districts an actor works in, the one where the need is greatest."""

import numpy as np

from partnermcda.capability.listed import entries
from partnermcda.catalog import Place
from partnermcda.core.arrays import Bools, Floats, Ints, Texts
from partnermcda.engagement.inputs import Inputs


def propose(inputs: Inputs, place: Place, wanted: Bools) -> Texts:
    """Propose a district to actors who list some.

    Parameters
    ----------
    inputs : Inputs
        Of m actors, city by city.
    place : Place
        The list, and the criterion that says how great the need is.
    wanted : (m,) array of bool
        Who gets a proposal.

    Returns
    -------
    (m,) array of str
        Empty where no district is known.

    Notes
    -----
    The need of a district is the mean value of the criterion among the actors of the city that
    list it and of whom it is known; where it is known of none, 0.5. Of equals comes first the
    district that fewest list, then the first by name.
    """
    lists = entries(inputs.frame[place.attribute])
    pairs = [(row, name) for row, found in enumerate(lists) for name in found or ()]
    proposed = np.full(len(inputs), "", dtype=object)
    if not pairs:
        return proposed
    rows = np.array([row for row, _ in pairs])
    names, which = np.unique(np.array([name for _, name in pairs], str), return_inverse=True)
    need, crowd = _needs(inputs, place, rows, which)
    order = np.lexsort((which, crowd, -need, rows))
    first = order[np.diff(rows[order], prepend=-1) > 0]
    first = first[wanted[rows[first]]]
    proposed[rows[first]] = names[which[first]].astype(object)
    return proposed


def _needs(inputs: Inputs, place: Place, rows: Ints, which: Ints) -> tuple[Floats, Ints]:
    """Need of the district of each pair of actor and district, and how many list it."""
    city = np.searchsorted(inputs.starts, rows, side="right")
    district = np.unique(city * (which.max() + 1) + which, return_inverse=True)[1]
    j = inputs.criterion(place.need)
    known = inputs.values.evidence[rows, j] > 0
    told = np.bincount(district, known)
    total = np.bincount(district, np.where(known, inputs.values.mid[rows, j], 0.0))
    # Rounded, so that the order of rows, in which sums are made, cannot decide among equals.
    need = np.round(np.divide(total, told, out=np.full(len(told), 0.5), where=told > 0), 9)
    return need[district], np.bincount(district)[district]
