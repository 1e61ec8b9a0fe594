"""What a mapping must not say, whatever its form: faults of meaning, all of them at once."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from partnermcda.catalog import Attribute, Catalog, Criterion, Scale
from partnermcda.catalog.words import (
    IDENTITY,
    Vocabulary,
    flag_words,
    gate_words,
    nearest,
    rating_words,
    type_words,
)
from partnermcda.errors import short
from partnermcda.mapping.model import Number
from partnermcda.yamlfile import Fault

_OF_NUMBERS: Final = ("per", "factor", "offset", "missing", "limits", "outside")
_NUMBER: Final = TypeAdapter(Number)


def meaning_faults(data: Any, catalog: Catalog) -> list[Fault]:
    """Find what a mapping says that cannot be, in data whose form may have faults too.

    Parameters
    ----------
    data : object
        A mapping as plain data.
    catalog : Catalog
        The catalog it maps to.

    Returns
    -------
    list of (path, code, details)
    """
    if not isinstance(data, dict):
        return []
    return [
        *_catalog_fault(data, catalog),
        *_column_faults(_part(data, "columns"), catalog),
        *_criteria_faults(_part(data, "criteria"), catalog),
    ]


def _part(data: Mapping[str, Any], key: str) -> dict[str, Any]:
    part = data.get(key)
    return part if isinstance(part, dict) else {}


def _catalog_fault(data: Mapping[str, Any], catalog: Catalog) -> Iterator[Fault]:
    name = data.get("catalog")
    if isinstance(name, str) and name != catalog.catalog:
        yield ("catalog",), "mapping.catalog", {"name": name, "expected": catalog.catalog}


def _column_faults(columns: Mapping[str, Any], catalog: Catalog) -> Iterator[Fault]:
    for name in IDENTITY:
        if name not in columns:
            yield ("columns",), "mapping.required", {"name": name}
    known = (
        *IDENTITY,
        *(flag.id for flag in catalog.flags),
        *(gate.id for gate in catalog.gates),
        *(attribute.id for attribute in catalog.attributes),
    )
    meanings = _choices(catalog)
    amounts = {a.id: a.possible for a in catalog.attributes if a.possible is not None}
    for name, source in columns.items():
        if name not in known:
            yield ("columns", name), "mapping.unknown_name", _near(name, known)
        if isinstance(source, dict):
            faults = [*_text_faults(source, meanings.get(name))]
            faults += _amount_faults(source, amounts[name]) if name in amounts else []
            for place, code, details in faults:
                yield ("columns", name, *place), code, details


def _choices(catalog: Catalog) -> dict[str, Vocabulary]:
    return {
        "actor_type": type_words(catalog.actor_types),
        **{gate.id: gate_words(gate) for gate in catalog.gates},
        **{flag.id: flag_words() for flag in catalog.flags},
    }


def _text_faults(source: Mapping[str, Any], words: Vocabulary | None) -> Iterator[Fault]:
    given = [key for key in ("column", "columns", "value") if source.get(key) is not None]
    if len(given) != 1:
        yield (), "mapping.one_text_source", {"count": len(given)}
    if "join" in source and "columns" not in source:
        yield ("join",), "mapping.join_alone", {}
    if "recode" in source and "value" in source:
        yield ("recode",), "mapping.value_alone", {"name": "recode"}
    if words is None:
        return
    for place, value in _constants(source):
        if value is not None and words.meaning(_text(value)) is None:
            yield place, "mapping.unknown_word", {"nearest": words.nearest(_text(value))}


def _amount_faults(source: Mapping[str, Any], possible: Scale) -> Iterator[Fault]:
    if "columns" in source:
        yield ("columns",), "mapping.amount_columns", {}
    for place, value in _constants(source):
        number = None if isinstance(value, bool) else _number(value)
        if value is not None and (number is None or _is_impossible(number, possible)):
            yield place, "mapping.amount", {"interval": possible.interval()}


def _criteria_faults(criteria: Mapping[str, Any], catalog: Catalog) -> Iterator[Fault]:
    known = {criterion.id: criterion for criterion in catalog.criteria}
    ratings = rating_words(catalog.ratings)
    for name, source in criteria.items():
        if name not in known:
            yield ("criteria", name), "mapping.unknown_criterion", _near(name, tuple(known))
        if isinstance(source, dict):
            for place, code, details in _number_faults(source, known.get(name), ratings):
                yield ("criteria", name, *place), code, details


def _number_faults(
    source: Mapping[str, Any], criterion: Criterion | None, ratings: Vocabulary
) -> Iterator[Fault]:
    given = [key for key in ("column", "value") if source.get(key) is not None]
    if len(given) != 1:
        yield (), "mapping.one_source", {"count": len(given)}
    if "per" in source and "column" not in source:
        yield ("per",), "mapping.per_alone", {}
    for key in (*_OF_NUMBERS, "recode"):
        if key in source and "value" in source:
            yield (key,), "mapping.value_alone", {"name": key}
        elif key in _OF_NUMBERS and key in source and "recode" in source:
            yield (key,), "mapping.recode_alone", {"name": key}
    yield from _limit_faults(source)
    if criterion is not None:
        yield from _constant_faults(source, criterion, ratings)


def _limit_faults(source: Mapping[str, Any]) -> Iterator[Fault]:
    if "outside" in source and not {"limits", "value", "recode"} & set(source):
        yield ("outside",), "mapping.outside_alone", {}
    if _number(source.get("factor")) == 0:
        yield ("factor",), "mapping.factor_zero", {}
    limits = source.get("limits")
    if isinstance(limits, list) and len(limits) == 2:
        low, high = (_number(limit) for limit in limits)
        if low is not None and high is not None and not low < high:
            yield ("limits",), "mapping.limits", {"low": low, "high": high}


def _constant_faults(
    source: Mapping[str, Any], criterion: Criterion, ratings: Vocabulary
) -> Iterator[Fault]:
    possible = criterion.possible
    interval = possible.interval()
    for place, value in _constants(source):
        if isinstance(value, str):
            if not possible.words:
                yield place, "mapping.no_words", {"interval": interval, **units(criterion)}
            elif ratings.meaning(value) is None:
                yield place, "mapping.unknown_word", {"nearest": ratings.nearest(value)}
        elif _is_impossible(value, possible):
            yield place, "mapping.impossible", {"interval": interval, **units(criterion)}


def _is_impossible(value: object, possible: Scale) -> bool:
    """Whether something is a number that cannot be; what is no number is told elsewhere."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    low = value > possible.minimum or (value == possible.minimum and not possible.above)
    return not (low and value <= possible.maximum)


def units(criterion: Criterion) -> dict[str, Any]:
    """Name a criterion's unit and question, as fields of a sentence."""
    return {
        "criterion": criterion.id,
        "unit": criterion.unit.model_dump(),
        "question": criterion.question.model_dump(),
    }


def attribute_units(attribute: Attribute) -> dict[str, Any]:
    """Name an attribute's unit and question, as fields of a sentence."""
    label = attribute.label.model_dump()
    unit = label if attribute.kind == "money" else {"en": "0-1", "fr": "0-1"}
    return {"unit": unit, "question": label}


def _constants(source: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every value a source states itself, with its place."""
    if source.get("value") is not None:
        yield ("value",), source["value"]
    recode = source.get("recode")
    if isinstance(recode, dict):
        for category, value in recode.items():
            yield ("recode", category), value


def _near(name: str, known: tuple[str, ...]) -> dict[str, str]:
    return {"name": short(name), "nearest": nearest(name, known)}


def _number(value: object) -> float | None:
    try:
        return _NUMBER.validate_python(value)
    except ValidationError:
        return None


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
