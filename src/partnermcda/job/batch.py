"""The same job on a register of any size: from Parquet files to a folder of results."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from partnermcda.batch import Batch, Progress, rank_parquet
from partnermcda.batch.watching import unheard
from partnermcda.catalog import Catalog, load_catalog
from partnermcda.errors import Finding
from partnermcda.job.running import Job
from partnermcda.job.sources import weighing_of
from partnermcda.weights import Weights


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """A job whose criteria are weighed, before any row is read."""

    job: Job
    """What was asked."""
    catalog: Catalog
    """The criteria."""
    given: Weights
    """Weights before anything is set aside."""
    notes: tuple[Finding, ...]
    """What was done with the weights' file that the user should know."""


@dataclass(frozen=True, slots=True, eq=False)
class BatchOutcome:
    """What came of a job on a whole register."""

    weighed: Weighed
    """What was asked, and the weights."""
    batch: Batch
    """Counts, notes, and where the result is."""

    @property
    def set_aside_share(self) -> float:
        """Share of the weight that the criteria judged for nobody carried."""
        given = self.weighed.given.to_dict()
        return sum(given[name] for name in self.batch.set_aside)

    def to_dict(self) -> dict[str, Any]:
        """Lay the counts out as plain data; notes are left to whoever knows the language."""
        counts = asdict(self.batch.tally)
        del counts["notes"], counts["unseen"]
        seconds: dict[str, float] = defaultdict(float)
        for step, took in self.batch.seconds:
            seconds[step] += took
        return {
            "folder": str(self.batch.folder),
            "by": self.weighed.job.by,
            **counts,
            "set_aside": list(self.batch.set_aside),
            "set_aside_share": self.set_aside_share,
            "together": self.batch.together,
            "parts": self.batch.parts,
            "resumed": self.batch.resumed,
            "seconds": dict(seconds),
        }


def weigh(job: Job) -> Weighed:
    """Read the catalog of a job, and weigh its criteria.

    Parameters
    ----------
    job : Job
        What to rank, by what, and how.

    Returns
    -------
    Weighed

    Raises
    ------
    PartnerMCDAError
        If the catalog or the file of weights has faults.

    Examples
    --------
    >>> weigh(Job("actors/", "balanced")).given.too_inconsistent
    False
    """
    catalog = load_catalog(job.catalog)
    weighing = weighing_of(job, catalog)
    return Weighed(job, catalog, weighing.weights, weighing.notes)


def run_batch_job(
    weighed: Weighed,
    target: str | Path,
    *,
    top: int | None = None,
    max_faults: int = 0,
    memory: int = 3 << 26,
    threads: int = 2,
    restart: bool = False,
    engine: Literal["threads", "dask"] = "threads",
    scheduler: str | None = None,
    workers: int = 2,
    language: Literal["en", "fr"] = "en",
    on_progress: Callable[[Progress], None] = unheard,
) -> BatchOutcome:
    """Rank a register of any size, from Parquet files to a folder of results.

    Parameters
    ----------
    weighed : Weighed
        What to rank; its ``inventory`` is the register.
    target : str or Path
        Folder of the result.
    top, max_faults, memory, threads, restart, engine, scheduler, workers, language, on_progress
        As :func:`partnermcda.rank_parquet` takes them.

    Returns
    -------
    BatchOutcome

    Raises
    ------
    PartnerMCDAError
        If an option does not fit, a file cannot be read, there are more faults than allowed, or
        the result cannot be written.

    Examples
    --------
    >>> import pandas as pd
    >>> folder = Path(getfixture("tmp_path"))
    >>> pd.DataFrame({
    ...     "actor_id": ["a", "b"], "actor": ["Ada", "Bo"], "actor_type": ["ngo", "ngo"],
    ...     "city": ["Dakar", "Dakar"], "res_technical": [2.0, 4.0],
    ... }).to_parquet(folder / "actors.parquet")
    >>> weighed = weigh(Job(str(folder / "actors.parquet"), "balanced"))
    >>> run_batch_job(weighed, folder / "ranked").batch.tally.ranked
    2
    """
    job = weighed.job
    batch = rank_parquet(
        job.inventory,
        target,
        weighed.catalog,
        weighed.given,
        job.method,
        job.by,
        mapping=job.mapping,
        decimal=job.decimal,
        unknown=job.unknown,
        set_aside=job.set_aside,
        rank_roles=job.rank_roles,
        gates=job.gates,
        min_evidence=job.min_evidence,
        top=top,
        max_faults=max_faults,
        memory=memory,
        threads=threads,
        restart=restart,
        engine=engine,
        scheduler=scheduler,
        workers=workers,
        language=language,
        on_progress=on_progress,
    )
    return BatchOutcome(weighed, batch)
