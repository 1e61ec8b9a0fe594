"""What is asked of a coalition, beside the needs."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from numbers import Integral, Real
from typing import Any, Final, Literal

import numpy as np

from partnermcda.core.weight_space import rng_faults
from partnermcda.errors import Finding, MethodError, short

Robust = Literal["nominal", "worst", "expected"]
_ROBUST: Final = ("nominal", "worst", "expected")
_GATES: Final = ("exclude", "show")


@dataclass(frozen=True, slots=True)
class Wishes:
    """Demands on a coalition, and how it is looked for."""

    size: int = 6
    """Most members."""
    budget: float | None = None
    """Most they may cost together."""
    must_have: Collection[str] = ()
    """Ids of actors who take part."""
    must_not: Collection[str] = ()
    """Ids of actors who do not."""
    incompatible: Collection[tuple[str, str]] = ()
    """Ids of actors who do not take part together."""
    gates: Literal["exclude", "show"] = "exclude"
    """Whether actors who fail a gate can take part."""
    districts: Collection[str] | None = None
    """The project's districts; without them, all that any candidate works in."""
    weights: Mapping[str, float] | None = None
    """What each capability counts; without them, all that are needed count alike."""
    penalty: float = 0.01
    """What each member after the first costs, in shares of all needs."""
    robust: Robust = "worst"
    """Which values of an interval count."""
    draws: int = 30
    """How many states of the world are drawn where the expected value counts."""
    best: int = 1
    """How many different coalitions."""
    time_limit: float = 30.0
    """Seconds for each city."""


def checked(wishes: Wishes, rng: Any) -> Wishes:
    """Bring options into one form, or refuse them with all that is wrong.

    Parameters
    ----------
    wishes : Wishes
        As a user gave them.
    rng : numpy.random.Generator, int or None
        Where random numbers come from; needed where the expected value counts.

    Returns
    -------
    Wishes

    Raises
    ------
    MethodError
    """
    findings = [*_number_faults(wishes), *_name_faults(wishes)]
    for option, names in (("robust", _ROBUST), ("gates", _GATES)):
        value = getattr(wishes, option)
        if value not in names:
            details = {"option": option, "names": ", ".join(names)}
            findings.append(Finding("coalition.option", details, value=short(value)))
    if wishes.robust == "expected":
        findings += rng_faults(rng)
    if findings:
        raise MethodError(findings)
    return replace(
        wishes,
        must_have=tuple(wishes.must_have),
        must_not=tuple(wishes.must_not),
        incompatible=tuple((str(a), str(b)) for a, b in wishes.incompatible),
        districts=None if wishes.districts is None else tuple(wishes.districts),
    )


def _number_faults(wishes: Wishes) -> Iterator[Finding]:
    for option in ("size", "best", "draws"):
        value = getattr(wishes, option)
        if isinstance(value, bool) or not isinstance(value, Integral) or int(value) < 1:
            yield Finding("coalition.count", {"option": option}, value=short(value))
    for option in ("budget", "penalty", "time_limit"):
        value = getattr(wishes, option)
        if value is not None and not is_amount(value):
            yield Finding("coalition.amount", {"option": option}, value=short(value))


def is_amount(value: object) -> bool:
    """Whether something is a finite number, not negative."""
    return not isinstance(value, bool) and isinstance(value, Real) and 0 <= float(value) < np.inf


def _name_faults(wishes: Wishes) -> Iterator[Finding]:
    named = {"must_have": wishes.must_have, "must_not": wishes.must_not}
    if wishes.districts is not None:
        named["districts"] = wishes.districts
    for option, value in named.items():
        if not is_names(value):
            yield Finding("coalition.names", {"option": option}, value=short(value))
    pairs: Any = wishes.incompatible
    if not _is_list(pairs) or not all(is_names(p) and len(p) == len(set(p)) == 2 for p in pairs):
        yield Finding("coalition.pairs", value=short(pairs))


def is_names(value: Any) -> bool:
    """Whether something is a list of texts."""
    return _is_list(value) and all(isinstance(name, str) for name in value)


def _is_list(value: object) -> bool:
    return isinstance(value, Collection) and not isinstance(value, str | bytes | Mapping)
