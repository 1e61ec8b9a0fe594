"""States of the world: unknown amounts drawn at random."""

import numpy as np

from partnermcda.alliances.case import Case
from partnermcda.core.arrays import Floats

_YES_OR_NO = ("role", "bridge", "someone")


def draw_amounts(case: Case, size: int, rng: np.random.Generator) -> Floats:
    """Draw what each candidate brings of each capability.

    Parameters
    ----------
    case : Case
        With m candidates and K capabilities.
    size : int
        How many states, s.
    rng : numpy.random.Generator

    Returns
    -------
    (s, m, K) array
        What is known stays as it is. An unknown amount is as likely below its central amount as
        above, and evenly spread on each side; where only 0 or 1 is possible, each is as likely.
        All are independent of one another.
    """
    held, rows = case.ground.held, case.rows
    low, mid, high = (part[rows] for part in (held.low, held.mid, held.high))
    u = rng.random((size, *low.shape))
    below = low + (mid - low) * np.minimum(1.0, 2 * u)
    amounts = below + (high - mid) * np.maximum(0.0, 2 * u - 1)
    whole = np.array([c.cover in _YES_OR_NO for c in case.ground.capabilities])
    return np.where(whole, np.where(u < 0.5, low, high), amounts)
