"""How TOPSIS and the weighted sum see the actors: as points that only weights still move."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np

from partnermcda import core
from partnermcda.core.arrays import Floats
from partnermcda.errors import Finding, MethodError
from partnermcda.methods import parameters_of
from partnermcda.ranking.contest import Contest
from partnermcda.ranking.ranks import score_contest

if TYPE_CHECKING:
    from collections.abc import Callable

ScoreName: TypeAlias = Literal["closeness", "weighted_sum"]
SEEN: Final = ("topsis", "topsis_observed", "weighted_sum")
_NORMALIZE: Final = MappingProxyType(
    {"vector": core.vector, "minmax": core.minmax, "total": core.total, "peak": core.peak}
)


@dataclass(frozen=True, slots=True, eq=False)
class Geometry:
    """Values as a method weighs them: k actors, laid city by city, and n criteria."""

    score: ScoreName
    """What is made of them: ``closeness`` or ``weighted_sum``."""
    low: Floats
    """(k, n) lowest values; in every column more is better."""
    mid: Floats
    """(k, n) central values."""
    high: Floats
    """(k, n) highest values."""
    ideal: Floats | None
    """(n,) ideal; None where it is the best value of each city."""
    anti_ideal: Floats | None
    """(n,) anti-ideal; None where it is the worst value of each city."""
    p: float
    """Norm of the distances: 1, 2 or infinite."""

    @property
    def certain(self) -> bool:
        """Whether every value is known."""
        return self.low is self.high


def is_seen(contest: Contest | None) -> bool:
    """Whether actors have a geometry: by TOPSIS and the weighted sum.

    Parameters
    ----------
    contest : Contest or None

    Returns
    -------
    bool
    """
    return contest is not None and parameters_of(contest.method)[0] in SEEN


def geometry(contest: Contest) -> Geometry:
    """See actors as their method does.

    Parameters
    ----------
    contest : Contest
        Who is compared; by TOPSIS or the weighted sum.

    Returns
    -------
    Geometry

    Raises
    ------
    MethodError
        If the method is another one, or cannot take these values.
    """
    name, parameters = parameters_of(contest.method)
    if not is_seen(contest):
        details = {"method": contest.method.name, "names": ", ".join(SEEN)}
        raise MethodError(Finding("contest.no_geometry", details))
    # Refuses what the method cannot take, with the names of actors and criteria.
    score_contest(contest)
    if name == "topsis_observed":
        return _observed(contest, str(parameters["normalization"]), float(parameters["p"]))
    low, mid, high = _tables(contest)
    n = len(contest.criteria)
    if name == "weighted_sum":
        return Geometry("weighted_sum", low, mid, high, None, None, 2)
    return Geometry("closeness", low, mid, high, np.ones(n), np.zeros(n), 2)


def _observed(contest: Contest, normalization: str, p: float) -> Geometry:
    normalize: Callable[..., Floats] = _NORMALIZE[normalization]
    x = contest.mid
    more = contest.benefit
    r = normalize(x, np.ones(x.shape[1], dtype=bool) if more is None else more, contest.starts)
    return Geometry("closeness", r, r, r, None, None, p)


def _tables(contest: Contest) -> tuple[Floats, Floats, Floats]:
    more = contest.benefit
    mid = contest.mid
    if more is None:
        low, high = contest.low, contest.high
        return (mid, mid, mid) if np.array_equal(low, high) else (low, mid, high)
    gain = mid if more.all() else np.where(more, mid, 1 - mid)
    return gain, gain, gain
