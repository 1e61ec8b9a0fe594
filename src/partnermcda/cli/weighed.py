"""What a ranking was weighed by, in words."""

from collections.abc import Iterator

from partnermcda.catalog import Catalog
from partnermcda.core.ahp.consistency import ACCEPTABLE
from partnermcda.job import Job
from partnermcda.messages import say
from partnermcda.messages.figures import number
from partnermcda.output.ways import in_words
from partnermcda.weights import Weights


def weighed_by(job: Job, catalog: Catalog, language: str) -> str:
    """Name the orientation or the file that weighs the criteria.

    Parameters
    ----------
    job : Job
    catalog : Catalog
    language : str
        Language of the words.

    Returns
    -------
    str
        The end of a sentence.
    """
    if job.weights is not None:
        return say("cli.summary.weighed_file", language, file=job.weights)
    orientation = catalog.orientation(job.orientation).label[language]
    return say("cli.summary.weighed_orientation", language, orientation=orientation)


def weight_lines(given: Weights, language: str) -> Iterator[str]:
    """Tell how consistent the judgements behind weights are.

    Parameters
    ----------
    given : Weights
    language : str
        Language of the words.

    Yields
    ------
    str
    """
    if not given.consistency:
        yield say("cli.summary.no_consistency", language)
        return
    ratio, table = (
        number(given.worst_consistency, 3, language),
        in_words(given.random_index, language),
    )
    key = "cli.summary.inconsistent" if given.too_inconsistent else "cli.summary.consistent"
    yield say(key, language, ratio=ratio, table=table, limit=number(ACCEPTABLE, 2, language))
