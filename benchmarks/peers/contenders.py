"""Who takes part in a race, and who is missing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any

OURS = "partnermcda"
# A distribution is rarely named as its module is.
DISTRIBUTIONS = {
    "numpy": "numpy",
    "pymcdm": "pymcdm",
    "pandas": "pandas",
    "scipy": "scipy",
    "skcriteria": "scikit-criteria",
    "pyrepo_mcda": "pyrepo-mcda",
    "pyDecision": "pyDecision",
    "numba": "numba",
    "polars": "polars",
    "duckdb": "duckdb",
    "ahpy": "ahpy",
    "pysensmcda": "pysensmcda",
}


def same(answer: Any) -> Any:
    """Answer as it is."""
    return answer


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to solve a problem.

    `prepare` brings the arrays into the library's own form, which is not timed, and returns the
    call that is; `finish` makes its answer comparable, not timed either.
    """

    name: str
    prepare: Callable[[Any], Callable[[], Any]]
    needs: tuple[str, ...] = ()
    most: int | None = None
    """The most rows, cities or weight vectors it is given: what it would take hours for is cut."""
    finish: Callable[[Any], Any] = field(default=same)
    fills: bool = False
    """Whether it writes into an array made beforehand, which then is no memory of its own."""


def installed(contenders: Iterable[Contender]) -> tuple[Contender, ...]:
    """Keep the contenders that can run here."""
    return tuple(c for c in contenders if all(map(find_spec, c.needs)))


def missing(contenders: Iterable[Contender]) -> tuple[str, ...]:
    """Name the contenders that cannot."""
    return tuple(c.name for c in contenders if not all(map(find_spec, c.needs)))


def releases() -> dict[str, str]:
    """Release of every library that takes part; of one that is not there, "not installed"."""
    found = {}
    for distribution in (OURS, *DISTRIBUTIONS.values()):
        try:
            found[distribution] = version(distribution)
        except PackageNotFoundError:
            found[distribution] = "not installed"
    return found
