"""The tables beside a ranking, held against the same figures worked out row by row."""

import math

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import partnermcda as pm

from .registers import CATALOG, OWN, WEIGHTS, batch, lay, own, plain


def ranked(tmp_path, table, key="city", **options):
    batch(lay(table, tmp_path / "source", key=key), tmp_path / "ranked", **options)
    return [
        pq.read_table(tmp_path / "ranked" / f"_{name}.parquet").to_pylist()
        for name in ("cities", "pillars")
    ]


def in_memory(table, mapping=None, **options):
    values = pm.evaluate(pm.read_inventory(table, CATALOG, mapping), CATALOG)
    return pm.rank(values, WEIGHTS, **options)


def by_city(ranking):
    groups = {}
    for row in ranking.to_frame().to_dict("records"):
        groups.setdefault(row["city"], []).append(row)
    return groups


def line_of(city, rows):
    """One line of the table of cities, from the rows of its ranking."""
    first, second = rows[0], rows[1] if len(rows) > 1 else None
    could = sum(row["rank_best"] == 1 for row in rows)
    return {
        "city": city,
        "actors": len(rows),
        "leader_id": first["actor_id"],
        "leader": first["actor"],
        "leader_type": first["actor_type"] or None,
        "score": first["score"],
        "score_low": first["score_low"],
        "score_high": first["score_high"],
        "second_id": second and second["actor_id"],
        "second": second and second["actor"],
        "lead": second and first["score"] - second["score"],
        "evidence": first["evidence"],
        "possible_leaders": could,
        "cannot_be_told_apart": could > 1,
    }


@pytest.mark.parametrize("mapping", [None, OWN], ids=["no mapping", "mapping"])
def test_every_city_has_its_leader_its_lead_and_who_could_lead(tmp_path, mapping):
    table, key = (plain(), "city") if mapping is None else (own(), "commune")
    cities, _ = ranked(tmp_path, table, key, mapping=mapping)
    groups = by_city(in_memory(table, mapping))
    assert cities == [line_of(city, rows) for city, rows in groups.items()]
    assert any(len(rows) == 1 for rows in groups.values())


@pytest.mark.parametrize("options", [{}, {"set_aside": ["res_human"]}, {"set_aside": "none"}])
def test_every_pillar_of_a_city_has_the_figures_of_its_actors(tmp_path, options):
    table = plain()
    _, pillars = ranked(tmp_path, table, **options)
    ranking = in_memory(table, **options)
    values, weights = ranking.contest.values, ranking.weights.to_dict()
    row_of = {key: i for i, key in enumerate(zip(values.cities, values.actors, strict=True))}
    expected = []
    for city, rows in by_city(ranking).items():
        places = [row_of[city, row["actor_id"]] for row in rows]
        for pillar in CATALOG.pillars:
            names = [n for n in (pillar.id, *(c.id for c in pillar.criteria)) if weights.get(n)]
            if names:
                expected.append(pillar_line(city, pillar.id, names, places, values, weights))
    assert len(pillars) == len(expected)
    for found, line in zip(pillars, expected, strict=True):
        assert (found["city"], found["pillar"]) == (line["city"], line["pillar"])
        for name in ("weight", "mean", "best", "leader", "evidence"):
            assert math.isclose(found[name], line[name], rel_tol=1e-12, abs_tol=1e-15), name


def pillar_line(city, pillar, names, places, values, weights):
    """One line of the table of pillars: weighted means, actor by actor."""
    whole = math.fsum(weights[name] for name in names)

    def mean_of(table, place):
        columns = [(values.column(name), weights[name] / whole) for name in names]
        return math.fsum(share * table[place, column] for column, share in columns)

    found = [mean_of(values.mid, place) for place in places]
    seen = [mean_of(values.evidence, place) for place in places]
    return {
        "city": city,
        "pillar": pillar,
        "weight": whole,
        "mean": math.fsum(found) / len(found),
        "best": max(found),
        "leader": found[0],
        "evidence": math.fsum(seen) / len(seen),
    }


def test_weights_of_pillars_add_up_to_one_in_every_city(tmp_path):
    _, pillars = ranked(tmp_path, plain())
    sums = {}
    for line in pillars:
        sums[line["city"]] = sums.get(line["city"], 0.0) + line["weight"]
    assert all(math.isclose(total, 1.0) for total in sums.values())


def few():
    """Three cities: equals at the top, one actor alone, and nobody who is known."""
    return pa.table(
        {
            "city": ["A", "A", "A", "B", "C"],
            "actor_id": ["y", "x", "z", "b", "c"],
            "actor": ["Y", "X", "Z", "B", "C"],
            "actor_type": ["ngo", "ngo", "ngo", None, "ngo"],
            "res_technical": [4.0, 4.0, 2.0, 3.0, None],
        }
    )


def test_equals_at_the_top_have_no_lead_and_cannot_be_told_apart(tmp_path):
    first = ranked(tmp_path, few())[0][0]
    assert (first["leader_id"], first["second_id"], first["lead"]) == ("x", "y", 0.0)
    assert (first["possible_leaders"], first["cannot_be_told_apart"]) == (2, True)


def test_an_actor_alone_leads_nobody(tmp_path):
    alone = ranked(tmp_path, few())[0][1]
    assert (alone["city"], alone["leader_id"], alone["leader_type"]) == ("B", "b", None)
    assert alone["second_id"] is alone["second"] is alone["lead"] is None
    assert (alone["possible_leaders"], alone["cannot_be_told_apart"]) == (1, False)


def test_a_city_in_which_nobody_is_ranked_has_no_line(tmp_path):
    cities, pillars = ranked(tmp_path, few())
    assert [line["city"] for line in cities] == ["A", "B"]
    assert {line["city"] for line in pillars} == {"A", "B"}


def test_the_best_only_are_written_but_all_are_told_of(tmp_path):
    table = plain()
    whole = ranked(tmp_path, table)
    best = ranked(tmp_path, table, top=1)
    assert best == whole
