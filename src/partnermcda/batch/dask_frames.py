"""Rank a Dask frame, partition by partition, with as few rows moved between them as can be."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from partnermcda.batch.block import rank_block
from partnermcda.batch.dask_survey import (
    Check,
    Look,
    all_checks,
    all_looks,
    check,
    look_at,
    moves,
    no_check,
    no_look,
    targets,
)
from partnermcda.batch.evidence import aside_by, with_set_aside
from partnermcda.batch.frames import ranked_frame
from partnermcda.batch.planning import Asked, WeightsLike, plan_rows
from partnermcda.batch.step import Step, counted_from
from partnermcda.catalog import Catalog
from partnermcda.errors import Finding, InventoryError, MethodError, capped
from partnermcda.evaluation import Unknown
from partnermcda.inventory.decimals import Proofs, settle_decimals
from partnermcda.inventory.ledger import Ledger
from partnermcda.inventory.numerals import Decimal
from partnermcda.inventory.register import number_columns
from partnermcda.mapping import Plan
from partnermcda.methods import Method
from partnermcda.output.tables import SCHEMA
from partnermcda.ranking import SetAside
from partnermcda.tables import Table, read_table

_FAN: Final = 16
"""So many findings are added up in one task."""


def rank_dask(
    ddf: Any,
    catalog: Catalog,
    weights: WeightsLike,
    method: str | Method = "topsis",
    by: Literal["city"] = "city",
    *,
    mapping: str | Path | Mapping[str, Any] | None = None,
    decimal: Decimal | None = None,
    unknown: Unknown = "interval",
    set_aside: SetAside = "unobserved",
    rank_roles: Collection[str] = (),
    gates: Literal["show", "exclude"] = "show",
    min_evidence: float = 0.0,
) -> Any:
    """Rank the actors of a Dask frame within each city, on whatever cluster Dask works with.

    Parameters
    ----------
    ddf : dask.dataframe.DataFrame
        One row an actor; rows are counted from 1 over all partitions. The rows of a city may be
        split over partitions.
    catalog, weights, method, set_aside, rank_roles, gates, min_evidence
        As :func:`partnermcda.rank` takes them.
    by : {"city"}
        Actors are ranked within their city.
    mapping, decimal
        As :func:`partnermcda.read_inventory` takes them.
    unknown
        As :func:`partnermcda.evaluate` takes it.

    Returns
    -------
    dask.dataframe.DataFrame
        The ranking, with as many partitions: each has whole cities, by city, rank and id, with
        the columns of :meth:`Ranking.to_frame`. It is computed when asked for.

    Raises
    ------
    MethodError
        If Dask is not installed, or an option does not fit.
    InventoryError
        If rows are at fault. That an id is given twice in a city that is split over partitions
        is raised when the result is computed.

    Notes
    -----
    The figures are those :func:`partnermcda.rank` gives in memory, bit for bit. The frame is
    computed twice at once, the first time for few of its columns: to see which cities are split
    and what is known of the criteria; and again with the result. Only rows of split cities are
    moved, all of a city to one partition.

    Examples
    --------
    >>> import dask.dataframe as dd
    >>> import partnermcda as pm
    >>> actors = pd.DataFrame({
    ...     "city": ["Dakar", "Thiès", "Dakar"], "actor_id": ["a", "b", "c"],
    ...     "actor": ["Ada", "Bo", "Cy"], "actor_type": ["ngo", "start_up", "ngo"],
    ...     "res_technical": [2.0, 4.0, 3.0]})
    >>> catalog = pm.load_catalog("urban-services")
    >>> ddf = dd.from_pandas(actors, npartitions=2)
    >>> ranked = rank_dask(ddf, catalog, catalog.weights("balanced")).compute()
    >>> ranked.sort_values(["city", "rank"])["actor"].tolist()
    ['Cy', 'Ada', 'Bo']
    """
    _refuse(ddf, by)
    asked = Asked(method, by, unknown, set_aside, rank_roles, gates, min_evidence)
    headers = Table(pd.DataFrame(columns=ddf.columns), "", "", "typed")
    looks: list[Look] = []

    def settle(plan: Plan, ledger: Ledger) -> dict[str, Decimal | None]:
        looks.append(_look(ddf, plan, catalog.amounts))
        names = sorted(number_columns(plan, catalog.amounts))
        proofs = {name: looks[0].proofs.get(name, Proofs()) for name in names}
        return settle_decimals(proofs, decimal or plan.decimal, ledger)

    step = plan_rows(headers, catalog, weights, mapping, asked, settle).step
    return _ranked(ddf[list(step.columns)], step, looks[0])


def _refuse(ddf: Any, by: str | None) -> None:
    """Refuse what is no Dask frame, and ranking all together."""
    try:
        from dask.dataframe import DataFrame
    except ImportError:
        raise MethodError(Finding("batch.dask")) from None
    findings = []
    if not isinstance(ddf, DataFrame):
        findings.append(Finding("batch.dask_frame", {"type": type(ddf).__name__}))
    if by != "city":
        findings.append(Finding("batch.dask_by"))
    if findings:
        raise MethodError(findings)


def _look(ddf: Any, plan: Plan, shares: Sequence[str]) -> Look:
    """Take a first look at all partitions."""
    texts = {n for n in number_columns(plan, shares) if not _is_number(ddf.dtypes[n])}
    columns = sorted({*plan.columns["city"].reads, *texts})
    from dask.delayed import delayed

    look, held = delayed(_look_one), delayed((plan, shares), traverse=False)
    parts = ddf[columns].to_delayed()
    found: Look = _added_up([look(part, p, held) for p, part in enumerate(parts)], all_looks)
    return found


def _look_one(frame: pd.DataFrame, partition: int, held: tuple[Plan, Sequence[str]]) -> Look:
    if not len(frame):
        return no_look(partition)
    return look_at(read_table(frame), *held, partition)


def _is_number(dtype: Any) -> bool:
    return bool(pd.api.types.is_numeric_dtype(dtype))


def _added_up(found: list[Any], add: Callable[[list[Any]], Any]) -> Any:
    """Compute findings, added up by sixteens, so that no task waits for all."""
    from dask.delayed import delayed

    add = delayed(add)
    while len(found) > 1:
        found = [add(found[start : start + _FAN]) for start in range(0, len(found), _FAN)]
    return found[0].compute()


def _ranked(ddf: Any, step: Step, look: Look) -> Any:
    """Check all partitions, and say how they are ranked."""
    import dask.dataframe as dd
    from dask.delayed import delayed

    goes, sizes = moves(look), [look.sizes[p] for p in range(len(look.sizes))]
    before = np.cumsum([0, *sizes]).tolist()
    frames = ddf.to_delayed()
    tables = [delayed(_numbered)(frame, n) for frame, n in zip(frames, before, strict=False)]
    held = delayed((step, goes), traverse=False)
    checks = [delayed(_check_one)(table, p, held) for p, table in enumerate(tables)]
    found: Check = _added_up(checks, all_checks)
    if found.faults:
        raise InventoryError(found.faults)
    if not found.evidence.asked:
        raise InventoryError(Finding("rank.nobody", {"count": sum(sizes)}))
    aside = aside_by(step.options.set_aside, found.evidence, step.catalog)
    final = delayed(with_set_aside(step, aside), traverse=False)
    pieces = _sent(tables, found.sends, delayed((step.plan, goes), traverse=False))
    ranked = [delayed(_rank_pieces)(some, final) for some in pieces]
    return dd.from_delayed(ranked, meta=ranked_frame(SCHEMA.empty_table()))


def _numbered(frame: pd.DataFrame, before: int) -> Table | None:
    """Count the rows of a partition from `before` on; None if it has none."""
    if not len(frame):
        return None
    return counted_from(before, read_table(frame))


def _check_one(table: Table | None, partition: int, held: tuple[Step, Mapping[str, int]]) -> Check:
    if table is None:
        return no_check(held[0], partition)
    return check(table, *held, partition)


def _sent(
    tables: Sequence[Any], sends: Mapping[int, tuple[int, ...]], held: Any
) -> list[list[Any]]:
    """Say which pieces make each partition, in the order in which their rows were."""
    from dask.delayed import delayed

    pieces: list[list[Any]] = [[] for _ in tables]
    for partition, table in enumerate(tables):
        if not sends[partition]:
            pieces[partition].append(table)
            continue
        parted = delayed(_parted)(table, partition, held)
        for target in (partition, *sends[partition]):
            pieces[target].append(parted[target])
    return pieces


def _parted(table: Table, partition: int, held: tuple[Plan, Mapping[str, int]]) -> dict[int, Table]:
    """Part the rows of a partition by where they belong."""
    to = targets(table, *held, partition)
    places = (partition, *np.setdiff1d(to, [partition]).tolist())
    return {place: replace(table, frame=table.frame[to == place]) for place in places}


def _rank_pieces(tables: Sequence[Table | None], step: Step) -> pd.DataFrame:
    """Rank the actors of whole cities."""
    some = [table for table in tables if table is not None and len(table.frame)]
    if not some:
        return ranked_frame(SCHEMA.empty_table())
    frame = pd.concat([table.frame for table in some]) if len(some) > 1 else some[0].frame
    ranked = rank_block(replace(some[0], frame=frame), step)
    if ranked.faults:
        raise InventoryError(capped(ranked.faults))
    return ranked_frame(ranked.actors)
