"""How far the ranking of a job can be trusted."""

from dataclasses import dataclass
from time import perf_counter
from typing import Final

import numpy as np

from partnermcda.core.arrays import Floats
from partnermcda.core.weight_space import as_generator, draw_weights
from partnermcda.errors import Finding, MethodError
from partnermcda.explaining import survey_first
from partnermcda.job.running import Outcome
from partnermcda.job.sources import OnStep, unheard
from partnermcda.output import Drawing, Robustness, Spread
from partnermcda.ranking.contest import Contest, as_contest
from partnermcda.robustness import smaa, weight_stability

DRAWS: Final = 2_000
SEED: Final = 1
CONCENTRATION: Final = 100.0
"""What is drawn unless said otherwise."""

_TWO_OF_THREE: Final = (1 / 6, 5 / 6)


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """What came of a job, and how far it can be trusted."""

    outcome: Outcome
    """The ranking, and what it rests on."""
    robustness: Robustness
    """How far it can be trusted."""
    seconds: float
    """How long it took to find out."""


def assess(outcome: Outcome, drawing: Drawing, on_step: OnStep = unheard) -> Assessment:
    r"""Find out how far the ranking of a job can be trusted.

    Parameters
    ----------
    outcome : Outcome
        What came of the job.
    drawing : Drawing
        How weights are drawn, and how many of each city count as the best.
    on_step : callable
        Told the name of each step as it begins: ``draw``, ``stability``, ``survey``.

    Returns
    -------
    Assessment

    Raises
    ------
    MethodError
        If the method of the ranking is one of which this cannot be told.

    Examples
    --------
    >>> from pathlib import Path
    >>> from partnermcda.job import Job, run
    >>> folder = Path(getfixture("tmp_path"))
    >>> header = "actor_id,actor,actor_type,city,res_technical,dig_propensity"
    >>> rows = [header, "1,Ada,ngo,Dakar,4,2", "2,Bo,ngo,Dakar,2,5"]
    >>> _ = (folder / "actors.csv").write_text("\n".join(rows))
    >>> outcome = run(Job(str(folder / "actors.csv"), "balanced"))
    >>> found = assess(outcome, as_drawing(draws=1_000, spread="uniform")).robustness
    >>> found.to_frame("actors")[["actor", "rank", "first"]].round(1).to_dict("list")
    {'actor': ['Bo', 'Ada'], 'rank': [1, 2], 'first': [0.5, 0.5]}
    """
    began = perf_counter()
    ranking = outcome.ranking
    on_step("draw")
    contest, generator = as_contest(ranking), as_generator(drawing.seed)
    weights = _draw(contest, drawing, generator)
    acceptability = smaa(ranking, weights, rng=generator, top=drawing.top)
    drawn = np.quantile(_judged(contest, weights), _TWO_OF_THREE, axis=0).T
    on_step("stability")
    stability = weight_stability(ranking, keep="leader" if drawing.top == 1 else drawing.top)
    on_step("survey")
    survey = survey_first(ranking, drawing.top)
    found = Robustness(ranking, drawing, drawn, acceptability, stability, survey)
    return Assessment(outcome, found, perf_counter() - began)


def as_drawing(
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    spread: Spread = "around",
    concentration: float | None = None,
    top: int = 1,
) -> Drawing:
    """Say how weights shall be drawn.

    Parameters
    ----------
    draws : int
        Number of weight vectors.
    seed : int
        Where the random numbers come from.
    spread : {"around", "uniform"}
        Weights about those of the ranking, or any weights at all.
    concentration : float, optional
        How closely they lie about those of the ranking: 100 without it.
    top : int
        How many of each city count as the best.

    Returns
    -------
    Drawing

    Raises
    ------
    MethodError
        If a concentration is given where any weights are drawn.

    Examples
    --------
    >>> as_drawing(seed=7).concentration
    100.0
    """
    if spread == "uniform" and concentration is not None:
        raise MethodError(Finding("robustness.concentration", value=f"{concentration:g}"))
    close = CONCENTRATION if concentration is None else float(concentration)
    return Drawing(
        draws=draws,
        seed=seed,
        spread=spread,
        concentration=None if spread == "uniform" else close,
        top=top,
    )


def _draw(contest: Contest, drawing: Drawing, generator: np.random.Generator) -> Floats:
    """Draw weights of all criteria there are, also of those set aside."""
    around = None if drawing.spread == "uniform" else contest.given.values
    return draw_weights(
        len(contest.given.names),
        drawing.draws,
        generator,
        around=around,
        concentration=drawing.concentration,
    )


def _judged(contest: Contest, weights: Floats) -> Floats:
    """Leave out what is not judged, and rescale the others alike."""
    kept = weights[:, [contest.given.names.index(name) for name in contest.criteria]]
    return np.asarray(kept / kept.sum(axis=1, keepdims=True))
