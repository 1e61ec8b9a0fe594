"""Rank frames that come one after the other, each with whole cities."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, Literal

import pandas as pd
import pyarrow as pa

from partnermcda.batch.block import rank_block
from partnermcda.batch.evidence import with_set_aside
from partnermcda.batch.planning import Asked, WeightsLike, plan_rows
from partnermcda.batch.step import counted_from
from partnermcda.catalog import Catalog
from partnermcda.errors import Finding, InventoryError, MethodError, capped
from partnermcda.evaluation import Unknown
from partnermcda.inventory.ledger import Ledger
from partnermcda.inventory.numerals import Decimal
from partnermcda.inventory.register import number_columns
from partnermcda.mapping import Plan
from partnermcda.methods import Method
from partnermcda.ranking.candidates import as_names
from partnermcda.tables import read_table

_TEXT: Final = pd.StringDtype("pyarrow")


def rank_frames(
    frames: Iterable[Any],
    catalog: Catalog,
    weights: WeightsLike,
    method: str | Method = "topsis",
    *,
    mapping: str | Path | dict[str, Any] | None = None,
    decimal: Decimal = "point",
    unknown: Unknown = "interval",
    set_aside: Literal["none"] | Collection[str] = "none",
    rank_roles: Collection[str] = (),
    gates: Literal["show", "exclude"] = "show",
    min_evidence: float = 0.0,
) -> Iterator[pd.DataFrame]:
    """Rank the actors of frames that come one after the other, within each city.

    Parameters
    ----------
    frames : iterable of frame
        Each as :func:`partnermcda.read_inventory` takes it, with all actors of its cities; rows
        are counted over all of them.
    catalog, weights, method, mapping, unknown, rank_roles, gates, min_evidence
        As :func:`partnermcda.rank_parquet` takes them.
    decimal : {"point", "comma"}
        Decimal sign where numbers are texts.
    set_aside : "none" or collection of str
        Criteria that are judged for nobody, by name: which of them nobody answers is only known
        when the last frame has come.

    Yields
    ------
    DataFrame
        The ranking of each frame, as :meth:`Ranking.to_frame` lays it out.

    Raises
    ------
    InventoryError
        When a frame has faults, or a city that an earlier one had.
    MethodError
        If an option does not fit.

    Examples
    --------
    >>> import partnermcda as pm
    >>> catalog = pm.load_catalog("urban-services")
    >>> actors = pd.DataFrame({
    ...     "city": ["Dakar", "Dakar", "Thiès"], "actor_id": ["a", "b", "c"],
    ...     "actor": ["Ada", "Bo", "Cy"], "actor_type": ["ngo", "start_up", "ngo"],
    ...     "res_technical": [2.0, 4.0, 3.0]})
    >>> frames = (frame for _, frame in actors.groupby("city"))
    >>> ranked = rank_frames(frames, catalog, catalog.weights("balanced"))
    >>> [frame["actor"].tolist() for frame in ranked]
    [['Bo', 'Ada'], ['Cy']]
    """
    if set_aside == "unobserved" or isinstance(set_aside, (int, float)):
        raise MethodError(Finding("batch.whole_register", {"rule": str(set_aside)}))
    named = () if set_aside == "none" else as_names(set_aside)
    asked = Asked(
        method=method,
        by="city",
        unknown=unknown,
        set_aside=set_aside,
        rank_roles=rank_roles,
        gates=gates,
        min_evidence=min_evidence,
    )

    def settle(plan: Plan, _: Ledger) -> dict[str, Decimal | None]:
        return dict.fromkeys(number_columns(plan, catalog.amounts), plan.decimal or decimal)

    step = None
    seen: set[str] = set()
    rows = 0
    for source in frames:
        table = counted_from(rows, read_table(source))
        rows += len(table.frame)
        if step is None:
            planned = plan_rows(table, catalog, weights, mapping, asked, settle)
            step = with_set_aside(planned.step, named)
        ranked = rank_block(table, step)
        if ranked.faults:
            raise InventoryError(capped(ranked.faults))
        _refuse_again(set(ranked.cities.column("city").to_pylist()), seen)
        yield ranked_frame(ranked.actors)


def ranked_frame(actors: pa.Table) -> pd.DataFrame:
    """Lay a ranking out as :meth:`Ranking.to_frame` does, where a type not known is empty.

    Parameters
    ----------
    actors : pyarrow.Table

    Returns
    -------
    DataFrame
    """
    frame: pd.DataFrame = actors.to_pandas(types_mapper={pa.string(): _TEXT}.get)
    return frame.assign(actor_type=frame["actor_type"].fillna(""))


def _refuse_again(cities: set[str], seen: set[str]) -> None:
    """Refuse a city of which an earlier frame had some actors: its ranks were not all its own."""
    again = sorted(cities & seen)
    seen |= cities
    if again:
        raise InventoryError(capped(Finding("batch.city_again", {"city": city}) for city in again))
