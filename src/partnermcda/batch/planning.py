"""From what a user asks for to the step that is done with every block."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

import pyarrow as pa

from partnermcda.batch.signs import settle_signs
from partnermcda.batch.source import Source, fingerprint_source
from partnermcda.batch.step import Step
from partnermcda.catalog import Catalog
from partnermcda.core.arrays import Floats
from partnermcda.errors import MOST_LISTED, Finding, InventoryError, capped
from partnermcda.evaluation import Unknown, check_unknown
from partnermcda.inventory.ledger import Ledger
from partnermcda.inventory.numerals import Decimal
from partnermcda.inventory.planning import plan_for
from partnermcda.mapping import Plan, RegisterMapping
from partnermcda.methods import Method, as_method
from partnermcda.ranking import SetAside
from partnermcda.ranking.candidates import Options, as_names, check_options
from partnermcda.tables import Table
from partnermcda.tables.frames import to_frame
from partnermcda.version import __version__
from partnermcda.weights import Weights, as_weights

WeightsLike: TypeAlias = Weights | Mapping[str, float] | Sequence[float] | Floats
MappingLike: TypeAlias = RegisterMapping | str | Path | Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """How a register shall be ranked; the fields are options of :func:`partnermcda.rank`."""

    method: str | Method
    by: Literal["city"] | None
    unknown: Unknown
    set_aside: SetAside
    rank_roles: Collection[str]
    gates: Literal["show", "exclude"]
    min_evidence: float


class Planned(NamedTuple):
    """What is done with every block, and what was found while that was settled."""

    step: Step
    notes: tuple[Finding, ...]


def plan_rows(
    table: Table,
    catalog: Catalog,
    weights: WeightsLike,
    mapping: MappingLike,
    asked: Asked,
    settle: Callable[[Plan, Ledger], dict[str, Decimal | None]],
) -> Planned:
    """Settle how every row is read and ranked; all but which criteria are set aside.

    Parameters
    ----------
    table : Table
        Of which only the columns are looked at.
    catalog, weights, mapping
        As :func:`partnermcda.rank_parquet` takes them.
    asked : Asked
    settle : callable
        Finds the decimal sign of every column of numbers.

    Returns
    -------
    Planned

    Raises
    ------
    PartnerMCDAError
        If an option does not fit, or columns are not known or absent.
    """
    check_unknown(asked.unknown)
    options = Options(
        asked.by, asked.set_aside, as_names(asked.rank_roles), asked.gates, asked.min_evidence
    )
    given, method = as_weights(weights, catalog.entries), as_method(asked.method)
    check_options(catalog.entries, tuple(role.id for role in catalog.roles), options)
    ledger = Ledger(table.file, table.sheet, range(0))
    plan = plan_for(table, catalog, mapping, ledger)
    if ledger.faults:
        raise InventoryError(capped(ledger.faults))
    signs = settle(plan, ledger)
    if ledger.faults:
        raise InventoryError(capped(ledger.faults))
    step = Step(
        catalog, plan, signs, given, method, asked.unknown, options, MOST_LISTED, table.file
    )
    return Planned(step, tuple(ledger.notes))


def plan_source(
    source: Source,
    catalog: Catalog,
    weights: WeightsLike,
    mapping: MappingLike,
    decimal: Decimal | None,
    asked: Asked,
) -> Planned:
    """Settle how every row of a source is read and ranked, as :func:`plan_rows` does."""

    def settle(plan: Plan, ledger: Ledger) -> dict[str, Decimal | None]:
        return settle_signs(source, plan, catalog, decimal or plan.decimal, ledger)

    empty = Table(to_frame(source.schema.empty_table()), source.name, "", "typed")
    step, notes = plan_rows(empty, catalog, weights, mapping, asked, settle)
    return Planned(step, (*source.notes, *notes))


def rests_on(source: Source, step: Step, **others: object) -> dict[str, str]:
    """Tell all that a result hangs on, by name: what a stopped run must have in common with ours.

    Parameters
    ----------
    source : Source
    step : Step
    **others
        More options.

    Returns
    -------
    dict of str to str
    """
    options, plan = step.options, step.plan
    aside = options.set_aside
    asked = {
        "method": step.method.name,
        "by": options.by,
        "unknown": step.unknown,
        "set_aside": aside if isinstance(aside, (str, int, float)) else sorted(aside),
        "rank_roles": sorted(options.rank_roles),
        "gates": options.gates,
        "min_evidence": options.min_evidence,
        "decimal": dict(step.signs),
        **others,
    }
    return {
        "source": fingerprint_source(source),
        "catalog": step.catalog.sha256,
        "mapping": plan.sha256
        if isinstance(plan, RegisterMapping)
        else _hash(plan.model_dump_json()),
        "weights": _hash(json.dumps({n: w.hex() for n, w in step.weights.to_dict().items()})),
        "options": json.dumps(asked, sort_keys=True),
        "version": f"partnermcda {__version__}, pyarrow {pa.__version__}",
    }


def named(step: Step) -> dict[str, Any]:
    """Name what a result rests on, for a reader; and the weights, in full.

    Parameters
    ----------
    step : Step
        Before criteria are set aside.

    Returns
    -------
    dict
        Can be JSON.
    """
    catalog, plan, weights = step.catalog, step.plan, step.weights
    mapping = f"{plan.mapping} {plan.version}" if isinstance(plan, RegisterMapping) else None
    return {
        "catalog": f"{catalog.catalog} {catalog.version}",
        "mapping": mapping,
        "weights_from": weights.source,
        "weights": weights.to_dict(),
    }


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
