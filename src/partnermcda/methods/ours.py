"""Methods that we compute ourselves."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from partnermcda import core
from partnermcda.core.arguments import as_values
from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.core.columns import ratio
from partnermcda.core.segments import reduce_rows
from partnermcda.methods.checks import checked, refuse
from partnermcda.methods.model import Score

Normalization: TypeAlias = Literal["vector", "minmax", "total", "peak"]
NORMALIZATIONS: Final = ("vector", "minmax", "total", "peak")
_EQUAL: Final = 1e-12


def topsis() -> Score:
    """TOPSIS on a fixed scale: the ideal is 1 and the anti-ideal 0, whoever is compared."""

    def aggregate(v: Floats, weights: Floats) -> Floats:
        n = v.shape[1]
        return core.closeness(v, weights, ideal=np.ones(n), anti_ideal=np.zeros(n))

    return _on_the_scale("topsis", aggregate)


def weighted_sum() -> Score:
    """Weighted sum of values in [0, 1]."""
    return _on_the_scale("weighted_sum", core.weighted_sum)


def weighted_product() -> Score:
    """Weighted product of values in (0, 1]."""
    return _on_the_scale("weighted_product", core.weighted_product)


@dataclass(frozen=True, slots=True)
class ObservedTopsis:
    """TOPSIS as in its textbook, as a score; it can take its ideals from rows seen elsewhere."""

    normalization: Normalization
    """How columns are normalized."""
    p: float
    """Norm of the distances."""

    def __call__(
        self, x: Floats, weights: Floats, benefit: Bools | None = None, starts: Ints | None = None
    ) -> Floats:
        """Score m actors by the ideals observed among them."""
        x = as_values(x)
        return core.topsis(
            x, weights, _more(x, benefit), starts, normalization=self.normalization, p=self.p
        )

    def gather(self, x: Floats) -> core.ColumnStatistics:
        """Take what must be known of (m, n) values, more being better, before one is scored."""
        return core.gather_statistics(x, _more(x, None), normalization=self.normalization)


def _more(x: Floats, benefit: Bools | None) -> Bools:
    return np.ones(x.shape[1], dtype=bool) if benefit is None else benefit


def topsis_observed(normalization: Normalization = "vector", p: float = 2) -> Score:
    """TOPSIS as in its textbook: normalized by the data, with the best and worst of each column."""
    return ObservedTopsis(normalization, p)


def vikor(v: float = 0.5) -> Score:
    """VIKOR's Q."""

    def score(
        x: Floats, weights: Floats, benefit: Bools | None = None, starts: Ints | None = None
    ) -> Floats:
        x, weights, more, starts = checked("vikor", x, weights, benefit, starts)
        total, largest = regrets(x, weights, more, starts)
        return v * _spread(total, starts) + (1 - v) * _spread(largest, starts)

    return score


def regrets(
    x: Floats, weights: Floats, benefit: Bools | None = None, starts: Ints | None = None
) -> tuple[Floats, Floats]:
    r"""VIKOR's S and R: how far each actor is from the best of every criterion.

    Parameters
    ----------
    x : (m, n) array
        Values, all finite.
    weights : (n,) array
        Weights.
    benefit : (n,) array of bool, optional
        True where more is better; without it everywhere.
    starts : (c,) array of int, optional
        First row of each city.

    Returns
    -------
    total, largest : (m,) arrays
        :math:`S_i = \sum_j d_{ij}` and :math:`R_i = \max_j d_{ij}` with
        :math:`d_{ij} = w_j (f^*_j - f_{ij}) / (f^*_j - f^-_j)` [1]_; 0 where all are alike.

    References
    ----------
    .. [1] S. Opricovic and G.-H. Tzeng, "Compromise solution by MCDM methods: a comparative
       analysis of VIKOR and TOPSIS", Eur. J. Oper. Res. 156(2), 2004,
       :doi:`10.1016/S0377-2217(03)00020-1`.

    Examples
    --------
    >>> x = np.array([[1.0, 3000.0], [2.0, 3750.0], [5.0, 4500.0]])
    >>> total, largest = regrets(x, np.array([0.5, 0.5]), np.array([False, True]))
    >>> total, largest
    (array([0.5  , 0.375, 0.5  ]), array([0.5 , 0.25, 0.5 ]))
    """
    # pymcdm refuses a criterion on which all are alike, and gives NaN where all have one S or one
    # R. Both are common where a city has few actors, so VIKOR is computed here.
    x, weights, more, starts = checked("vikor", x, weights, benefit, starts)
    distance = core.minmax(x, ~more, starts)
    return core.weighted_sum(distance, weights), (distance * weights).max(axis=1, initial=0.0)


def copras() -> Score:
    """COPRAS's utility, as a share of the best one's."""
    # pymcdm (1.4.0) evaluates S_min S_i / (S_i (S_min / S_i)), which is S_i: it adds costs to the
    # score. The formula has the sums over all actors there.

    def score(
        x: Floats, weights: Floats, benefit: Bools | None = None, starts: Ints | None = None
    ) -> Floats:
        x, weights, more, starts = checked("copras", x, weights, benefit, starts, "positive_costs")
        counted = weights > 0
        x, weights, more = x[:, counted], weights[counted], more[counted]
        shares = core.total(x, np.ones(len(weights), dtype=bool), starts)
        weighted = shares * weights
        gain = weighted[:, more].sum(axis=1)
        if not more.all():
            cost = weighted[:, ~more].sum(axis=1)
            every = reduce_rows(np.add.reduceat, cost, starts)
            inverse = reduce_rows(np.add.reduceat, 1 / cost, starts)
            gain = gain + every / (cost * inverse)
        best = reduce_rows(np.maximum.reduceat, gain, starts)
        return np.where(best > 0, ratio(gain, best), 1.0)

    return score


def moora() -> Score:
    """MOORA's ratio system."""
    # pymcdm (1.4.0) refuses criteria that are all benefits, as a published case has them.

    def score(
        x: Floats, weights: Floats, benefit: Bools | None = None, starts: Ints | None = None
    ) -> Floats:
        x, weights, more, starts = checked("moora", x, weights, benefit, starts)
        return core.weighted_sum(core.vector(x, more, starts), weights)

    return score


def _on_the_scale(name: str, aggregate: Callable[[Floats, Floats], Floats]) -> Score:
    def score(
        x: Floats,
        weights: Floats,
        benefit: Bools | None = None,
        starts: Ints | None = None,
    ) -> Floats:
        x, weights, more, _ = checked(name, x, weights, benefit, starts)
        _refuse_beyond_scale(name, x)
        return aggregate(x if more.all() else np.where(more, x, 1 - x), weights)

    return score


def _refuse_beyond_scale(name: str, x: Floats) -> None:
    if x.size and not (x.min() >= 0 and x.max() <= 1):
        refuse("method.scale", name, x, (x < 0) | (x > 1))


def _spread(figures: Floats, starts: Ints | None) -> Floats:
    """From 0 for the lowest of each city to 1 for its highest; 0 where they are equal."""
    low = reduce_rows(np.minimum.reduceat, figures, starts)
    high = reduce_rows(np.maximum.reduceat, figures, starts)
    # Sums of the same numbers in another order differ by rounding, which must not become 0 and 1.
    apart = np.where(high - low > _EQUAL * high, high - low, 0.0)
    return ratio(figures - low, apart)
