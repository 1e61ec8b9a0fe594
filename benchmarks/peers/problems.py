"""The arrays every contender is given, and how its answer is judged."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

import numpy as np

from benchmarks.peers import reference

SAMPLE = 1_000
CITIES = 500


@dataclass(frozen=True, slots=True)
class Size:
    """What a problem is made from; small enough to be handed to another process."""

    kind: Literal[
        "matrix", "draws", "leaders", "scores", "pairwise", "smaa", "city-leaders", "stability"
    ]
    m: int
    n: int = 8
    order: Literal["C", "F"] = "F"
    cities: int = 1
    draws: int = 1
    k: int = 0
    judged: Literal["consistent", "realistic", "random", ""] = ""
    """How far pairwise matrices contradict themselves."""

    def __str__(self) -> str:
        layout = "column-major" if self.order == "F" else "row-major"
        if self.kind == "scores":
            return f"the first {self.k} of {self.m:,} scores" if self.k else f"{self.m:,} scores"
        if self.kind == "pairwise":
            return f"{self.m:,} {self.judged} matrices of order {self.n}"
        text = f"{self.m:,} × {self.n}"
        if self.kind == "smaa":
            return f"{text}, {self.draws:,} weight vectors: rank acceptability and central weights"
        if self.kind == "city-leaders":
            return f"{text} in {self.cities:,} cities, {self.draws:,} weight vectors: who leads"
        if self.kind == "stability":
            return f"{text}: how far each weight can move before another leads"
        if self.cities > 1:
            return f"{text} in {self.cities:,} cities, {layout}"
        if self.kind == "matrix":
            return f"{text}, {layout}"
        aim = "closeness" if self.kind == "draws" else "winner" if self.k == 1 else f"top {self.k}"
        return f"{self.draws:,} weight vectors, {text}, {layout}: {aim}"

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    def make(self) -> "Problem":
        """Make the problem's arrays: always the same for the same size."""
        rng = np.random.default_rng(7)
        if self.kind == "scores":
            # All distinct, so that any right ranking is the only one.
            return Problem(self, (rng.permutation(self.m) + 0.5) / self.m)
        if self.kind == "pairwise":
            return Problem(self, _pairwise(rng, self.judged, self.m, self.n))
        x = rng.lognormal(size=(self.n, self.m)).T
        one = self.kind in ("matrix", "stability")
        weights = rng.dirichlet(np.ones(self.n), None if one else self.draws)
        return Problem(
            self,
            np.asarray(x, order=self.order),
            weights,
            benefit=np.arange(self.n) % 3 > 0,
            starts=_starts(rng, self.m, self.cities) if self.cities > 1 else None,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Arrays of one size."""

    size: Size
    x: np.ndarray
    weights: np.ndarray | None = None
    benefit: np.ndarray | None = None
    starts: np.ndarray | None = None

    @property
    def units(self) -> int:
        """How many figures are asked for: rows, or pairs of a row and a weight vector."""
        return self.size.m * self.size.draws

    @property
    def types(self) -> np.ndarray:
        """Directions as most libraries want them: 1 and -1."""
        return np.where(self.benefit, 1, -1)

    def head(self, most: int | None) -> "Problem":
        """The same problem with fewer rows, cities or weight vectors."""
        size = self.size
        if most is None:
            return self
        if size.kind in ("draws", "leaders", "smaa", "city-leaders"):
            size = replace(size, draws=min(size.draws, most))
            return replace(self, size=size, weights=self.weights[:most])
        if self.starts is None:
            m, starts = min(most, size.m), None
        else:
            m, starts = int([*self.starts, size.m][min(most, size.cities)]), self.starts[:most]
        cities = 1 if starts is None else len(starts)
        rows = np.asarray(self.x[:m], order=size.order)
        return replace(self, size=replace(size, m=m, cities=cities), x=rows, starts=starts)

    def judge(self) -> Callable[[Any], float]:
        """Give the function that tells an answer's largest difference from the right one."""
        return {
            "matrix": _rows,
            "draws": _pairs,
            "leaders": _leaders,
            "scores": _ranks,
            "pairwise": _priorities,
            "smaa": _acceptability,
            "city-leaders": _leader_shares,
            "stability": _intervals,
        }[self.size.kind](self)


def _starts(rng, m, cities):
    """First rows of cities of at least two: one of one has no ideal that differs from it."""
    sizes = 2 + rng.multinomial(m - 2 * cities, np.full(cities, 1 / cities))
    return np.cumsum(sizes) - sizes


def _pairwise(rng, judged, m, order):
    """Reciprocal matrices: of weights, of weights seen dimly on Saaty's scale, or of anything."""
    above = np.triu_indices(order, 1)
    logs = rng.normal(0, 0.8, (m, order))
    upper = (logs[:, :, None] - logs[:, None, :])[:, *above]
    if judged == "realistic":
        upper += rng.normal(0, 0.35, upper.shape)
        upper = np.sign(upper) * np.log(np.clip(np.round(np.exp(np.abs(upper))), 1, 9))
    elif judged == "random":
        upper = rng.choice([-1, 1], upper.shape) * np.log(rng.integers(1, 10, upper.shape))
    x = np.ones((m, order, order))
    x[:, *above] = np.exp(upper)
    x[:, above[1], above[0]] = 1 / x[:, *above]
    return x


def _apart(answer, right):
    right = np.asarray(right, dtype=float)
    return float(np.max(np.abs(answer - right) / np.where(right == 0, 1, right)))


def _rows(problem):
    rows = np.unique(np.linspace(0, problem.size.m - 1, SAMPLE).astype(int))
    if problem.starts is not None:
        rows = reference.whole_cities(problem.size.m, problem.starts, rows[::20])
    given = problem.weights, problem.benefit, problem.starts
    right = reference.closeness(problem.x, rows, *given)
    return lambda answer: _apart(np.asarray(answer)[rows], right)


def _some(problem):
    return np.unique(np.linspace(0, problem.size.draws - 1, 10).astype(int))


def _pairs(problem):
    draws = _some(problem)
    right = reference.minmax_closeness(problem.x, problem.weights[draws], problem.benefit)
    return lambda answer: _apart(answer[draws], right)


def _leaders(problem):
    """Leaders are right where their scores are the highest there are: equals may change places."""
    draws, k = _some(problem), problem.size.k
    scores = reference.minmax_closeness(problem.x, problem.weights[draws], problem.benefit)
    right = -np.sort(-scores, axis=1)[:, :k]
    return lambda answer: _apart(np.take_along_axis(scores, answer[draws], axis=1), right)


def _ranks(problem):
    m, k = problem.size.m, problem.size.k
    if k:
        right = np.argsort(-problem.x)[:k]
        return lambda answer: float(np.max(np.abs(answer - right)))
    right = m - np.floor(problem.x * m)
    return lambda answer: float(np.max(np.abs(answer - right)))


def _priorities(problem):
    """Priorities by their ratio to the right ones; consistency ratios, which may be 0, as such."""
    rows = np.unique(np.linspace(0, problem.size.m - 1, SAMPLE).astype(int))
    vectors, ratios = reference.priorities(problem.x[rows])

    def judge(answer):
        of_ratios = np.max(np.abs(answer[rows, -1] - ratios))
        return max(_apart(answer[rows, :-1], vectors), float(of_ratios))

    return judge


def _acceptability(problem):
    """Shares of ranks, and central weights; those of actors that never lead do not exist."""
    right = reference.acceptability(problem.x, problem.weights, problem.benefit)
    return lambda answer: _apart(np.nan_to_num(answer), np.nan_to_num(right))


def _leader_shares(problem):
    """Looked at in some cities only; what stands beside the shares is not compared."""
    starts = problem.starts[:CITIES]
    rows = int(np.append(problem.starts, problem.size.m)[min(CITIES, problem.size.cities)])
    r = reference.minmax(problem.x[:rows], problem.benefit, starts)
    right = reference.leader_shares(r, problem.weights, starts)
    return lambda answer: _apart(answer.reshape(len(answer), -1)[:rows, 0], right)


def _intervals(problem):
    r = reference.minmax(problem.x, problem.benefit, np.zeros(1, dtype=int))
    return lambda answer: reference.ends_apart(r, problem.weights, answer)
