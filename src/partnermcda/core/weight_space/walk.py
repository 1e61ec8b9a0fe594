"""Hit-and-run through a region of weights, with a check of how well it mixes."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from partnermcda.core.arrays import Bools, Floats
from partnermcda.core.weight_space.mixing import Mixing, mixing_of
from partnermcda.core.weight_space.region import ROUNDING, Region
from partnermcda.errors import Finding, WeightsError

_CHAINS: Final = 64
_KEPT: Final = 128
"""Draws of each chain at a time. How many are wanted must not change which there are."""
_SETTLING: Final = 32
_ROUNDS: Final = 4
"""How often steps are fitted to the shape of the region before anything is kept."""
_DOUBLINGS: Final = 6
"""How often twice as many steps are tried between two draws that are kept."""
_TINY: Final = 1e-200
"""Room left on a border itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Walked:
    """Draws of a random walk, and how well it mixed."""

    weights: Floats
    """(s, n)."""
    mixing: Mixing


@dataclass(frozen=True, slots=True, eq=False)
class _Polytope:
    """Coordinates z of what can vary, and the half-spaces that hold them."""

    normals: Floats
    """(q, d)"""
    room: Floats
    """(q,) what normals times z may be at most."""
    basis: Floats
    """(n, d) from coordinates to changes of weights."""
    inner: Floats
    """(n,) weights where all coordinates are 0."""

    @property
    def dimensions(self) -> int:
        return int(self.basis.shape[1])

    @property
    def varying(self) -> Bools:
        """(n,) which weights are not the same everywhere."""
        return np.asarray(np.abs(self.basis).max(axis=1) > ROUNDING)

    def hop(self, z: Floats, way: Floats, u: Floats) -> Floats:
        """Go along a line to where the share u of what lies within is behind."""
        left = np.maximum(self.room - z @ self.normals.T, _TINY)
        # One over the time until a border is met: the largest is that of the first ahead.
        soon = way @ self.normals.T / left
        ahead, back = 1 / soon.max(axis=1), 1 / soon.min(axis=1)
        return np.asarray(z + (back + u * (ahead - back))[:, None] * way)


def walk(
    region: Region,
    inner: Floats,
    size: int,
    generator: np.random.Generator,
    equal: Floats | None = None,
) -> Walked:
    r"""Draw from a region by hit-and-run.

    Parameters
    ----------
    region : Region
    inner : (n,) array
        Weights within, with room on all sides.
    size : int
        Number s of draws.
    generator : numpy.random.Generator
    equal : (e, n) array, optional
        Coefficients of sums that are to stay as they are at `inner`.

    Returns
    -------
    Walked

    Raises
    ------
    WeightsError
        If the walk does not mix.

    Notes
    -----
    Each step chooses a direction, and a point of the line in this direction that is as likely as
    any other within the region [1]_. Directions are normal with the covariance of earlier points,
    so that a narrow region is walked through as fast as a round one. Chains start near the border,
    in all directions. What is kept is checked by split R-hat (at most 1.01) and the effective size
    (at least half) of each weight [2]_, with more and more steps between two draws.

    References
    ----------
    .. [1] R. L. Smith, "Efficient Monte Carlo procedures for generating points uniformly
       distributed over bounded regions", Oper. Res. 32(6), 1984, :doi:`10.1287/opre.32.6.1296`.
    .. [2] A. Vehtari, A. Gelman, D. Simpson, B. Carpenter and P.-C. Bürkner, "Rank-normalization,
       folding, and localization: an improved R-hat for assessing convergence of MCMC", Bayesian
       Anal. 16(2), 2021, :doi:`10.1214/20-BA1221`.
    """
    polytope = _polytope(region, inner, equal)
    d = polytope.dimensions
    if d == 0:
        return Walked(np.tile(inner, (size, 1)), Mixing(1.0, 1.0))
    z, shape = _settled(polytope, generator)
    thin = d * (1 + d // 4)
    kept = _recorded(polytope, z, shape, (_KEPT, thin), generator)
    for _ in range(_DOUBLINGS):
        if _mixing(kept, polytope).good:
            break
        thin *= 2
        more = _recorded(polytope, kept[-1], shape, (_KEPT // 2, thin), generator)
        kept = np.concatenate((kept[1::2], more))
    mixing = _mixing(kept, polytope)
    if not mixing.good:
        details = {"r_hat": mixing.r_hat, "effective": mixing.effective}
        raise WeightsError(Finding("draws.unmixed", details))
    blocks = [kept.reshape(-1, d)]
    while len(blocks) * _CHAINS * _KEPT < size:
        kept = _recorded(polytope, kept[-1], shape, (_KEPT, thin), generator)
        blocks.append(kept.reshape(-1, d))
    drawn = inner + np.concatenate(blocks)[:size] @ polytope.basis.T
    return Walked(region.within(drawn), mixing)


def _polytope(region: Region, inner: Floats, equal: Floats | None) -> _Polytope:
    n, free = len(inner), region.free
    a, b = region.order.T
    one = np.eye(n)
    normals = np.concatenate((-one, one, one[b] - one[a], region.rows))
    most = np.concatenate((-region.low, region.high, np.zeros(len(a)), region.most))
    fixed = np.concatenate(
        (np.ones((1, n)), one[~free], np.zeros((0, n)) if equal is None else equal)
    )
    _, sizes, directions = np.linalg.svd(fixed)
    basis = directions[int(np.count_nonzero(sizes > ROUNDING)) :].T
    along = normals @ basis
    matters = np.abs(along).max(axis=1, initial=0) > ROUNDING
    return _Polytope(along[matters], (most - normals @ inner)[matters], basis, inner)


def _settled(polytope: _Polytope, generator: np.random.Generator) -> tuple[Floats, Floats]:
    """Chains that have left their start, and steps of the region's shape."""
    d = polytope.dimensions
    shape = np.eye(d)
    start = np.zeros((_CHAINS, d))
    z = polytope.hop(start, generator.standard_normal(start.shape), np.full(_CHAINS, 0.95))
    for _ in range(_ROUNDS):
        seen = _recorded(polytope, z, shape, (_SETTLING, d), generator)
        sizes, axes = np.linalg.eigh(np.atleast_2d(np.cov(seen.reshape(-1, d).T)))
        shape, z = axes * np.sqrt(np.maximum(sizes, 0)), seen[-1]
    return z, shape


def _recorded(
    polytope: _Polytope,
    z: Floats,
    shape: Floats,
    steps: tuple[int, int],
    generator: np.random.Generator,
) -> Floats:
    """(kept, chains, d) points, each some steps after the one before."""
    count, thin = steps
    kept = np.empty((count, *z.shape))
    for row in kept:
        for _ in range(thin):
            way = generator.standard_normal(z.shape) @ shape.T
            z = polytope.hop(z, way, generator.random(len(z)))
        row[:] = z
    return kept


def _mixing(kept: Floats, polytope: _Polytope) -> Mixing:
    return mixing_of(kept @ polytope.basis[polytope.varying].T)
