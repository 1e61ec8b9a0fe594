"""Global sensitivity of a ranking to the choices that make it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from numbers import Integral
from typing import Final, get_args

import numpy as np
import pandas as pd

from partnermcda.catalog import Catalog
from partnermcda.core.arrays import Floats, Texts
from partnermcda.core.weight_space import as_generator, rng_faults
from partnermcda.errors import Finding, MethodError, short
from partnermcda.evaluation import evaluate
from partnermcda.messages import LANGUAGES, say
from partnermcda.ranking.contest import Contest, as_contest, no_city, position
from partnermcda.sensitivity.choices import Choices
from partnermcda.sensitivity.indices import Indices, indices
from partnermcda.sensitivity.inputs import Inputs
from partnermcda.sensitivity.outcomes import Of, Outcome, scores, ways_of
from partnermcda.sensitivity.problem import Problem, make_problem
from partnermcda.sensitivity.result import Sensitivity
from partnermcda.sensitivity.simplex import make_weights
from partnermcda.weights import Weights

_FEWEST: Final = 16
_ROUGH: Final = 0.05


def global_sensitivity(
    inventory: pd.DataFrame,
    catalog: Catalog,
    weights: Weights | Mapping[str, float] | Sequence[float] | Floats,
    *,
    draws: int,
    rng: np.random.Generator | int,
    of: Of = "leader",
    actor: str | None = None,
    city: str | None = None,
    choices: Choices | None = None,
) -> Sensitivity:
    r"""Find out on which of the choices behind a ranking its outcome hangs.

    Parameters
    ----------
    inventory : DataFrame
        As :func:`partnermcda.read_inventory` returns it.
    catalog : Catalog
        Its criteria.
    weights : Weights, mapping of str to float, or (n,) array
        As they were chosen: one for each column of the decision matrix.
    draws : int
        Number N of pairs of points, a power of two from 16 on. With g choices left open, 2gN
        rankings are computed.
    rng : numpy.random.Generator or int
        Where the random numbers come from, or a seed.
    of : {"leader", "rank", "score"}
        The outcome: whether whoever leads as things were chosen stays first (the share of cities
        where that is so, without `city`); or the rank or the score of `actor`. Scores are asked of
        methods on the fixed scale only, as others have units of their own.
    actor : str, optional
        Id or name, for a rank or a score.
    city : str, optional
        The one city that matters.
    choices : Choices, optional
        What could have been chosen otherwise.

    Returns
    -------
    Sensitivity
        Sobol' indices and Shapley effects of each choice, with standard errors.

    Raises
    ------
    WeightsError
        If the weights do not fit the criteria.
    MethodError
        If SALib is not installed, fewer than two choices are left open, a method cannot take the
        values, or an argument is none of those above.
    InventoryError
        If the inventory breaks the catalog's schema, or nobody is left to compare.

    Notes
    -----
    Choices are independent of one another; what is behind one need not be. The n weights sum to 1,
    so they are no independent inputs: they enter as one group, as an exact map of n - 1 independent
    uniform numbers to the simplex. Missing answers of all actors are one group, too. Those compared
    are those of whom some answer is known; criteria about which nothing is known for anybody are
    set aside.

    References
    ----------
    .. [1] A. Saltelli et al., "Variance based sensitivity analysis of model output. Design and
       estimator for the total sensitivity index", Comput. Phys. Commun. 181(2), 2010,
       :doi:`10.1016/j.cpc.2009.09.018`.
    .. [2] E. Song, B. L. Nelson and J. Staum, "Shapley effects for global sensitivity analysis:
       theory and computation", SIAM/ASA J. Uncertain. Quantif. 4(1), 2016,
       :doi:`10.1137/15M1048070`.

    Examples
    --------
    >>> import partnermcda as pm
    >>> catalog = pm.load_catalog("urban-services")
    >>> actors = pd.DataFrame({
    ...     "actor_id": ["a", "b"], "actor": ["Ada", "Bo"], "actor_type": ["ngo", "start_up"],
    ...     "city": ["Dakar", "Dakar"], "res_technical": [4, 3], "dig_propensity": [2, 5]})
    >>> found = global_sensitivity(
    ...     pm.read_inventory(actors, catalog), catalog, catalog.weights("balanced"),
    ...     draws=256, rng=7)
    >>> found.choices
    ('weights', 'normalization', 'method')
    >>> found.about
    'Bo'
    """
    choices = Choices() if choices is None else choices
    faults = [*_number_faults(draws), *rng_faults(rng), *_question_faults(of, actor, choices)]
    if faults:
        raise MethodError(faults)
    contest = as_contest(evaluate(inventory, catalog), weights)
    place = None if actor is None else position(contest, actor, city)
    here = _here(contest, place, city)
    problem = make_problem(inventory, catalog, contest, choices.unknown, here)
    drawn = make_weights(catalog, contest.weights, choices, _pillars(problem))
    inputs = Inputs(problem, choices, drawn)
    sizes = inputs.groups
    if len(sizes) < 2:
        raise MethodError(Finding("sensitivity.one_choice", {"names": ", ".join(sizes) or "–"}))
    outcome = _outcome(of, inputs, None if place is None else place - here.start)
    found = indices(outcome, tuple(sizes.values()), draws, as_generator(rng))
    return Sensitivity(
        of=of,
        about=_about(outcome, contest.names[here]),
        city=str(contest.cities[here.start]) if problem.starts is None else "",
        cities=1 if problem.starts is None else len(problem.starts),
        choices=tuple(sizes),
        labels={language: _labels(sizes, catalog, language) for language in LANGUAGES},
        inputs=np.array(list(sizes.values())),
        indices=found,
        draws=draws,
        notes=tuple(_notes(contest, inputs, found)),
    )


def _number_faults(draws: object) -> Iterator[Finding]:
    whole = isinstance(draws, Integral) and not isinstance(draws, bool)
    if not whole or draws < _FEWEST or draws & (draws - 1):  # type: ignore[operator]
        yield Finding("sensitivity.draws", {"fewest": _FEWEST}, value=short(draws))


def _question_faults(of: str, actor: str | None, choices: object) -> Iterator[Finding]:
    names = get_args(Of)
    if of not in names:
        yield Finding("sensitivity.of", {"name": short(of), "names": ", ".join(names)})
    elif (of == "leader") != (actor is None):
        yield Finding("sensitivity.no_actor" if actor is None else "sensitivity.actor_of_leader")
    if not isinstance(choices, Choices):
        yield Finding("sensitivity.choices", {"kind": type(choices).__name__})
        return
    others = [m.name for m in choices.methods if not m.fixed_scale]
    others += [name for name in choices.normalization if name != "fixed"]
    if of == "score" and others:
        yield Finding("sensitivity.units", {"names": ", ".join(others)})


def _here(contest: Contest, place: int | None, city: str | None) -> slice:
    """Actors that matter: one city's, or all."""
    if place is None and city is None:
        return slice(0, len(contest))
    wanted = city if place is None else contest.cities[place]
    places = np.flatnonzero(contest.cities == wanted)
    if not len(places):
        raise MethodError(no_city(contest, wanted))
    return slice(int(places[0]), int(places[-1]) + 1)


def _pillars(problem: Problem) -> dict[str, list[int]]:
    columns = defaultdict(list)
    for j, entry in enumerate(problem.entries):
        columns[entry.pillar].append(j)
    return dict(columns)


def _outcome(of: Of, inputs: Inputs, place: int | None) -> Outcome:
    ways = ways_of(inputs.choices)
    leaders = scores(inputs, ways, inputs.chosen()).rank == 1
    return Outcome(of, inputs, ways, place, leaders)


def _about(outcome: Outcome, names: Texts) -> str:
    if outcome.place is not None:
        return str(names[outcome.place])
    one = outcome.inputs.problem.starts is None
    return " / ".join(str(name) for name in names[outcome.leaders]) if one else ""


def _labels(choices: Iterable[str], catalog: Catalog, language: str) -> tuple[str, ...]:
    pillars = {f"within {p.id}": p.label[language] for p in catalog.pillars}
    return tuple(
        say("sensitivity.within", language, pillar=pillars[name])
        if name in pillars
        else say(f"sensitivity.choice.{name}", language)
        for name in choices
    )


def _notes(contest: Contest, inputs: Inputs, found: Indices) -> Iterator[Finding]:
    others = len(contest.values) - len(contest)
    if others:
        yield Finding("sensitivity.left_out", {"count": others})
    if contest.set_aside:
        yield Finding("sensitivity.set_aside", {"names": ", ".join(contest.set_aside)})
    yield from inputs.notes()
    worst = max(found.shapley_error)
    if not found.variance > 0:
        yield Finding("sensitivity.constant")
    elif worst > _ROUGH:
        yield Finding("sensitivity.rough", {"percent": round(100 * float(worst))})
