"""How well random walks mix."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from partnermcda.core.arrays import Floats

_MOST_R_HAT: Final = 1.01
_LEAST_EFFECTIVE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Mixing:
    """Two figures that tell how well a random walk mixed."""

    r_hat: float
    """1 where chains cannot be told apart; the largest of all weights."""
    effective: float
    """How many independent draws one is worth, at most 1; the smallest of all weights."""

    @property
    def good(self) -> bool:
        """Whether the draws can be taken for independent ones."""
        return self.r_hat <= _MOST_R_HAT and self.effective >= _LEAST_EFFECTIVE


def mixing_of(kept: Floats) -> Mixing:
    """Judge draws of several chains.

    Parameters
    ----------
    kept : (t, c, d) array
        t draws of c chains, t even.

    Returns
    -------
    Mixing
    """
    return Mixing(split_r_hat(kept), effective_share(kept))


def split_r_hat(kept: Floats) -> float:
    r"""Compare how chains differ from one another with how each of them varies.

    Parameters
    ----------
    kept : (t, c, d) array
        t draws of c chains, t even.

    Returns
    -------
    float
        The largest of all d: 1 where chains cannot be told apart.

    Notes
    -----
    Each chain is cut into halves; with W the mean of their variances and B / N the variance of
    their N-draw means, :math:`\hat R = \sqrt{(N - 1) / N + (B / N) / W}` [1]_.

    References
    ----------
    .. [1] A. Vehtari, A. Gelman, D. Simpson, B. Carpenter and P.-C. Bürkner, "Rank-normalization,
       folding, and localization: an improved R-hat for assessing convergence of MCMC", Bayesian
       Anal. 16(2), 2021, :doi:`10.1214/20-BA1221`.

    Examples
    --------
    >>> draws = np.random.default_rng(1).random((100, 50, 2))
    >>> round(split_r_hat(draws), 2), split_r_hat(draws + np.arange(50)[:, None]) > 10
    (1.0, True)
    """
    halves = _halves(kept)
    within, total = _variances(halves)
    return float(np.sqrt(total / within).max())


def effective_share(kept: Floats) -> float:
    r"""Tell how many independent draws one of a chain is worth.

    Parameters
    ----------
    kept : (t, c, d) array
        t draws of c chains, t even.

    Returns
    -------
    float
        The smallest of all d, at most 1.

    Notes
    -----
    :math:`1 / (1 + 2 \sum_t \rho_t)` with autocorrelations of all chains together, summed as long
    as two neighbors sum to more than 0 [1]_.

    References
    ----------
    .. [1] A. Vehtari, A. Gelman, D. Simpson, B. Carpenter and P.-C. Bürkner, "Rank-normalization,
       folding, and localization: an improved R-hat for assessing convergence of MCMC", Bayesian
       Anal. 16(2), 2021, :doi:`10.1214/20-BA1221`.

    Examples
    --------
    >>> steps = np.random.default_rng(1).standard_normal((100, 50, 1))
    >>> effective_share(steps) > 0.9, effective_share(np.cumsum(steps, axis=0)) < 0.1
    (True, True)
    """
    halves = _halves(kept)
    within, total = _variances(halves)
    off = halves - halves.mean(axis=0)
    length = len(off)
    taken = np.zeros(halves.shape[-1])
    going = np.ones(halves.shape[-1], dtype=bool)
    for lag in range(0, length - 1, 2):
        pairs = np.zeros_like(taken)
        for t in (lag, lag + 1):
            common = (off[: length - t] * off[t:]).sum(axis=0).mean(axis=0) / length
            pairs += 1 - (within - common) / total
        going &= pairs > 0
        taken += np.where(going, pairs, 0)
    return float(np.minimum(1 / np.maximum(2 * taken - 1, 1), 1).min())


def _halves(kept: Floats) -> Floats:
    return np.concatenate(np.split(kept, 2), axis=1)


def _variances(halves: Floats) -> tuple[Floats, Floats]:
    """Of a draw, within chains, and of all of them together."""
    within = halves.var(axis=0, ddof=1).mean(axis=0)
    between = halves.mean(axis=0).var(axis=0, ddof=1)
    return within, (len(halves) - 1) / len(halves) * within + between
