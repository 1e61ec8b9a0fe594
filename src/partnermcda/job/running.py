"""The whole job, from files to a ranking."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from partnermcda.batch.watching import Stopwatch
from partnermcda.catalog import Catalog, load_catalog
from partnermcda.errors import Finding, WeightsError
from partnermcda.evaluation import Unknown, evaluate
from partnermcda.inventory import Reading, read_inventory, reading_of
from partnermcda.output import files_of, fingerprint
from partnermcda.ranking import Ranking, SetAside, rank
from partnermcda.weightfile.reading import entry_words, read_weight_file
from partnermcda.weights import Weights

OnStep: TypeAlias = Callable[[str], None]


def unheard(step: str) -> None:
    """Let a step begin without telling anybody."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to rank, by what, and how.

    Examples
    --------
    >>> Job("actors.csv", "balanced").catalog
    'urban-services'
    """

    inventory: str
    """File or folder with the actors."""
    orientation: str = ""
    """Orientation of the catalog whose judgements weigh the criteria; empty with `weights`."""
    catalog: str = "urban-services"
    """Name of a built-in catalog, or a file."""
    mapping: str | None = None
    """File that says how a register's columns become criteria."""
    sheet: str | None = None
    """Sheet of a workbook."""
    decimal: Literal["point", "comma"] | None = None
    """Decimal sign, where the file leaves it open."""
    method: str = "topsis"
    """Method of scoring."""
    by: Literal["city"] | None = "city"
    """Rank within each city, or all together."""
    unknown: Unknown = "interval"
    """What a missing answer is."""
    set_aside: SetAside = "unobserved"
    """Criteria that are not judged, for nobody."""
    rank_roles: tuple[str, ...] = ()
    """Roles whose actors are ranked all the same."""
    gates: Literal["show", "exclude"] = "show"
    """Whether actors that fail a gate are ranked."""
    min_evidence: float = 0.0
    """Least share of observed weight an actor is ranked with."""
    weights: str | None = None
    """File with the weights, in place of an orientation."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file that was read, as it was when reading began."""

    path: Path
    """Where it lies."""
    sha256: str
    """Hash of its bytes."""
    bytes: int
    """Its size."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What came of a job."""

    job: Job
    """What was asked."""
    catalog: Catalog
    """The criteria."""
    reading: Reading
    """What was read, criterion by criterion."""
    given: Weights
    """Weights before anything was set aside."""
    ranking: Ranking
    """The answer."""
    clipped: tuple[tuple[str, int], ...]
    """Criteria with the number of answers beyond their bounds."""
    inputs: tuple[Input, ...]
    """Files that were read, as they were when reading began."""
    seconds: tuple[tuple[str, float], ...]
    """How long each step took."""
    weights_file: Input | None = None
    """File the weights were read from, as it was when reading began."""
    weight_notes: tuple[Finding, ...] = ()
    """What was done with the weights' file that the user should know."""


def run(job: Job, on_step: OnStep = unheard) -> Outcome:
    r"""Read, check, evaluate and rank.

    Parameters
    ----------
    job : Job
        What to rank, by what, and how.
    on_step : callable
        Told the name of each step as it begins: ``catalog``, ``read``, ``evaluate``, ``rank``.

    Returns
    -------
    Outcome

    Raises
    ------
    PartnerMCDAError
        If a file has faults, or an option does not fit: every fault at once.

    Examples
    --------
    >>> from pathlib import Path
    >>> folder = Path(getfixture("tmp_path"))
    >>> header = "actor_id,actor,actor_type,city,res_technical"
    >>> rows = [header, "1,Ada,ngo,Dakar,4", "2,Bo,ngo,Dakar,2"]
    >>> _ = (folder / "actors.csv").write_text("\n".join(rows))
    >>> outcome = run(Job(str(folder / "actors.csv"), "balanced"))
    >>> outcome.ranking.to_frame()["actor"].tolist()
    ['Ada', 'Bo']
    """
    watch = Stopwatch()

    def begin(step: str) -> None:
        watch.begin(step)
        on_step(step)

    begin("catalog")
    catalog = load_catalog(job.catalog)
    weighing = weighing_of(job, catalog)
    begin("read")
    # Taken before reading, so that a file changed meanwhile is found out when it is verified.
    inputs = tuple(_input(file) for file in _files(job.inventory))
    inventory = read_inventory(
        job.inventory, catalog, job.mapping, sheet=job.sheet, decimal=job.decimal
    )
    reading = reading_of(inventory)
    begin("evaluate")
    values = evaluate(inventory, catalog, job.unknown)
    # The answers are not needed once they are values, and a million of them take much room.
    del inventory
    begin("rank")
    ranking = rank(
        values,
        weighing.weights,
        job.method,
        job.by,
        set_aside=job.set_aside,
        rank_roles=job.rank_roles,
        gates=job.gates,
        min_evidence=job.min_evidence,
    )
    return Outcome(
        job=job,
        catalog=catalog,
        reading=reading,
        given=weighing.weights,
        ranking=ranking,
        clipped=values.clipped,
        inputs=inputs,
        seconds=watch.end(),
        weights_file=weighing.file,
        weight_notes=weighing.notes,
    )


class Weighing(NamedTuple):
    """The weights, and the file they come from if they do."""

    weights: Weights
    file: Input | None = None
    notes: tuple[Finding, ...] = ()


def weighing_of(job: Job, catalog: Catalog) -> Weighing:
    """Weigh the criteria of a job.

    Parameters
    ----------
    job : Job
    catalog : Catalog

    Returns
    -------
    Weighing

    Raises
    ------
    WeightsError
        If there is no such orientation, or the file has faults.
    """
    if job.weights is None:
        return Weighing(catalog.weights(job.orientation))
    if job.orientation:
        raise WeightsError(Finding("weightfile.two_sources", {"name": job.orientation}))
    found = [_input(file) for file in _files(job.weights)]
    read = read_weight_file(job.weights, names=entry_words(catalog))
    file = found[0]
    # By name and hash, so that a result says the same of it wherever the file lies.
    source = f"{file.path.name} (sha256 {file.sha256})"
    return Weighing(replace(read.weights, source=source), file, read.notes)


def _input(file: Path) -> Input:
    return Input(file, *fingerprint(file))


def _files(inventory: str) -> list[Path]:
    # What cannot be read is complained of by the reader, with all that it accepts.
    readable = os.path.isfile(inventory) or os.path.isdir(inventory)  # noqa: PTH112, PTH113
    return files_of(inventory) if readable else []


def as_set_aside(text: str) -> SetAside:
    """Read the rule for setting criteria aside as a user types it.

    Parameters
    ----------
    text : str
        ``unobserved``, ``none``, a share, or names separated by commas.

    Returns
    -------
    str, float or tuple of str

    Examples
    --------
    >>> as_set_aside("0.2"), as_set_aside("res_data, res_human")
    (0.2, ('res_data', 'res_human'))
    """
    if text == "unobserved" or text == "none":
        return text
    try:
        return float(text)
    except ValueError:
        names = tuple(name.strip() for name in text.split(",") if name.strip())
        return names or text
