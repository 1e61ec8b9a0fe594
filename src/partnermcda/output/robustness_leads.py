"""How surely the leader of each city leads."""

from typing import NamedTuple

import numpy as np

from partnermcda.core.arrays import Floats, Ints
from partnermcda.core.segments import segment_sizes
from partnermcda.output.robustness import Robustness


class Lead(NamedTuple):
    """The lead in one city."""

    city: str
    """Empty where all actors are compared together."""
    places: range
    """Who is compared: places in the contest."""
    leaders: tuple[int, ...]
    """Those ranked first: some of these places; several where they are equal."""
    first: float
    """Share of draws in which one of them is first."""
    first_error: float
    """Its standard error."""
    others: tuple[int, ...]
    """Those that are first in other draws, the most frequent first."""


def leads(found: Robustness) -> list[Lead]:
    """Say of each city how surely its leader leads.

    Parameters
    ----------
    found : Robustness

    Returns
    -------
    list of Lead
        The least sure first.
    """
    contest = found.acceptability.contest
    ranks = found.ranks["rank"]
    shares, draws = found.acceptability.first, found.acceptability.draws
    starts = np.zeros(1, dtype=np.int64) if contest.starts is None else contest.starts
    spans = zip(contest.city_names, starts, segment_sizes(len(contest), starts), strict=True)
    told = [
        _lead(str(city), np.arange(start, start + size), ranks, shares, draws)
        for city, start, size in spans
    ]
    return sorted(told, key=lambda lead: (lead.first, lead.city))


def _lead(city: str, rows: Ints, ranks: Ints, shares: Floats, draws: int) -> Lead:
    leading = ranks[rows] == 1
    others = rows[~leading & (shares[rows] > 0)]
    first = min(1.0, float(shares[rows[leading]].sum()))
    return Lead(
        city=city,
        places=range(int(rows[0]), int(rows[-1]) + 1),
        leaders=tuple(rows[leading].tolist()),
        first=first,
        first_error=float(np.sqrt(first * (1 - first) / draws)),
        others=tuple(others[np.argsort(-shares[others], kind="stable")].tolist()),
    )
