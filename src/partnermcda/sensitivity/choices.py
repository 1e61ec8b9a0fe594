"""The choices behind a ranking, and between what each could have been made."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from numbers import Real
from typing import Final, Literal, TypeAlias, get_args

from partnermcda.errors import Finding, MethodError, short
from partnermcda.evaluation import Unknown
from partnermcda.methods import Method, as_method

WeightsChoice: TypeAlias = Literal["any", "around", "pillars", "orientations", "given"]
Normalization: TypeAlias = Literal["fixed", "vector", "minmax", "total", "peak"]

_WEIGHTS: Final = get_args(WeightsChoice)
_NORMALIZATIONS: Final = get_args(Normalization)
_WAYS: Final = ("interval", "prior")


@dataclass(frozen=True, slots=True)
class Choices:
    """What could have been chosen otherwise; of several, the first is what was chosen.

    Each is drawn on its own: between several at equal odds, within a range evenly. One name, or a
    range of 0, leaves a choice as it is.

    Raises
    ------
    MethodError
        With everything that cannot be chosen.

    Examples
    --------
    >>> choices = Choices(weights="around", concentration=50, method=("topsis", "vikor"))
    >>> [method.name for method in choices.methods]
    ['topsis', 'vikor(v=0.5)']
    """

    weights: WeightsChoice = "any"
    """``any`` weights, each vector as likely as any other; ``around`` those given; ``pillars``, any
    weights of the pillars and any within each, told apart; those of one of the catalog's
    ``orientations``; or as ``given``."""
    concentration: float | None = None
    """How closely weights lie around those given: as many observations as they are worth."""
    bounds: float = 0.1
    """By what share of the distance between them a criterion's two bounds move, up or down."""
    transform: bool = True
    """Whether a criterion could be measured on the other scale: linear, or in powers of ten."""
    normalization: tuple[Normalization, ...] = ("fixed", "vector", "minmax")
    """What values are measured by: the catalog's bounds (``fixed``), or one another within each
    city (``vector``, ``minmax``, ``total``, ``peak``)."""
    method: tuple[str | Method, ...] = ("topsis", "weighted_sum", "vikor")
    """How actors are scored; TOPSIS measured by one another takes the ideals observed."""
    unknown: tuple[Unknown, ...] = ("interval", "prior")
    """What a missing answer can be: anything, or what the guide leads one to expect."""
    missing: bool = True
    """Whether each missing answer lies anywhere in its interval, or in the middle of it."""

    def __post_init__(self) -> None:
        findings = [
            *self._weights_faults(),
            *self._range_faults(),
            *_several("normalization", self.normalization, _NORMALIZATIONS),
            *_several("unknown", self.unknown, _WAYS),
            *_several("method", self.method, None),
        ]
        if findings:
            raise MethodError(findings)
        names = [method.name for method in self.methods]
        if len(set(names)) < len(names):
            raise MethodError(Finding("sensitivity.repeated", {"choice": "method"}))

    @property
    def methods(self) -> tuple[Method, ...]:
        """The ways to score, as values."""
        return tuple(as_method(method) for method in self.method)

    def _weights_faults(self) -> Iterator[Finding]:
        if self.weights not in _WEIGHTS:
            details = {"name": short(self.weights), "names": ", ".join(_WEIGHTS)}
            yield Finding("sensitivity.weights", details)
        elif (self.weights == "around") != (self.concentration is not None):
            yield Finding("sensitivity.concentration_alone")
        elif self.concentration is not None and not (
            _is_number(self.concentration) and 0 < self.concentration < float("inf")
        ):
            yield Finding("sensitivity.concentration", value=short(self.concentration))

    def _range_faults(self) -> Iterator[Finding]:
        if not (_is_number(self.bounds) and 0 <= self.bounds < 0.5):
            yield Finding("sensitivity.bounds", value=short(self.bounds))
        for name in ("transform", "missing"):
            if not isinstance(getattr(self, name), bool):
                details = {"choice": name}
                yield Finding("sensitivity.truth", details, value=short(getattr(self, name)))


def _several(choice: str, given: object, names: Collection[str] | None) -> Iterator[Finding]:
    if not isinstance(given, tuple) or not given:
        yield Finding("sensitivity.tuple", {"choice": choice}, value=short(given))
        return
    if names is None:
        return
    for name in given:
        if name not in names:
            details = {"choice": choice, "name": short(name), "names": ", ".join(names)}
            yield Finding("sensitivity.name", details)
    if len(set(given)) < len(given):
        yield Finding("sensitivity.repeated", {"choice": choice})


def _is_number(given: object) -> bool:
    return isinstance(given, Real) and not isinstance(given, bool)
