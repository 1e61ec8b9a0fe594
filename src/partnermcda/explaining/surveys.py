"""Which answers are worth finding out: those that alone can change who is among the best."""

from collections.abc import Iterator

import numpy as np

from partnermcda.core.arrays import Floats, Ints
from partnermcda.errors import Finding, MethodError, short
from partnermcda.explaining.cells import Cells
from partnermcda.explaining.edges import Edges, edges_of, is_count
from partnermcda.explaining.survey_result import Survey
from partnermcda.ranking import Ranking
from partnermcda.ranking.contest import Contest, as_contest

__all__ = ["Survey", "survey_first"]


def survey_first(ranking: Ranking, top: int = 1) -> Survey:
    """Find the answers that could change who is among the best, so as to ask for them first.

    Parameters
    ----------
    ranking : Ranking
        Of actors of whom not everything is known.
    top : int
        How many of each city count as the best; equals share their place, so they can be more.

    Returns
    -------
    Survey
        Every unknown answer to a criterion that is judged, those most worth finding out first.

    Raises
    ------
    MethodError
        If `top` is no number of places, or the ranking does not carry its values.

    Notes
    -----
    Each answer is looked at alone, the other unknown ones at the middle of their intervals as in
    the ranking itself. On a fixed scale only the actor's own score moves, and it rises with the
    answer: so the lowest and highest value tell whether the actor crosses the edge of the best,
    and bisection tells where. All values between them on the catalog's scale count alike in a
    share.

    Examples
    --------
    >>> import pandas as pd
    >>> import partnermcda as pm
    >>> catalog = pm.load_catalog("urban-services")
    >>> actors = pd.DataFrame({
    ...     "actor_id": ["a", "b"], "actor": ["Ada", "Bo"], "actor_type": ["ngo", "start_up"],
    ...     "city": ["Dakar", "Dakar"], "res_technical": [4, 3], "res_data": [None, 3]})
    >>> values = pm.evaluate(pm.read_inventory(actors, catalog), catalog)
    >>> survey = survey_first(pm.rank(values, catalog.weights("balanced")))
    >>> survey.changes, survey.share.round(2)
    (array([ True]), array([0.25]))
    """
    if not is_count(top):
        raise MethodError(Finding("survey.top", value=short(top)))
    contest = as_contest(ranking)
    cells = _unknown(contest)
    edges = edges_of(contest, int(top))
    ends = cells.scores(np.zeros(len(cells))), cells.scores(np.ones(len(cells)))
    now, least, most = (edges.side(s, cells.rows) for s in (edges.score[cells.rows], *ends))
    replaces = edges.replaces[cells.rows]
    changes = np.where(now < 0, most >= 0, least < 0) | replaces & (
        np.where(now > 0, least <= 0, most > 0)
    )
    share = np.zeros(len(cells))
    share[changes] = _shares(edges, cells.some(changes), now[changes])
    order = np.lexsort((ends[0] - ends[1], -share, ~changes))
    first = order[: np.count_nonzero(changes)]
    moves = [
        _moves(edges, *(int(part[i]) for part in (cells.rows, now, least, most))) for i in first
    ]
    figures = ends if contest.method.higher_is_better else (-ends[1], -ends[0])
    return Survey(
        contest=contest,
        top=int(top),
        rows=cells.rows[order],
        columns=cells.columns[order],
        changes=changes[order],
        share=share[order],
        score_low=figures[0][order],
        score_high=figures[1][order],
        enters=tuple(enters for enters, _ in moves),
        leaves=tuple(leaves for _, leaves in moves),
        notes=tuple(_notes(contest, len(cells))),
    )


def _unknown(contest: Contest) -> Cells:
    low, high = contest.low, contest.high
    rows, columns = np.nonzero(low < high)
    return Cells(contest, contest.mid, rows, columns, low[rows, columns], high[rows, columns])


def _shares(edges: Edges, cells: Cells, now: Ints) -> Floats:
    """Share of the values of each cell with which others are among the best than now."""
    rows = cells.rows
    below = cells.share_before(lambda score: edges.at_least(score, rows))
    # Above the target others fall out, unless they are better placed than the last of the best.
    replaces = edges.replaces[rows] & (now >= 0)
    above = np.zeros(len(cells))
    moved = cells.some(replaces)
    above[replaces] = 1 - moved.share_before(lambda score: edges.above(score, moved.rows))
    crosses = np.where((now > 0) & replaces, 1 - above, below + above)
    share: Floats = np.where(now < 0, 1 - below, crosses)
    return np.round(share, 12)


def _moves(
    edges: Edges, row: int, now: int, least: int, most: int
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Who enters and who leaves as one actor's score goes from its least to its most."""
    others = edges.others_at_target(row) if edges.replaces[row] else ()
    enters = (row,) if now < 0 <= most else ()
    leaves = (row,) if least < 0 <= now else ()
    if now > 0 >= least:
        return enters + others, leaves
    return enters, leaves + (others if most > 0 >= now else ())


def _notes(contest: Contest, count: int) -> Iterator[Finding]:
    if count > 1:
        yield Finding("survey.one_by_one", {"count": count})
    if contest.set_aside:
        yield Finding("survey.set_aside", {"names": ", ".join(contest.set_aside)})
