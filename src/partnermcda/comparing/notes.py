"""What a comparison took for granted or passed over."""

import numpy as np

from partnermcda.core.arrays import Ints
from partnermcda.errors import Finding
from partnermcda.ranking.contest import Contest


def middle(contest: Contest) -> tuple[Finding, ...]:
    """Tell how many values are not known, and count with their central one.

    Parameters
    ----------
    contest : Contest

    Returns
    -------
    tuple of Finding
        Empty where everything is known.
    """
    count = int(np.count_nonzero(contest.low < contest.high))
    return (Finding("compare.middle", {"count": count}),) if count else ()


def flat(contest: Contest, ranks: Ints) -> tuple[Finding, ...]:
    """Tell in how many cities some method tells nobody apart.

    Parameters
    ----------
    contest : Contest
        Who is compared.
    ranks : (q, k) array of int
        Their ranks by each method.

    Returns
    -------
    tuple of Finding
        Empty where there is no such city.
    """
    first = [0] if contest.starts is None else contest.starts
    last = np.maximum.reduceat(ranks, first, axis=1)
    count = int(np.count_nonzero((last == 1).any(axis=0)))
    details = {"count": count, "cities": last.shape[1]}
    return (Finding("compare.flat", details),) if count else ()
