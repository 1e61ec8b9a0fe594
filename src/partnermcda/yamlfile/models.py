"""Turn plain data into a checked model, and every fault into a finding with path and line."""

import json
import typing
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final, TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError

from partnermcda.errors import Finding, PartnerMCDAError
from partnermcda.messages import LANGUAGES, message_table
from partnermcda.yamlfile.findings import Place, in_order, path_text
from partnermcda.yamlfile.reading import Document

M = TypeVar("M", bound=BaseModel)
Fault: TypeAlias = tuple[Place, str, Mapping[str, Any]]
"""A fault of meaning: where it is, the key of its sentence, the fields of the sentence."""

IDENTIFIER: Final = r"^[a-z][a-z0-9_]{0,63}$"
"""What an id in our files looks like."""

_ROOMS: Final = ("", "schema.", "catalog.", "mapping.")


def load_model(
    document: Document,
    model: type[M],
    error: type[PartnerMCDAError],
    *,
    also: Callable[[Any], list[Fault]] | None = None,
) -> M:
    """Make a model of a document.

    Parameters
    ----------
    document : Document
        From :func:`read_yaml`.
    model : type of pydantic model
        What the file shall be.
    error : type of PartnerMCDAError
        The class to raise.
    also : callable, optional
        Finds faults of meaning in the data, whether or not their form has faults, so that both
        are told at once. A model that finds them itself raises a ``findings`` error with the same
        faults.

    Returns
    -------
    model

    Raises
    ------
    PartnerMCDAError
        Of class `error`, with every fault.
    """
    made, details = _validated(document, model)
    faults = [fault for detail in details for fault in _faults(detail, model)]
    if also and not any(detail["type"] == "findings" for detail in details):
        faults += also(document.data)
    if made is None or faults:
        raise error(in_order(_finding(document, fault) for fault in faults))
    return made


def _validated(document: Document, model: type[M]) -> tuple[M | None, Sequence[Any]]:
    try:
        return model.model_validate_json(json.dumps(document.data)), ()
    except ValidationError as fault:
        return None, fault.errors(include_url=False, include_input=False)


def _faults(detail: Any, model: type[BaseModel]) -> list[Fault]:
    context = dict(detail.get("ctx", {}))
    place = tuple(step for step in detail["loc"] if step != "[key]")
    if detail["type"] == "findings":
        return [((*place, *path), code, facts) for path, code, facts in context["findings"]]
    if "field" in context:
        place = (*place, context["field"])
    if "expected" in context:
        context["expected"] = str(context["expected"]).replace(" or ", ", ").replace("'", "")
    if detail["type"] == "extra_forbidden":
        return [_unknown_field(place, model)]
    return [(place, _code(detail, context), {"name": place[-1] if place else "", **context})]


def _code(detail: Any, context: Mapping[str, Any]) -> str:
    if context.get("pattern") == IDENTIFIER:
        return "schema.identifier"
    if detail["type"] == "missing" and detail["loc"][-1] in LANGUAGES:
        return "schema.translation"
    table = message_table()
    keys = (f"{room}{detail['type']}" for room in _ROOMS)
    return next((key for key in keys if key in table), "schema.other")


def _unknown_field(place: Place, model: type[BaseModel]) -> Fault:
    known = _fields_at(model, place[:-1])
    name = str(place[-1])
    near = get_close_matches(name, known, n=len(known))
    names = [*near, *(field for field in known if field not in near)]
    return place, "schema.extra_forbidden", {"name": name, "names": ", ".join(names)}


def _fields_at(model: type[BaseModel], place: Place) -> list[str]:
    for step in place:
        if isinstance(step, str) and step in model.model_fields:
            model = _model_within(model.model_fields[step].annotation) or model
    return list(model.model_fields)


def _model_within(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_within(part) for part in typing.get_args(annotation))
    return next((model for model in found if model), None)


def _finding(document: Document, fault: Fault) -> Finding:
    place, code, details = fault
    return Finding(
        code,
        details,
        file=document.file,
        value=document.shown(place),
        path=path_text(place),
        line=document.line(place),
    )
