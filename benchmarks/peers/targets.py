"""What this library set out to reach, and whether it did."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.peers import cities, judgements, many_weights, one_city, robustness
from benchmarks.peers.contenders import OURS
from benchmarks.peers.results import Results
from benchmarks.peers.sections import (
    CITY_LEADERS,
    IN_CITIES,
    LARGE,
    PAIRWISE,
    SMAA,
    SMALL,
    STABILITY,
    WEIGHTS,
)

CLOSENESS, WINNERS, TOP = WEIGHTS[3:]
OF_ORDER_FIVE = PAIRWISE[:3]


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that must be at least, or at most, so much."""

    what: str
    limit: float
    unit: str
    reach: Callable[[Results], float | None]
    least: bool = False

    def row(self, results: Results) -> str:
        """A row of the table: what, wanted, reached, whether."""
        sign = "≥" if self.least else "≤"
        reached = self.reach(results)
        wanted = f"{sign} {self.limit:g} {self.unit}"
        if reached is None:
            return f"| {self.what} | {wanted} | not measured | |"
        met = reached >= self.limit if self.least else reached <= self.limit
        return (
            f"| {self.what} | {wanted} | {reached:.3g} {self.unit} | {'yes' if met else '**no**'} |"
        )


def _microseconds(name: str) -> Callable[[Results], float | None]:
    def reach(results: Results) -> float | None:
        time = results.time(SMALL, name)
        return time.seconds * 1e6 if time else None

    return reach


def _row_major_pymcdm(results: Results) -> float | None:
    """Numpy's arrays are row-major unless asked otherwise, which is what most callers have."""
    theirs, ours = results.time(LARGE[1], one_city.LOOSE), results.time(LARGE[0], OURS)
    return theirs.nanoseconds / ours.nanoseconds if theirs and ours else None


def _largest_difference(results: Results) -> float | None:
    found = [time.difference for size in PAIRWISE if (time := results.time(size, OURS))]
    return max(found, default=None)


def _leaders_in_scorings(results: Results) -> float | None:
    """All draws together, against one scoring of everybody."""
    ours = results.time(CITY_LEADERS, OURS)
    once = results.time(CITY_LEADERS, robustness.ONCE)
    return ours.seconds / once.seconds if ours and once else None


def _stability_seconds(results: Results) -> float | None:
    time = results.time(STABILITY, OURS)
    return time.seconds if time else None


def _most_memory(results: Results) -> float | None:
    ours = [bytes_ for (_, name), bytes_ in results.memory.items() if name.startswith(OURS)]
    return max(ours) / 2**20 if ours else None


TARGETS = (
    Target(
        f"{LARGE[0]}: pymcdm unvalidated against us",
        50,
        "×",
        lambda results: results.times_ours(LARGE[0], one_city.LOOSE),
        least=True,
    ),
    Target(
        f"{LARGE[0]}: pymcdm unvalidated, given it row-major, against us",
        50,
        "×",
        _row_major_pymcdm,
        least=True,
    ),
    Target(
        f"{LARGE[0]}: against the limit of memory",
        3,
        "×",
        lambda results: results.times_limit(LARGE[0], OURS),
    ),
    Target(
        f"{LARGE[1]}: against the limit of memory",
        4.5,
        "×",
        lambda results: results.times_limit(LARGE[1], OURS),
    ),
    Target(
        f"{IN_CITIES[0]}: pandas `groupby` + pymcdm against us",
        120,
        "×",
        lambda results: results.times_ours(IN_CITIES[0], cities.PANDAS),
        least=True,
    ),
    *(
        Target(
            f"{size}: pymcdm in a loop against us",
            limit,
            "×",
            lambda results, size=size: results.times_ours(size, many_weights.LOOP),
            least=True,
        )
        for size, limit in ((CLOSENESS, 25), (WINNERS, 100), (TOP, 100))
    ),
    *(
        Target(
            f"{size}: {name} against us",
            limit,
            "×",
            lambda results, size=size, name=name: results.times_ours(size, name),
            least=True,
        )
        for size in OF_ORDER_FIVE
        for name, limit in ((judgements.AHPY, 250), (judgements.EIG, 12))
    ),
    Target("priorities and consistency ratios, all matrices", 1e-11, "off", _largest_difference),
    Target(
        f"{SMAA}: {robustness.PYSENSMCDA} against us",
        30,
        "×",
        lambda results: results.times_ours(SMAA, robustness.PYSENSMCDA),
        least=True,
    ),
    Target(f"{CITY_LEADERS}: against scoring once", 30, "×", _leaders_in_scorings),
    Target(str(STABILITY), 1, "s", _stability_seconds),
    Target("10 × 5 through `core.topsis`", 20, "µs", _microseconds(OURS)),
    Target("10 × 5 through `pm.rank`", 150, "µs", _microseconds(one_city.RANKED.name)),
    Target("peak memory beyond input and answer, at any size", 64, "MiB", _most_memory),
)


def table(results: Results) -> str:
    """All targets with what was reached."""
    rows = [target.row(results) for target in TARGETS]
    return "\n".join(("| | wanted | reached | met |", "|---|---|---|---|", *rows))
