"""Where two actors tie in TOPSIS as all weights move: ties found, and nearer ones excluded."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from partnermcda.core.arrays import Floats, Ints
from partnermcda.core.nearest.halfspace import Distance, length, nearest_in_halfspace

_ROUNDS: Final = 6
_SAMPLES: Final = 33
_HALVINGS: Final = 40
_SHARES: Final = np.linspace(0.0, 1.0, 9)
_AROUND: Final = np.array([0.001, 0.003, 0.01, 0.03, 0.1])


@dataclass(frozen=True, slots=True, eq=False)
class Duel:
    """The leader of a city, and those who could tie with it; squared distances by criterion."""

    weights: Floats
    """(n,) weights now, summing to 1."""
    norm: Distance
    up: Floats
    """(n,) of the leader from the anti-ideal."""
    down: Floats
    """(n,) of the leader from the ideal."""
    ups: Floats
    """(q, n) of its rivals from the anti-ideal."""
    downs: Floats
    """(q, n) of its rivals from the ideal."""

    def some(self, which: Ints | slice) -> "Duel":
        """Take some of the rivals."""
        ups, downs = self.ups[which], self.downs[which]
        return Duel(self.weights, self.norm, self.up, self.down, ups, downs)

    def safe(self) -> Floats:
        r"""Bound from below how far weights must move for each tie.

        Returns
        -------
        (q,) array

        Notes
        -----
        A move of length t changes each distance by no more than t times its largest part, as
        :math:`|\|w \circ \delta\| - \|v \circ \delta\|| \le \|w - v\| \max_j \delta_j`; a tie needs
        :math:`d^-_b d^+_a \ge d^-_a d^+_b`, a quadratic in t. The l1 length of a move is at least
        :math:`\sqrt 2` times its l2 length, as its parts sum to 0.
        """
        u = self.weights**2
        far, near = math.sqrt(u @ self.up), math.sqrt(u @ self.down)
        most_far, most_near = math.sqrt(self.up.max()), math.sqrt(self.down.max())
        fars, nears = np.sqrt(self.ups @ u), np.sqrt(self.downs @ u)
        most_fars, most_nears = np.sqrt(self.ups.max(axis=1)), np.sqrt(self.downs.max(axis=1))
        lead = np.maximum(far * nears - fars * near, 0.0)
        slope = fars * most_near + near * most_fars + far * most_nears + nears * most_far
        bend = most_fars * most_near - most_far * most_nears
        root = slope + np.sqrt(np.maximum(slope * slope + 4 * bend * lead, 0.0))
        moved = np.divide(2 * lead, root, out=np.full_like(lead, np.inf), where=root > 0)
        return np.asarray(moved * (math.sqrt(2) if self.norm == "l1" else 1.0))

    def ties(self) -> tuple[Floats, Floats]:
        """Find weights, as near as they can be found, under which each rival is no worse.

        Returns
        -------
        distance, weights : (q,) and (q, n) arrays
            Infinite and NaN where none were found.
        """
        q, n = self.ups.shape
        best, found = np.full(q, np.inf), np.full((q, n), np.nan)
        at = np.tile(self.weights, (q, 1))
        for j in range(n):
            self._keep(best, found, np.tile(np.eye(n)[j], (q, 1)))
        # The nearest in l1 stands at a corner, where steps can end early; in l2 it does not.
        measures: tuple[Distance, ...] = ("l2", "l1") if self.norm == "l1" else ("l2",)
        for measure in measures:
            for start in (at, np.where(np.isnan(found), self.weights, found)):
                self._approach(best, found, start, measure)
        return best, found

    def _approach(self, best: Floats, found: Floats, start: Floats, measure: Distance) -> None:
        """Step from tie to tie of the tangents, and keep what is nearer."""
        at = start
        for _ in range(_ROUNDS):
            lead, slope = self._lead(at), self._slope(at)
            d = slope + (lead - (slope * at).sum(axis=1))[:, None]
            _, nearest = nearest_in_halfspace(self.weights, d, measure)
            at = np.where(np.isnan(nearest), at, nearest)
            self._keep(best, found, at)

    def _keep(self, best: Floats, found: Floats, toward: Floats) -> None:
        """Go from the weights now toward others up to the first tie, and keep what is nearer."""
        change = toward - self.weights
        room = np.divide(
            self.weights, -change, out=np.full_like(change, np.inf), where=change < 0
        ).min(axis=1)
        room = np.where(np.isfinite(room), room, 0.0)
        shares = np.linspace(0.0, 1.0, _SAMPLES)
        tied = np.array([self._lead(self._gone(change, room * s)) >= 0 for s in shares[1:]])
        hit, first = tied.any(axis=0), tied.argmax(axis=0)
        before, after = room * shares[first], room * shares[first + 1]
        for _ in range(_HALVINGS):
            middle = (before + after) / 2
            holds = self._lead(self._gone(change, middle)) >= 0
            before, after = np.where(holds, before, middle), np.where(holds, middle, after)
        reached = self._gone(change, after)
        distance = np.where(hit, length(reached - self.weights, self.norm), np.inf)
        nearer = distance < best
        best[nearer], found[nearer] = distance[nearer], reached[nearer]

    def _gone(self, change: Floats, share: Floats) -> Floats:
        return np.maximum(self.weights + share[:, None] * change, 0.0)

    def _lead(self, weights: Floats) -> Floats:
        """Not negative where the rival is no worse."""
        u = weights**2
        far, near = u @ self.up, u @ self.down
        fars, nears = (u * self.ups).sum(axis=1), (u * self.downs).sum(axis=1)
        return np.asarray(fars * near - far * nears)

    def _slope(self, weights: Floats) -> Floats:
        u = weights**2
        far, near = (u @ self.up)[:, None], (u @ self.down)[:, None]
        fars = (u * self.ups).sum(axis=1, keepdims=True)
        nears = (u * self.downs).sum(axis=1, keepdims=True)
        rise = self.ups * near + self.down * fars - self.up * nears - self.downs * far
        return np.asarray(2 * weights * rise)

    def excluded(self, rival: int, tie: Floats, distance: float) -> bool:
        r"""Prove that a rival does not tie with the leader under any weights nearer than this.

        Parameters
        ----------
        rival : int
            Which.
        tie : (n,) array
            Weights near which the proof shall be sharp.
        distance : float

        Returns
        -------
        bool
            True if it is proven.

        Notes
        -----
        If both have the closeness c at a tie, :math:`u \cdot A_b \ge 0` and
        :math:`u \cdot A_a \ge 0` with :math:`u_j = w_j^2`, :math:`A_b = (1-c)^2 P_b - c^2 Q_b`,
        :math:`A_a = c^2 Q_a - (1-c)^2 P_a`, and so for every mix of the two. Up to a factor a mix
        is linear in :math:`c^2 / (1-c)^2`, so for all c between two edges it can only hold where
        it holds at one of them. Within the distance each :math:`w_j` is in a box, over which
        :math:`w_j^2` lies below its chord and above its tangents: what is left is linear in w.
        """
        w = self.weights
        reach = distance / 2 if self.norm == "l1" else distance * math.sqrt(1 - 1 / len(w))
        low, high = np.maximum(w - reach, 0.0), np.minimum(w + reach, 1.0)
        mixes = self._mixes(rival, tie)
        touch = np.clip(tie, low, high)
        slope = np.where(mixes > 0, low + high, 2 * touch) * mixes
        level = (np.where(mixes > 0, -low * high, -touch * touch) * mixes).sum(axis=-1)
        d = slope + level[..., None]
        nearest, _ = nearest_in_halfspace(w, d.reshape(-1, len(w)), self.norm)
        at_edge = nearest.reshape(d.shape[:2])
        between = np.minimum(at_edge[:, 1:], at_edge[:, :-1]).max(axis=0)
        return bool(between.min() >= distance)

    def _mixes(self, rival: int, tie: Floats) -> Floats:
        """(shares, edges, n) coefficients of the squares of weights."""
        u = tie**2
        up, down, ups, downs = self.up, self.down, self.ups[rival], self.downs[rival]
        sizes = u @ (up + down), u @ (ups + downs)
        ratio = (u @ downs) / (u @ down) if u @ down > 0 else 1.0
        best = ratio * sizes[0] / (sizes[1] + ratio * sizes[0])
        share = np.append(_SHARES, best)[:, None, None]
        far, near = math.sqrt(u @ ups), math.sqrt(u @ downs)
        at = far / (far + near) if far + near > 0 else 0.5
        edges = np.concatenate([np.linspace(0, 1, 17), at - _AROUND, [at], at + _AROUND])
        c = np.sort(np.clip(edges, 0.0, 1.0))[:, None]
        rises = ((1 - c) ** 2 * ups - c**2 * downs) / sizes[1]
        falls = (c**2 * down - (1 - c) ** 2 * up) / sizes[0]
        return np.asarray((1 - share) * rises + share * falls)
