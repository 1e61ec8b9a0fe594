"""What is counted over draws, each figure with its standard error."""

from dataclasses import dataclass

import numpy as np

from partnermcda.core.arrays import Floats


@dataclass(frozen=True, slots=True, eq=False)
class SMAA:
    """How often each of m actors has which rank, over s draws.

    q is the number of actors of the largest city. Errors are standard errors of independent draws;
    a share of 0 or 1 has an error of 0, and may truly be up to about 3 / s away.

    Examples
    --------
    >>> from partnermcda.core.smaa import smaa
    >>> r = np.array([[1.0, 0.0], [0.0, 1.0]])
    >>> found = smaa(r, np.array([[0.8, 0.2], [0.6, 0.4], [0.3, 0.7]]), score="weighted_sum")
    >>> found.first.round(3), found.central_weights.round(3).tolist()
    (array([0.667, 0.333]), [[0.7, 0.3], [0.3, 0.7]])
    """

    rank_acceptability: Floats
    """(m, q) share of draws in which each actor has each rank, the first in the first column."""
    central_weights: Floats
    """(m, n) mean of the weights under which the actor is first; NaN where it never is."""
    central_weights_error: Floats
    """(m, n) its standard error; NaN where the actor is first in one draw or none."""
    confidence: Floats
    """(m,) share of draws of values in which it is first under its central weights; NaN where it
    has none."""
    confidence_error: Floats
    """(m,) its standard error; 0 where all values are known."""
    pairwise_winning: Floats
    """(m, q) share of draws in which the actor is ahead of each actor of its city, in the order of
    their rows; equals count a half each. 0 for itself, NaN beyond the city's last."""
    draws: int
    """Number s of draws."""

    @property
    def first(self) -> Floats:
        """(m,) share of draws in which the actor is first."""
        return self.rank_acceptability[:, 0]

    @property
    def expected_rank(self) -> Floats:
        """(m,) mean rank; equals have the mean of their places."""
        ranks = np.arange(1, self.rank_acceptability.shape[1] + 1)
        return np.asarray((self.rank_acceptability * ranks).sum(axis=1))

    @property
    def expected_rank_error(self) -> Floats:
        """(m,) standard error of the mean rank."""
        ranks = np.arange(1, self.rank_acceptability.shape[1] + 1)
        apart = ranks - self.expected_rank[:, None]
        spread = (self.rank_acceptability * apart * apart).sum(axis=1)
        return np.asarray(np.sqrt(spread / self.draws))

    @property
    def rank_acceptability_error(self) -> Floats:
        """(m, q) standard error of the acceptability."""
        return share_error(self.rank_acceptability, self.draws)

    @property
    def pairwise_winning_error(self) -> Floats:
        """(m, q) standard error of the pairwise winning index."""
        return share_error(self.pairwise_winning, self.draws)


@dataclass(frozen=True, slots=True, eq=False)
class LeaderAcceptability:
    """How often each of m actors is first, and among the best k, over s draws."""

    first: Floats
    """(m,) share of draws in which the actor is first."""
    top: Floats
    """(m,) share of draws in which it is among the best k."""
    central_weights: Floats
    """(m, n) mean of the weights under which the actor is first; NaN where it never is."""
    central_weights_error: Floats
    """(m, n) its standard error; NaN where the actor is first in one draw or none."""
    draws: int
    """Number s of draws."""

    @property
    def first_error(self) -> Floats:
        """(m,) standard error of being first."""
        return share_error(self.first, self.draws)

    @property
    def top_error(self) -> Floats:
        """(m,) standard error of being among the best k."""
        return share_error(self.top, self.draws)


def share_error(share: Floats, draws: int) -> Floats:
    r"""Tell the standard error of a share that was counted over independent draws.

    Parameters
    ----------
    share : array
    draws : int

    Returns
    -------
    array
        :math:`\sqrt{p (1 - p) / s}`; where equals share a place that is the most it can be.

    Examples
    --------
    >>> share_error(np.array([0.5, 1.0]), 100)
    array([0.05, 0.  ])
    """
    return np.asarray(np.sqrt(np.clip(share * (1 - share), 0, None) / draws))
