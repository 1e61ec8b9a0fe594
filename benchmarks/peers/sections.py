"""Which problems are posed, and who takes part in each."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.peers import cities, judgements, many_weights, one_city, ordering, robustness
from benchmarks.peers.contenders import Contender, installed, missing
from benchmarks.peers.limit import LIMIT
from benchmarks.peers.problems import Size


@dataclass(frozen=True, slots=True)
class Section:
    """Problems of one kind."""

    name: str
    """Of its place in the page, too."""
    sizes: tuple[Size, ...]
    quick: tuple[Size, ...]
    """Sizes that take no time, to see that all works."""
    contenders: Callable[[Size], tuple[Contender, ...]]
    memory: tuple[Size, ...] = ()
    """Sizes whose peak of memory is measured."""
    limited: bool = False
    """Whether the limit of memory says something here."""

    def runners(self, size: Size) -> tuple[Contender, ...]:
        """Contenders of a race, the limit first."""
        return (*([LIMIT] if self.limited else []), *installed(self.contenders(size)))

    def missing(self) -> set[str]:
        """Contenders that are not installed."""
        return {name for size in self.sizes for name in missing(self.contenders(size))}


def _table(m: int, n: int = 8, order: str = "F", cities: int = 1) -> Size:
    return Size("matrix", m, n, order, cities)


def _draws(m: int, draws: int, k: int = 0) -> Size:
    return Size("leaders" if k else "draws", m, order="C", draws=draws, k=k)


def _pairwise(m: int, order: int, judged: str) -> Size:
    return Size("pairwise", m, order, "C", judged=judged)


SMALL = _table(10, 5, "C")
LARGE = (_table(10**7), _table(10**7, order="C"))
IN_CITIES = (_table(10**6, cities=10_000), _table(10**6, cities=100_000))
WEIGHTS = tuple(_draws(m, 1_000, k) for m in (10**4, 10**5) for k in (0, 1, 10))
ORDERS = tuple(Size("scores", m, 1, k=k) for k in (0, 10) for m in (10**5, 10**6, 10**7))
JUDGED = ("consistent", "realistic", "random")
PAIRWISE = tuple(_pairwise(10**5, order, judged) for order in (5, 3, 10) for judged in JUDGED)
SMAA = Size("smaa", 8, 4, draws=10_000)
CITY_LEADERS = Size("city-leaders", 10**6, order="C", cities=10_000, draws=100)
STABILITY = Size("stability", 10**6, order="C")
ROBUSTNESS = {
    "smaa": robustness.SMAA,
    "city-leaders": robustness.LEADERS,
    "stability": robustness.STABILITY,
}

SECTIONS = (
    Section(
        "one-city",
        (
            *(_table(m, order=order) for order in "FC" for m in (10**5, 10**6)),
            *(_table(10**6, 20, order) for order in "FC"),
            *LARGE,
        ),
        (_table(2_000), _table(2_000, 20, "C")),
        lambda _: one_city.CONTENDERS,
        LARGE,
        limited=True,
    ),
    Section(
        "cities",
        IN_CITIES,
        (_table(2_000, cities=20),),
        lambda _: cities.CONTENDERS,
        IN_CITIES[:1],
        limited=True,
    ),
    Section(
        "many-weights",
        WEIGHTS,
        tuple(_draws(500, 50, k) for k in (0, 1, 10)),
        lambda size: many_weights.LEADERS if size.k else many_weights.CLOSENESS,
        tuple(size for size in WEIGHTS if size.m == 10**5),
    ),
    Section(
        "small",
        (SMALL,),
        (SMALL,),
        lambda _: (*one_city.CONTENDERS, one_city.RANKED),
    ),
    Section(
        "ordering",
        ORDERS,
        (Size("scores", 5_000, 1), Size("scores", 5_000, 1, k=10)),
        lambda size: ordering.TOP if size.k else ordering.RANKS,
    ),
    Section(
        "judgements",
        PAIRWISE,
        tuple(_pairwise(1_000, 5, judged) for judged in JUDGED),
        lambda _: judgements.CONTENDERS,
    ),
    Section(
        "robustness",
        (SMAA, CITY_LEADERS, STABILITY),
        (
            Size("smaa", 8, 4, draws=200),
            Size("city-leaders", 2_000, order="C", cities=20, draws=10),
            Size("stability", 2_000, order="C"),
        ),
        lambda size: ROBUSTNESS[size.kind],
        (CITY_LEADERS, STABILITY),
    ),
)
