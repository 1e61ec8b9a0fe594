"""The best few of all actors, where the few fit into memory: without sorting the others."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from partnermcda import core
from partnermcda.batch.ranked_parts import RankedParts
from partnermcda.core.arrays import Floats, Ints
from partnermcda.output.tables import SCHEMA

MOST: Final = 1 << 18
"""Most rows that are held."""

_MARGIN: Final = 1024
"""So many tolerances below the last one wanted, equals of equals are looked for."""


def foremost(parts: RankedParts, top: int, tolerance: float) -> pa.Table | None:
    """Find the best few and their ranks among all.

    Parameters
    ----------
    parts : RankedParts
    top : int
        Worst rank that is wanted; no more than there are rows.
    tolerance : float
        Scores no further apart are equal.

    Returns
    -------
    Table or None
        The columns of a ranking, by rank and id. None where too many share these ranks, or the
        equals of the last one reach too far down: then all must be sorted.
    """
    if top > MOST:
        return None
    floor = _best(parts, top) - _MARGIN * tolerance if top < parts.rows else -np.inf
    held, next_best = _from(parts, floor)
    if held is None:
        return None
    scores = np.append(held.column("score").to_numpy(), next_best)
    rank = core.rank(scores, tolerance=tolerance).astype(np.int64, copy=False)
    if rank[-1] <= top:
        return None
    wanted = rank[:-1] <= top
    return _table(parts, held.filter(pa.array(wanted)), rank[:-1][wanted], tolerance)


def _best(parts: RankedParts, k: int) -> float:
    """Find the k-th best score, by a threshold that rises."""
    best, threshold = np.empty(0), -np.inf
    for group in parts.groups():
        scores = group.read(["score"]).column("score").to_numpy()
        best = np.append(best, scores[scores > threshold])
        if len(best) > k:
            best = np.partition(best, len(best) - k)[-k:]
        if len(best) == k:
            threshold = float(best.min())
    return threshold


def _from(parts: RankedParts, floor: float) -> tuple[pa.Table | None, float]:
    """Read rows with a score from `floor` up, unless too many, and the best score below."""
    held: list[pa.Table] = []
    rows, next_best = 0, -np.inf
    for group in parts.groups():
        scores = group.read(["score"]).column("score").to_numpy()
        above = scores >= floor
        next_best = float(np.max(scores[~above], initial=next_best))
        if above.any():
            rows += int(np.count_nonzero(above))
            if rows > MOST:
                return None, next_best
            held.append(group.read().filter(pa.array(above)))
    return pa.concat_tables(held), next_best


def _table(parts: RankedParts, held: pa.Table, rank: Ints, tolerance: float) -> pa.Table:
    low, high = (held.column(name).to_numpy() for name in ("score_low", "score_high"))
    best, worst = _bounds(parts, low, np.add(high, tolerance, dtype=float), tolerance)
    ranks = {
        "rank": rank,
        # A chain of near-equals can reach further than the tolerance of a single pair.
        "rank_best": np.minimum(best, rank),
        "rank_worst": np.maximum(worst, rank),
    }
    for name, numbers in ranks.items():
        held = held.append_column(name, pa.array(numbers))
    ids = pc.rank(held.column("actor_id"), tiebreaker="dense").to_numpy()
    return held.select(SCHEMA.names).take(pa.array(np.lexsort((ids, rank))))


def _bounds(parts: RankedParts, low: Floats, reach: Floats, tolerance: float) -> tuple[Ints, Ints]:
    """Best and worst ranks of a few among all, as :func:`partnermcda.core.rank_bounds` has them."""
    lows, reaches = np.sort(low), np.sort(reach)
    passed = np.zeros((2, len(low) + 1), dtype=np.int64)
    for group in parts.groups():
        table = group.read(["score_low", "score_high"])
        all_low = table.column("score_low").to_numpy()
        all_reach = np.add(table.column("score_high").to_numpy(), tolerance, dtype=float)
        passed[0] += np.bincount(np.searchsorted(reaches, all_low), minlength=len(low) + 1)
        at = np.searchsorted(lows, all_reach, side="right")
        passed[1] += np.bincount(at, minlength=len(low) + 1)
    counts = np.cumsum(passed, axis=1)
    best = 1 + parts.rows - counts[0][np.searchsorted(reaches, reach)]
    worst = parts.rows - counts[1][np.searchsorted(lows, low)]
    return best, worst
