"""What comes out of a setting is what a ranking made that way says."""

from dataclasses import replace

import numpy as np
import pytest

import partnermcda as pm
from partnermcda import core
from partnermcda.catalog import Catalog
from partnermcda.errors import MethodError
from partnermcda.ranking.contest import as_contest
from partnermcda.sensitivity import Choices
from partnermcda.sensitivity.inputs import Inputs
from partnermcda.sensitivity.outcomes import Outcome, scores, ways_of
from partnermcda.sensitivity.problem import make_problem
from partnermcda.sensitivity.simplex import make_weights

from .actors import CATALOG, WEIGHTS, inventory

ACTORS = inventory(m=12, missing=0.0)
CONTEST = as_contest(pm.evaluate(ACTORS, CATALOG), WEIGHTS)
WIDE = Choices(
    normalization=("fixed", "vector", "minmax", "total", "peak"),
    method=("topsis", "weighted_sum", "vikor", "edas"),
)


def make_inputs(choices):
    problem = make_problem(ACTORS, CATALOG, CONTEST, choices.unknown, slice(0, len(CONTEST)))
    pillars = {}
    for j, entry in enumerate(problem.entries):
        pillars.setdefault(entry.pillar, []).append(j)
    return Inputs(problem, choices, make_weights(CATALOG, WEIGHTS, choices, pillars))


def catalog_of(setting, criteria):
    """The catalog as somebody would have written it who chose so."""
    bounds = {
        c.id: {"low": low, "high": high, "transform": "log10" if log else "linear"}
        for c, low, high, log in zip(
            criteria, setting.low.tolist(), setting.high.tolist(), setting.logs, strict=True
        )
    }
    pillars = tuple(
        pillar.model_copy(
            update={"criteria": tuple(c.model_copy(update=bounds[c.id]) for c in pillar.criteria)}
        )
        for pillar in CATALOG.pillars
    )
    return Catalog.model_construct(**{**dict(CATALOG), "pillars": pillars})


def test_a_setting_scores_as_a_ranking_by_a_catalog_written_so():
    inputs = make_inputs(WIDE)
    points = np.random.default_rng(7).random((50, sum(inputs.groups.values())))
    seen = set()
    for setting in inputs.settings(points):
        name = WIDE.method[setting.method]
        normalization = WIDE.normalization[setting.normalization]
        if normalization != "fixed" and name == "topsis":
            name = f"topsis_observed(normalization={normalization})"
        elif normalization != "fixed":
            continue
        seen.add(name)
        values = pm.evaluate(ACTORS, catalog_of(setting, inputs.problem.criteria))
        ranking = pm.rank(values, setting.weights, name)
        found = scores(inputs, ways_of(WIDE), setting)
        np.testing.assert_allclose(found.score, ranking.score[CONTEST.rows], atol=1e-12)
        assert found.rank.tolist() == ranking.rank[CONTEST.rows].tolist()
    assert len(seen) == 8


@pytest.mark.parametrize("name", ["vector", "minmax", "total", "peak"])
def test_values_are_measured_by_one_another_within_each_city(name):
    choices = Choices(normalization=("fixed", name), method=("weighted_sum",))
    inputs = make_inputs(choices)
    chosen = inputs.chosen()
    values = inputs.problem.values(chosen.low, chosen.high, chosen.logs, 0, 0.5)
    every, starts = np.ones(values.shape[1], dtype=bool), CONTEST.starts
    expected = getattr(core, name)(values, every, starts) @ chosen.weights
    way = ways_of(choices)[1]
    found = scores(inputs, [way], chosen)
    np.testing.assert_allclose(found.score, expected, atol=1e-12)


def test_a_leader_stays_where_it_is_still_first():
    inputs = make_inputs(Choices(bounds=0.0, transform=False, normalization=("fixed",)))
    ways = ways_of(inputs.choices)
    leaders = scores(inputs, ways, inputs.chosen()).rank == 1
    points = np.random.default_rng(7).random((40, sum(inputs.groups.values())))
    stays = Outcome("leader", inputs, ways, None, leaders)(points)
    values = pm.evaluate(ACTORS, CATALOG)
    first = pm.rank(values, WEIGHTS).rank == 1
    expected = []
    for setting in inputs.settings(points):
        method = inputs.choices.method[setting.method]
        ranking = pm.rank(values, setting.weights, method)
        kept = first & (ranking.rank == 1)
        expected.append(len(set(ranking.cities[kept])) / 2)
    assert stays.tolist() == expected
    assert len(set(expected)) == 3


def test_rank_and_score_are_those_of_the_actor_asked_about():
    inputs = make_inputs(Choices(normalization=("fixed",), method=("topsis", "weighted_sum")))
    ways = ways_of(inputs.choices)
    points = np.random.default_rng(7).random((10, sum(inputs.groups.values())))
    nobody = np.zeros(12, dtype=bool)
    for place in (0, 7):
        found = [scores(inputs, ways, setting) for setting in inputs.settings(points)]
        for of in ("rank", "score"):
            asked = Outcome(of, inputs, ways, place, nobody)(points)
            assert asked.tolist() == [getattr(each, of)[place] for each in found]


def test_what_a_method_cannot_take_is_told_with_its_name():
    inputs = make_inputs(Choices(method=("weighted_product",)))
    chosen = replace(inputs.chosen(), low=inputs.problem.x[0])
    with pytest.raises(MethodError) as refused:
        scores(inputs, ways_of(inputs.choices), chosen)
    first, second, *_ = refused.value.findings
    assert first.code == "sensitivity.refused"
    assert first.details == {"method": "weighted_product"}
    assert second.path == "a0"
