"""The whole job, from files to a ranking."""

from dataclasses import dataclass
from typing import Literal

from partnermcda.batch.watching import Stopwatch
from partnermcda.catalog import Catalog, load_catalog
from partnermcda.errors import Finding
from partnermcda.evaluation import Unknown, evaluate
from partnermcda.inventory import Reading
from partnermcda.job.sources import Input, OnStep, Source, gather, unheard, weighing_of
from partnermcda.ranking import Ranking, SetAside, rank
from partnermcda.weights import Weights


@dataclass(frozen=True, slots=True)
class Job(Source):
    """What to rank, by what, and how.

    Examples
    --------
    >>> Job("actors.csv", "balanced").catalog
    'urban-services'
    """

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
    inputs, inventory, reading = gather(job, catalog)
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
