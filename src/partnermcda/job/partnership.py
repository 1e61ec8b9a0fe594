"""From files to levers, a coalition or a map."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

import pandas as pd

from partnermcda.alliances import Coalitions, coalitions
from partnermcda.batch.watching import Stopwatch
from partnermcda.capability.needs import need_levels
from partnermcda.catalog import Catalog, load_catalog
from partnermcda.engagement import Levers, levers
from partnermcda.errors import Finding, MethodError, short
from partnermcda.evaluation import Unknown
from partnermcda.inventory import Reading
from partnermcda.job.sources import Input, OnStep, Source, Weighing, gather, unheard, weighing_of
from partnermcda.output import Asked, CoalitionAsked, LeversAsked, MapAsked
from partnermcda.output.partnership.tables import Partnership
from partnermcda.stakeholders import Ecosystem, ecosystem
from partnermcda.weights import Weights

_MANY: Final = 20
"""Cities from which on it pays to work on several at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search(Source):
    """Which levers, coalition or map to find, and for whom."""

    asked: Asked
    """What is asked of them."""
    needs: str = "balanced"
    """Needs of the catalog."""
    levels: Mapping[str, float] = field(default_factory=dict)
    """Capabilities that are needed at another level, with that level."""
    city: str | None = None
    """The only city to look at."""
    unknown: Unknown = "interval"
    """What a missing answer is."""


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """What came of a search."""

    search: Search
    """What was asked."""
    reading: Reading
    """What was read, criterion by criterion."""
    partnership: Partnership
    """The answer."""
    weighing: Weighing | None
    """Where the weights come from; None where criteria are not weighed."""
    inputs: tuple[Input, ...]
    """Files that were read, as they were when reading began."""
    seconds: tuple[tuple[str, float], ...]
    """How long each step took."""

    @property
    def catalog(self) -> Catalog:
        """The catalog."""
        return self.partnership.catalog


def find(search: Search, on_step: OnStep = unheard, processes: int | None = None) -> Findings:
    r"""Read and check, and find levers, coalitions or a map.

    Parameters
    ----------
    search : Search
    on_step : callable
        Told the name of each step as it begins: ``catalog``, ``read``, and ``levers``,
        ``coalition`` or ``map``; of coalitions how many cities are done, too.
    processes : int, optional
        How many cities are worked on at a time for coalitions; two where there are many, without
        it.

    Returns
    -------
    Findings

    Raises
    ------
    PartnerMCDAError
        If a file has faults, an option does not fit, or the demands on the coalition of a single
        city cannot be met together.

    Examples
    --------
    >>> from pathlib import Path
    >>> from partnermcda.output import LeversAsked
    >>> folder = Path(getfixture("tmp_path"))
    >>> header = "actor_id,actor,actor_type,city,dig_propensity,dig_current_use"
    >>> _ = (folder / "actors.csv").write_text("\n".join([header, "1,Ada,ngo,Dakar,4,10"]))
    >>> asked = LeversAsked(kind="levers", by="city", most=1)
    >>> search = Search(inventory=str(folder / "actors.csv"), orientation="balanced", asked=asked)
    >>> find(search).partnership.found.to_frame()["lever"].tolist()
    ['capacity_building']
    """
    watch = Stopwatch()

    def begin(step: str) -> None:
        watch.begin(step)
        on_step(step)

    begin("catalog")
    catalog = load_catalog(search.catalog)
    needs = {**need_levels(catalog, search.needs), **search.levels}
    weighing = None if isinstance(search.asked, CoalitionAsked) else weighing_of(search, catalog)
    weights = None if weighing is None else weighing.weights
    begin("read")
    inputs, inventory, reading = gather(search, catalog)
    here = _of_city(inventory, search.city)
    begin(search.asked.kind)
    asked, unknown = search.asked, search.unknown
    found = (
        _together(asked, here, catalog, needs, unknown, on_step, processes)
        if isinstance(asked, CoalitionAsked)
        else _engaged(asked, here, catalog, needs, unknown, weights)
    )
    partnership = Partnership(
        found=found,
        catalog=catalog,
        asked=search.asked,
        orientation=search.orientation,
        weights=weights.to_dict() if weights else {},
        needs=needs,
        unknown=search.unknown,
    )
    return Findings(search, reading, partnership, weighing, inputs, watch.end())


def _of_city(inventory: pd.DataFrame, city: str | None) -> pd.DataFrame:
    if city is None:
        return inventory
    here = inventory[inventory["city"] == city]
    if not len(here):
        names = sorted(set(inventory["city"].dropna()))
        near = ", ".join(get_close_matches(city, names, n=3, cutoff=0.0))
        raise MethodError(Finding("partnership.city", {"near": near}, value=short(city)))
    return here


def _engaged(
    asked: LeversAsked | MapAsked,
    inventory: pd.DataFrame,
    catalog: Catalog,
    needs: Mapping[str, float],
    unknown: Unknown,
    weights: Weights | None,
) -> Levers | Ecosystem:
    options = asked.model_dump(exclude={"kind"})
    search = levers if isinstance(asked, LeversAsked) else ecosystem
    return search(inventory, catalog, weights, needs=needs, unknown=unknown, **options)


def _together(
    asked: CoalitionAsked,
    inventory: pd.DataFrame,
    catalog: Catalog,
    needs: Mapping[str, float],
    unknown: Unknown,
    on_step: OnStep,
    processes: int | None,
) -> Coalitions:
    cities = sorted(set(inventory["city"]))
    if asked.districts is not None and len(cities) > 1:
        raise MethodError(Finding("partnership.districts", {"count": len(cities)}))
    options = asked.model_dump(exclude={"kind", "seed", "districts"})
    found = coalitions(
        *(inventory, catalog, needs),
        **options,
        districts=None if asked.districts is None else {cities[0]: asked.districts},
        rng=asked.seed,
        unknown=unknown,
        processes=processes or (2 if len(cities) >= _MANY else 1),
        on_progress=lambda done, all_: on_step("coalition_of", done=done, cities=all_),
    )
    if len(cities) == 1 and found.cities[0].coalition is None:
        raise MethodError(found.cities[0].faults)
    return found
