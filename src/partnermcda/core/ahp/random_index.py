"""Random indices: how inconsistent judgements made at random are."""

import math
from collections.abc import Mapping
from functools import cache
from numbers import Real
from types import MappingProxyType
from typing import Final, Literal

import numpy as np

from partnermcda.core import arguments
from partnermcda.core.ahp.incomplete_index import incomplete_share, most_missing, simulated_index
from partnermcda.errors import Finding, WeightsError

Beyond = Literal["refuse", "simulate"]

BEYOND: Final = ("refuse", "simulate")
RANDOM_INDEX: Final[Mapping[str, tuple[float, ...]]] = MappingProxyType(
    {
        # Orders 3, 4, 5, …; orders 1 and 2 are always consistent.
        "alonso-lamata": (
            *(0.5245, 0.8815, 1.1086, 1.2479, 1.3417, 1.4056, 1.4499, 1.4854),
            *(1.5140, 1.5365, 1.5551, 1.5713, 1.5838),
        ),
        "saaty-1980": (0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49),
        "saaty-2007": (0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49),
    }
)
ALWAYS_CONSISTENT: Final = 2
"""The largest order whose judgements cannot contradict one another."""
DRAWS: Final = 40_000
"""Matrices simulated for an order beyond a table."""


def random_index(
    order: int,
    table: str | float = "alonso-lamata",
    *,
    missing: int = 0,
    beyond: Beyond = "refuse",
) -> float:
    r"""Mean consistency index of judgements made at random.

    Parameters
    ----------
    order : int
        The number j of things compared.
    table : {"alonso-lamata", "saaty-1980", "saaty-2007"} or float
        Table of random indices of complete matrices: of Alonso and Lamata [1]_ (orders 3 to 15),
        Saaty 1980 [2]_ or Saaty and Tran 2007 [3]_ (orders 3 to 10); or the index itself.
    missing : int
        The number of pairs not asked, of an order's (j - 1)(j - 2) / 2 at most. The index falls
        with them as :func:`incomplete_share` tells.
    beyond : {"refuse", "simulate"}
        What to do with an order beyond the table: an error, or the mean of 40,000 matrices drawn
        from Saaty's 17 values with a fixed seed; from order 11 on its standard error is below
        0.001.

    Returns
    -------
    float
        0 for orders 1 and 2, and where the pairs asked form a tree: such judgements cannot
        contradict one another.

    Raises
    ------
    WeightsError
        If there is no such table, it does not reach the order, the own index is not a positive
        finite number, or more pairs are missing than can be.
    MethodError
        If `beyond` is something else.

    References
    ----------
    .. [1] J. A. Alonso and M. T. Lamata, "Consistency in the analytic hierarchy process: a new
       approach", Int. J. Uncertain. Fuzziness Knowl.-Based Syst. 14(4), 2006,
       :doi:`10.1142/S0218488506004114`.
    .. [2] T. L. Saaty, "The Analytic Hierarchy Process", McGraw-Hill, 1980.
    .. [3] T. L. Saaty and L. T. Tran, "On the invalidity of fuzzifying numerical judgments in the
       analytic hierarchy process", Math. Comput. Modelling 46(7-8), 2007,
       :doi:`10.1016/j.mcm.2007.03.022`.

    Examples
    --------
    >>> random_index(5), random_index(5, "saaty-1980"), random_index(5, missing=6)
    (1.1086, 1.12, 0.0)
    """
    arguments.one_of("ahp.beyond", beyond, BEYOND)
    most = most_missing(order)
    if not (missing == int(missing) and 0 <= missing <= most):
        raise WeightsError(
            Finding("ahp.missing", {"missing": missing, "order": order, "most": most})
        )
    whole = _own(table) if not isinstance(table, str) else _listed(order, table, beyond)
    return whole * incomplete_share(order, missing) if order > ALWAYS_CONSISTENT else 0.0


def _own(index: float) -> float:
    if not isinstance(index, Real) or isinstance(index, bool) or not 0 < index < math.inf:
        raise WeightsError(
            Finding("ahp.index", {"names": ", ".join(RANDOM_INDEX)}, value=str(index))
        )
    return float(index)


def _listed(order: int, name: str, beyond: Beyond) -> float:
    table = RANDOM_INDEX.get(name)
    if table is None:
        tables = ", ".join(RANDOM_INDEX)
        raise WeightsError(Finding("ahp.no_table", {"name": name, "names": tables}))
    place = order - ALWAYS_CONSISTENT - 1
    if place < len(table):
        return table[place] if place >= 0 else 0.0
    if beyond == "simulate":
        return _simulated(order)
    largest = len(table) + ALWAYS_CONSISTENT
    raise WeightsError(Finding("ahp.order", {"name": name, "order": order, "largest": largest}))


@cache
def _simulated(order: int) -> float:
    return simulated_index(order, draws=DRAWS, rng=np.random.default_rng(order)).mean
