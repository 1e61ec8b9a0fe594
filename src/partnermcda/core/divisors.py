"""What values are measured by under each normalization, from the statistics of their columns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.core.kernel import Yardstick
from partnermcda.core.refusals import no_share, not_finite, refuse_columns
from partnermcda.core.statistics import Added, Statistics


@dataclass(frozen=True, slots=True)
class Rule:
    """How the divisors of a normalization follow from the statistics of the columns."""

    added: Added
    """What is summed up for them."""
    divisor: Callable[[Statistics], Floats]
    """Takes statistics, gives an (n, q) array that may be written to."""
    gives_shares: bool
    """Whether costs are inverted, and negative values have no meaning."""


RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "vector": Rule("squares", lambda seen: np.sqrt(seen.total), gives_shares=False),
        "minmax": Rule("", lambda seen: seen.high - seen.low, gives_shares=False),
        "total": Rule("values", lambda seen: seen.total.copy(), gives_shares=True),
        "peak": Rule("", lambda seen: seen.high.copy(), gives_shares=True),
    }
)


def yardstick_of(
    rule: Rule, x: Floats, cost: Bools, *, falling: bool
) -> Callable[[Statistics, Ints | None], Yardstick]:
    """Make what turns statistics into a yardstick.

    Parameters
    ----------
    rule : Rule
    x : (m, n) array
        Values, to tell which of them the rule cannot take.
    cost : (n,) array of bool
        Where less is better.
    falling : bool
        Whether the ideal of costs is their lowest value: some are not inverted.

    Returns
    -------
    callable
        As :class:`partnermcda.core.kernel.Task` takes it.
    """

    def yardstick(seen: Statistics, _: Ints | None) -> Yardstick:
        if rule.gives_shares and seen.low.min() < 0:
            refuse_values(rule, x, cost)
        points = np.array((seen.low, seen.high))
        if falling:
            points[:, cost] = points[::-1, cost]
        divisor = rule.divisor(seen)
        divisor[divisor == 0] = np.inf
        return Yardstick(points, divisor)

    return yardstick


def refuse_values(rule: Rule, x: Floats, cost: Bools) -> None:
    """Refuse an array if it has values that the rule cannot take.

    Parameters
    ----------
    rule : Rule
    x : (m, n) array
    cost : (n,) array of bool

    Raises
    ------
    MethodError
    """
    refuse_columns(x, lambda j: untakable(rule, x[:, j], cost=bool(cost[j])))


def untakable(rule: Rule, t: Floats, *, cost: bool) -> Mapping[str, Bools]:
    """Tell which values of a column a rule cannot take.

    Parameters
    ----------
    rule : Rule
    t : (m,) array
    cost : bool
        Whether less is better.

    Returns
    -------
    mapping of str to (m,) array of bool
        Under the codes of the sentences that say so.
    """
    return no_share(t, cost=cost) if rule.gives_shares else not_finite(t)
