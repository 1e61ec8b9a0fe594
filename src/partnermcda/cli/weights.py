"""`partnermcda weights`: from pairwise judgements to weights."""

import math
import os
from collections.abc import Mapping, Sequence
from typing import Any, Final

import typer

from partnermcda.catalog import Catalog, builtin_catalogs, load_catalog
from partnermcda.cli import options as opt
from partnermcda.cli.app import app
from partnermcda.cli.consistency import refuse_contradictions
from partnermcda.cli.console import plain, terminal
from partnermcda.cli.show_weights import Label, show_weights
from partnermcda.cli.words import Command
from partnermcda.core.ahp.consistency import ACCEPTABLE
from partnermcda.core.ahp.random_index import random_index as check_index
from partnermcda.errors import Finding, WeightsError, short
from partnermcda.judgements.model import Judgements
from partnermcda.messages import say
from partnermcda.output.files import fingerprint
from partnermcda.output.target import check_weights_target
from partnermcda.output.weights import Origin, weights_document, write_weights
from partnermcda.weighing.ahp import ahp_weights
from partnermcda.weighing.catalogs import catalog_names, catalog_weights
from partnermcda.weighing.result import JudgedWeights

_ANY_ORDER: Final = 3
_NONE: Final = "none"


@app.command(
    "weights",
    cls=Command,
    help="cli.weights",
    epilog="partnermcda weights judgements.xlsx -o weights.xlsx",
)
def weights(
    judgements: opt.JudgementsFile,
    catalog: opt.WeightsCatalog = "urban-services",
    orientation: opt.RestOrientation = None,
    sheet: opt.Sheet = None,
    negative: opt.Negative = None,
    method: opt.Priorities = "eigenvector",
    missing: opt.Missing = "least_squares",
    pooling: opt.Pooling = "aij",
    judge_weight: opt.JudgeWeights = None,
    max_cr: opt.MaxRatio = None,
    random_index: opt.RandomIndex = "alonso-lamata",
    beyond: opt.Beyond = "refuse",
    accept_inconsistent: opt.AcceptInconsistent = False,
    output: opt.WeightsOutput = None,
    quiet: opt.Quiet = False,
    json: opt.Json = False,
    lang: opt.Lang = "en",
) -> None:
    """Weigh criteria by judgements; print the weights, and write them where asked."""
    index = _index(random_index)
    used = None if catalog == _NONE else load_catalog(catalog)
    own = [] if used is None or catalog in builtin_catalogs() else [catalog]
    files = _there([judgements, *own])
    if output is not None:
        check_weights_target(output, files)
    # Taken before reading, so that a file changed meanwhile is found out.
    origin = Origin(used, orientation or "", {name: fingerprint(name) for name in files})
    names = catalog_names(used) if used else None
    said = Judgements.read(judgements, sheet=sheet, names=names, negative=negative)
    how: dict[str, Any] = {
        "method": method,
        "missing": missing,
        "pooling": pooling,
        "judge_weights": _judge_weights(judge_weight or (), said.judges),
        "max_consistency_ratio": max_cr,
        "random_index": index,
        "beyond": beyond,
    }
    judged = _weighed(said, used, orientation, how)
    if json:
        typer.echo(weights_document(judged, lang, origin=origin).model_dump_json(indent=2))
    elif not quiet:
        show_weights(terminal(), judged, _labels(used, lang), ACCEPTABLE, lang)
    if json and judged.weights.too_inconsistent and not accept_inconsistent:
        raise typer.Exit(2)  # the document that is printed tells the ratios
    refuse_contradictions(judged.weights, lang, accepted=accept_inconsistent)
    if output is not None:
        write_weights(judged, output, lang, origin=origin)
        if not (quiet or json):
            terminal().print(plain(say("cli.weights.written", lang, file=output), "bold"))


def _there(names: Sequence[str]) -> list[str]:
    # Unlike Path.is_file, this never raises; what is not there is complained of by its reader.
    return [name for name in names if os.path.isfile(name)]  # noqa: PTH113


def _weighed(
    said: Judgements, catalog: Catalog | None, orientation: str | None, how: Mapping[str, Any]
) -> JudgedWeights:
    if catalog is not None:
        return catalog_weights(said, catalog, orientation=orientation, **how)
    if orientation is not None:
        raise WeightsError(Finding("weightfile.rest_without_catalog"))
    return ahp_weights(said, **how)


def _judge_weights(given: Sequence[str], judges: tuple[str, ...]) -> dict[str, float] | None:
    """Read how much judges count; whoever is not named counts 1."""
    found: dict[str, float] = {}
    faults = []
    for text in given:
        name, _, number_text = (part.strip() for part in text.rpartition("="))
        weight = _float(number_text)
        if weight is None or not 0 <= weight < math.inf:
            faults.append(Finding("weightfile.judge_weight", value=short(text)))
        elif name not in judges:
            told = {"judge": short(name), "judges": ", ".join(judges)}
            faults.append(Finding("judged.judge_unknown", told))
        else:
            found[name] = weight
    if faults:
        raise WeightsError(faults)
    return {judge: found.get(judge, 1.0) for judge in judges} if found else None


def _index(text: str) -> str | float:
    number_or_name = _float(text)
    table = text if number_or_name is None else number_or_name
    check_index(_ANY_ORDER, table)
    return table


def _float(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def _labels(catalog: Catalog | None, language: str) -> Label:
    """Name nodes and criteria by a catalog's labels, or by what judges call them."""
    if catalog is None:
        return str
    named = {pillar.id: pillar.label[language] for pillar in catalog.pillars}
    named |= {criterion.id: criterion.label[language] for criterion in catalog.criteria}
    named[catalog.hierarchy.root] = say("output.about.pillars", language)
    return lambda name: named.get(name, name)
