"""Tests of whether a ranking stays when what is irrelevant changes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from partnermcda.comparing.notes import middle
from partnermcda.comparing.reversal_result import RankReversal, Reversal, Test, Trial
from partnermcda.comparing.variants import Field
from partnermcda.core.arrays import Bools, Floats, Ints, Texts
from partnermcda.errors import Finding, MethodError
from partnermcda.matrix import DecisionMatrix, ValueMatrix
from partnermcda.methods import Method
from partnermcda.ranking import Ranking
from partnermcda.ranking.contest import Contest, as_contest
from partnermcda.ranking.ranks import score_contest
from partnermcda.weights import Weights

_LARGEST: Final = 400
"""Most actors of a city: its pairs, and its variants with one changed, grow with their square."""


@dataclass(frozen=True, slots=True, eq=False)
class _Change:
    """What one change did to the actors of a city."""

    city: str
    actor: str
    """Id of who was left out, made worse or imitated."""
    ids: Texts
    before: Ints
    after: Ints


@dataclass(slots=True)
class _Tally:
    """Counts of one test over all cities."""

    test: Test
    tried: int = 0
    leader: int = 0
    order: int = 0
    refused: int = 0
    reversals: list[Reversal] = field(default_factory=list)

    def trial(self) -> Trial:
        return Trial(self.test, self.tried, self.leader, self.order, self.refused)


def rank_reversal(
    values: Ranking | ValueMatrix | DecisionMatrix,
    weights: Weights | Mapping[str, float] | Sequence[float] | Floats | None = None,
    method: str | Method | None = None,
) -> RankReversal:
    """Test whether a method's ranking stays when what is irrelevant changes.

    Parameters
    ----------
    values : Ranking, ValueMatrix or DecisionMatrix
        A ranking, whose weights, method and options hold; or values.
    weights : Weights, mapping of str to float, or (n,) array, optional
        One weight per criterion of the values.
    method : str or Method, optional
        TOPSIS without it; any method will do.

    Returns
    -------
    RankReversal
        Every city is tested for itself.

    Raises
    ------
    MethodError
        If the method cannot take these values, or a city has more than 400 actors.
    WeightsError
        If values come without weights, or weights do not fit them.

    Notes
    -----
    Five tests, after Wang and Triantaphyllou [1]_: an actor that does not lead is left out
    (``drop``); or becomes worse, half the way to the worst value of every criterion (``worse``,
    where that it falls back is no matter); or one as bad as that is put beside all (``add``; those
    that are worst by every criterion cannot be made worse); all pairs are ranked by
    themselves and compared with the whole (``pairs``), and with one another: a ahead of b, b
    of c, and c of a (``cycles``). A method on the fixed scale scores each actor by itself, so it
    passes them all. What is not known counts with its central value.

    References
    ----------
    .. [1] X. Wang and E. Triantaphyllou, "Ranking irregularities when evaluating alternatives by
       using some ELECTRE methods", Omega 36(1), 2008, :doi:`10.1016/j.omega.2005.12.003`.

    Examples
    --------
    >>> import partnermcda as pm
    >>> x = pm.DecisionMatrix([[1, 9], [4, 7], [5, 5], [9, 2]], benefit=[True, True])
    >>> rank_reversal(x, [0.5, 0.5], "topsis_observed").trials[0]
    Trial(test='drop', tried=3, leader=1, order=1, refused=0)
    """
    contest = as_contest(values, weights, method)
    large = [int(size) for size in contest.sizes if size > _LARGEST]
    if large:
        details = {"count": len(large), "size": max(large), "most": _LARGEST}
        raise MethodError(Finding("reversal.large", details))
    # Refuses what the method cannot take, with the names of actors and criteria.
    score_contest(contest)
    tallies = {test: _Tally(test) for test in ("drop", "worse", "add", "pairs", "cycles")}
    for city, ids, actors in _fields(contest):
        _try(tallies, city, ids, actors)
    refused = sum(tally.refused for tally in tallies.values())
    return RankReversal(
        contest=contest,
        trials=tuple(tally.trial() for tally in tallies.values()),
        reversals=tuple(one for tally in tallies.values() for one in tally.reversals),
        notes=middle(contest)
        + ((Finding("reversal.refused", {"count": refused}),) if refused else ()),
    )


def _fields(contest: Contest) -> Iterator[tuple[str, Texts, Field]]:
    mid, actors = contest.mid, contest.actors
    benefit = contest.benefit
    more = np.ones(mid.shape[1], dtype=bool) if benefit is None else benefit
    starts = (0,) if contest.starts is None else contest.starts.tolist()
    for name, start, size in zip(contest.city_names, starts, contest.sizes.tolist(), strict=True):
        rows = slice(start, start + size)
        weights = contest.weights.values
        yield str(name), actors[rows], Field(mid[rows], weights, more, contest.method)


def _try(tallies: Mapping[str, _Tally], city: str, ids: Texts, actors: Field) -> None:
    ranks = actors.ranks(actors.x)
    behind = np.flatnonzero(ranks > 1)
    moves = (actors.worse() != actors.x).any(axis=1)
    changes: Mapping[str, Callable[[], Iterator[tuple[int, Ints, Ints]]]] = {
        "drop": lambda: actors.without(behind),
        "worse": lambda: actors.replaced(behind[moves[behind]]),
        "add": lambda: actors.beside(behind[moves[behind]]),
    }
    for test, variants in changes.items():
        tally = tallies[test]
        try:
            for changed, kept, after in variants():
                shown = _Change(city, str(ids[changed]), ids[kept], ranks[kept], after)
                _compare(tally, shown)
        except MethodError:
            tally.refused += 1
    try:
        ahead = actors.pairs()
    except MethodError:
        tallies["pairs"].refused += 1
        tallies["cycles"].refused += 1
        return
    _pairs(tallies["pairs"], city, ids, ranks, ahead)
    _cycles(tallies["cycles"], city, ids, ahead)


def _compare(tally: _Tally, change: _Change) -> None:
    """Hold ranks of the same actors before and after against one another."""
    tally.tried += 1
    ids, before, after = change.ids, change.before, change.after
    # By rank 1 and not by the best rank left, as one put beside may lead.
    led = bool(((before == 1) != (after == 1)).any())
    turned = (before[:, None] < before) & (after[:, None] > after)
    if tally.test == "worse":
        turned[ids == change.actor] = False
    moved = bool(turned.any())
    tally.leader += led
    tally.order += moved
    if led:
        ahead, behind = _lead(ids, before == 1, after == 1)
    elif moved:
        ahead, behind = (str(ids[i]) for i in np.unravel_index(turned.argmax(), turned.shape))
    else:
        return
    tally.reversals.append(Reversal(tally.test, change.city, change.actor, ahead, behind, led))


def _lead(ids: Texts, before: Bools, after: Bools) -> tuple[str, str]:
    """Name one who led and one who leads, those first for whom that has changed."""
    lost, won = before & ~after, after & ~before
    old = ids[lost if lost.any() else before]
    new = ids[won if won.any() else after]
    return str(old[0]), str(new[0]) if len(new) else ""


def _pairs(tally: _Tally, city: str, ids: Texts, ranks: Ints, ahead: Ints) -> None:
    """Hold pairs ranked by themselves against the whole."""
    whole = ranks[:, None] < ranks
    tally.tried += len(ids) * (len(ids) - 1) // 2
    for a, b in np.argwhere(whole & (ahead.T == 1)):
        best = bool(ranks[a] == 1)
        tally.order += 1
        tally.leader += best
        tally.reversals.append(Reversal("pairs", city, "", str(ids[a]), str(ids[b]), best))


def _cycles(tally: _Tally, city: str, ids: Texts, ahead: Ints) -> None:
    """Look for three actors each of whom is ahead of the next."""
    m = len(ids)
    tally.tried += m * (m - 1) * (m - 2) // 6
    two = ahead.astype(float) @ ahead
    closing = two.T * ahead
    tally.order += round(float(closing.sum()) / 3)
    if closing.any():
        a, b = np.unravel_index(int(closing.argmax()), closing.shape)
        tally.reversals.append(Reversal("cycles", city, "", str(ids[a]), str(ids[b]), False))
