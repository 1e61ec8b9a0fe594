"""How often each actor leads, and has each rank, when weights and values are drawn."""

from collections.abc import Iterator
from dataclasses import fields
from math import ceil
from numbers import Integral, Real
from typing import Final, get_args

import numpy as np

from partnermcda.core.weight_space import as_generator, rng_faults
from partnermcda.errors import Finding, MethodError, short
from partnermcda.matrix import DecisionMatrix, ValueMatrix
from partnermcda.methods import Method
from partnermcda.ranking import Ranking
from partnermcda.ranking.contest import Contest, as_contest
from partnermcda.robustness.smaa_counting import Field, Unknown, as_field
from partnermcda.robustness.smaa_draws import Drawn, Given, Source, Space
from partnermcda.robustness.smaa_result import Acceptability, Counts

_PILOT: Final = 1_000
"""Draws by which it is seen how many are needed."""
_STEP: Final = 1.25
"""How many times as many draws there are at least, when they were not enough."""


def smaa(
    values: Ranking | ValueMatrix | DecisionMatrix,
    draws: Given,
    method: str | Method | None = None,
    *,
    rng: np.random.Generator | int | None = None,
    uncertain: Unknown = "uniform",
    top: int = 3,
    error: float | None = None,
    most: int = 10_000,
) -> Acceptability:
    r"""Count how often each actor comes where, when weights and values are drawn.

    Parameters
    ----------
    values : Ranking, ValueMatrix or DecisionMatrix
        A ranking, whose actors, criteria, cities and method hold; or values, within each city.
    draws : (s, n) array, WeightDraws or WeightSpace
        Weight vectors: one column for each criterion of the values, in their order; or with
        names; or where to draw them from. Criteria set aside are left out of every draw, and the
        other weights rescaled alike.
    method : str or Method, optional
        How to score values: ``topsis`` (without it), ``topsis_observed`` or ``weighted_sum``.
    rng : numpy.random.Generator or int, optional
        Where random numbers come from, or a seed. Needed where weights are to be drawn, and where
        values are.
    uncertain : {"uniform", "triangular", "normal", "middle"}
        How a value is drawn that is known to lie between bounds: anywhere alike; most often near
        its central value; normal around that, with a quarter of the interval as standard
        deviation and nothing beyond its ends; or not at all, its central value standing for it.
    top : int
        How many places count as the top.
    error : float, optional
        Draw from the space until no share of first places has a larger standard error.
    most : int
        Draws from a space: this many, or with `error` no more than these.

    Returns
    -------
    Acceptability
        Shares with their standard errors. Every rank of every actor is counted up to 4 million
        actors × actors of the largest city, 10⁸ actors × draws and 5 · 10⁹ pairs × draws; beyond
        that who is first and in the top, and a note says so.

    Raises
    ------
    MethodError
        If an option is none of those above, random numbers are needed and there are none, or the
        method is another one.
    WeightsError
        If the draws do not fit the criteria, or one leaves no weight for those judged.

    Notes
    -----
    Definitions are those of :func:`partnermcda.core.smaa`. Values are drawn independently of one
    another and of the weights, anew for every weight vector. With `error` there are 1,000 draws at
    first, and then as many as the shares found let one expect to be needed, until it is met.

    Examples
    --------
    >>> import pandas as pd
    >>> import partnermcda as pm
    >>> catalog = pm.load_catalog("urban-services")
    >>> actors = pd.DataFrame({
    ...     "actor_id": ["a", "b"], "actor": ["Ada", "Bo"], "actor_type": ["ngo", "start_up"],
    ...     "city": ["Dakar", "Dakar"], "res_technical": [4, 2], "dig_propensity": [None, 5]})
    >>> values = pm.evaluate(pm.read_inventory(actors, catalog), catalog)
    >>> ranking = pm.rank(values, catalog.weights("balanced"))
    >>> found = smaa(ranking, pm.core.draw_weights(16, 1_000, 7), rng=7)
    >>> found.to_frame()[["actor", "first"]].round(1).to_dict("list")
    {'actor': ['Ada', 'Bo'], 'first': [0.6, 0.4]}
    """
    faults = [*_option_faults(uncertain, top, error, most), *_draw_faults(draws, rng, error)]
    if faults:
        raise MethodError(faults)
    generator = None if rng is None else as_generator(rng)
    seed = None if generator is None else int(generator.integers(2**63))
    ranked = as_contest(values, None, method) if isinstance(values, Ranking) else values
    names = ranked.given.names if isinstance(ranked, Contest) else ranked.criteria
    source = Source(draws, names, generator)
    drawn = source.take(most if error is None else min(most, _PILOT))
    if not isinstance(ranked, Contest):
        ranked = as_contest(ranked, drawn.mean, method)
    field = as_field(ranked, uncertain, seed, top)
    drawn, counts = _count(field, source, drawn, error, most)
    notes = (*drawn.notes, *field.notes(len(drawn)), *_notes(drawn, ranked, counts, error))
    figures = {figure.name: getattr(counts, figure.name) for figure in fields(counts)}
    return Acceptability(**figures, contest=ranked, most=top, notes=notes)


def _count(
    field: Field, source: Source, drawn: Drawn, error: float | None, most: int
) -> tuple[Drawn, Counts]:
    """Count over the draws there are, and over more of them until the error is met."""
    counts = field.count(drawn.judged(field.contest))
    while error is not None and len(drawn) < most and _reached(counts) > error:
        wanted = len(drawn) * max((_reached(counts) / error) ** 2, _STEP)
        drawn = drawn.and_more(source.take(min(ceil(wanted), most) - len(drawn)))
        counts = field.count(drawn.judged(field.contest))
    return drawn, counts


def _reached(counts: Counts) -> float:
    return float(counts.first_error.max())


def _notes(
    drawn: Drawn, contest: Contest, counts: Counts, error: float | None
) -> Iterator[Finding]:
    if contest.set_aside:
        share = f"{100 * drawn.share_of(contest.set_aside):.0f}"
        names = ", ".join(contest.set_aside)
        yield Finding("smaa.set_aside", {"names": names, "share": share})
    if error is not None and _reached(counts) > error:
        found = {"error": f"{_reached(counts):.2g}", "wanted": f"{error:g}", "draws": len(drawn)}
        yield Finding("smaa.not_met", found)


def _option_faults(
    uncertain: object, top: object, error: object, most: object
) -> Iterator[Finding]:
    if uncertain not in get_args(Unknown):
        names = ", ".join(get_args(Unknown))
        yield Finding("smaa.unknown", {"name": short(uncertain), "names": names})
    for name, number in (("top", top), ("most", most)):
        if not _is_whole(number) or number < 1:  # type: ignore[operator]
            yield Finding("smaa.number", {"name": name}, value=short(number))
    if error is not None and not (isinstance(error, Real) and 0 < float(error) < np.inf):
        yield Finding("smaa.error", value=short(error))


def _draw_faults(draws: object, rng: object, error: object) -> Iterator[Finding]:
    if rng is not None:
        yield from rng_faults(rng)
    elif isinstance(draws, Space):
        yield Finding("smaa.no_rng")
    if error is not None and not isinstance(draws, Space):
        yield Finding("smaa.fixed")


def _is_whole(given: object) -> bool:
    return isinstance(given, Integral) and not isinstance(given, bool)
