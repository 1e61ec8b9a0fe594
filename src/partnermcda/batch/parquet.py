"""Rank a register of any size from Parquet files to a folder of Parquet files."""

from collections.abc import Collection, Mapping
from os import PathLike
from pathlib import Path
from typing import Any, Literal

from partnermcda.batch.planning import Asked, WeightsLike, plan_source
from partnermcda.batch.running import Batch, run_batch
from partnermcda.batch.source import open_source
from partnermcda.batch.watching import Hear, unheard
from partnermcda.batch.ways import as_engine, as_ways
from partnermcda.catalog import Catalog
from partnermcda.evaluation import Unknown
from partnermcda.inventory.numerals import Decimal
from partnermcda.methods import Method
from partnermcda.ranking import SetAside


def rank_parquet(
    source: str | PathLike[str],
    target: str | PathLike[str],
    catalog: Catalog,
    weights: WeightsLike,
    method: str | Method = "topsis",
    by: Literal["city"] | None = "city",
    *,
    mapping: str | Path | Mapping[str, Any] | None = None,
    decimal: Decimal | None = None,
    unknown: Unknown = "interval",
    set_aside: SetAside = "unobserved",
    rank_roles: Collection[str] = (),
    gates: Literal["show", "exclude"] = "show",
    min_evidence: float = 0.0,
    top: int | None = None,
    max_faults: int = 0,
    memory: int = 3 << 26,
    threads: int = 2,
    restart: bool = False,
    engine: Literal["threads", "dask"] = "threads",
    scheduler: str | None = None,
    workers: int = 2,
    language: Literal["en", "fr"] = "en",
    on_progress: Hear = unheard,
) -> Batch:
    """Rank a register of any size, from Parquet files to a folder of Parquet files.

    Parameters
    ----------
    source : str or Path
        A Parquet file, a folder of them or a Hive-partitioned data set, here or at an address
        that fsspec knows. One row an actor.
    target : str or Path
        Folder of the result: it is seen whole or not at all.
    catalog : Catalog
        The questions.
    weights : Weights, mapping of str to float, or (n,) array
        One weight per criterion of the catalog's matrix; brought to sum 1.
    method, by, set_aside, rank_roles, gates, min_evidence
        As :func:`partnermcda.rank` takes them.
    mapping, decimal
        As :func:`partnermcda.read_inventory` takes them.
    unknown
        As :func:`partnermcda.evaluate` takes it.
    top : int, optional
        How many of each city, or of all, are written: those of this rank or better.
    max_faults : int
        How many faults are put up with. Rows at fault are left out, counted, and listed in
        ``_faults.parquet``. With more faults nothing is ranked, and they are listed beside
        `target`, in ``TARGET.faults.parquet``.
    memory : int
        Bytes for sorting, where the rows of a city do not stand together.
    threads : int
        Threads of this process.
    restart : bool
        Whether the finished parts of a run that was stopped are thrown away, and not taken up.
    engine : {"threads", "dask"}
        Who makes the parts: threads of this process, or workers of a Dask cluster.
    scheduler : str, optional
        Address of the cluster; one of `workers` processes on this machine without it.
    workers : int
        Processes of the cluster on this machine.
    language : {"en", "fr"}
        Language in which faults are told in ``_faults.parquet``.
    on_progress : callable
        Told a :class:`Progress` now and then.

    Returns
    -------
    Batch
        Counts, notes, and where the result is.

    Raises
    ------
    PartnerMCDAError
        If an option does not fit, a file cannot be read, rows are at fault, nobody is left to
        rank, or the result cannot be written. An older result at `target` then stands as it was.

    Notes
    -----
    The figures are those :func:`partnermcda.rank` gives in memory, bit for bit, whatever the
    number of threads, workers and files. The ranking stands in ``part-00000.parquet`` and so on,
    by city, rank and id; ``_cities.parquet`` has one row a city, ``_pillars.parquet`` one a city
    and pillar, ``_manifest.json`` what the result rests on. Where the rows come in the order of
    their cities they are read once and ranked block by block; else DuckDB sorts them on disk
    first (``pip install 'partnermcda[duckdb]'``).

    Examples
    --------
    >>> import pandas as pd
    >>> import partnermcda as pm
    >>> folder = Path(getfixture("tmp_path"))
    >>> actors = pd.DataFrame({
    ...     "city": ["Dakar", "Dakar", "Thiès"], "actor_id": ["a", "b", "c"],
    ...     "actor": ["Ada", "Bo", "Cy"], "actor_type": ["ngo", "start_up", "ngo"],
    ...     "res_technical": [2.0, 4.0, 3.0]})
    >>> actors.to_parquet(folder / "actors.parquet")
    >>> catalog = pm.load_catalog("urban-services")
    >>> batch = rank_parquet(
    ...     folder / "actors.parquet", folder / "ranked", catalog, catalog.weights("balanced"))
    >>> batch.tally.ranked, batch.tally.cities
    (3, 2)
    >>> pd.read_parquet(folder / "ranked")["actor"].tolist()
    ['Bo', 'Ada', 'Cy']
    """
    ways = as_ways(
        top=top,
        max_faults=max_faults,
        memory=memory,
        threads=threads,
        restart=restart,
        language=language,
    )
    opened = open_source(source)
    asked = Asked(
        method=method,
        by=by,
        unknown=unknown,
        set_aside=set_aside,
        rank_roles=rank_roles,
        gates=gates,
        min_evidence=min_evidence,
    )
    planned = plan_source(opened, catalog, weights, mapping, decimal, asked)
    chosen = as_engine(engine, threads=threads, scheduler=scheduler, workers=workers)
    return run_batch(opened, Path(target), planned, ways, chosen, on_progress)
