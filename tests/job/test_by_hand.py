"""The ranking of the demo, recomputed from the raw rows by arithmetic written out here.

Nothing of the library is used on this side: rows are read by Python's csv module, weights come from
the judgements as numbers, and ranks are counted.
"""

import csv
import math
from pathlib import Path

import pytest

import partnermcda as pm

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
REGISTER = EXAMPLES / "br_water_providers_2021.csv"

PILLARS = [[1, 2, 1, 1 / 3], [1 / 2, 1, 1 / 2, 1 / 4], [1, 2, 1, 1 / 3], [3, 4, 3, 1]]
RESOURCES = [
    [1, 2, 2, 1 / 2, 1 / 3],
    [1 / 2, 1, 1, 1 / 2, 1 / 4],
    [1 / 2, 1, 1, 1 / 2, 1 / 3],
    [2, 2, 2, 1, 1 / 2],
    [3, 4, 3, 2, 1],
]
DIGITAL = [
    [1, 1 / 2, 1, 1 / 3, 1],
    [2, 1, 2, 1 / 2, 2],
    [1, 1 / 2, 1, 1 / 3, 1],
    [3, 2, 3, 1, 3],
    [1, 1 / 2, 1, 1 / 3, 1],
]
EQUITY = [
    [1, 2, 2, 3, 5],
    [1 / 2, 1, 1, 2, 3],
    [1 / 2, 1, 1, 1, 3],
    [1 / 3, 1 / 2, 1, 1, 2],
    [1 / 5, 1 / 3, 1 / 3, 1 / 2, 1],
]


def eigenvector(matrix):
    v = [1 / len(matrix)] * len(matrix)
    for _ in range(500):
        w = [sum(a * x for a, x in zip(row, v, strict=True)) for row in matrix]
        v = [x / sum(w) for x in w]
    return v


def judged_weights():
    """Weights of what the survey tells, rescaled to sum 1: seven criteria are not judged."""
    resources, _, digital, equity = eigenvector(PILLARS)
    r, d, e = eigenvector(RESOURCES), eigenvector(DIGITAL), eigenvector(EQUITY)
    judged = {
        "money": resources * r[0],
        "staff": resources * r[2],
        "data": resources * r[3],
        "field": resources * r[4],
        "digital": digital * d[0],
        "unserved": equity * e[0],
        "growth": equity * e[1],
        "price": equity * e[2],
        "losses": equity * e[4],
    }
    total = sum(judged.values())
    return {name: weight / total for name, weight in judged.items()}, 1 - total


def number(row, column):
    return float(row[column]) if row[column] else None


def unit(x, low, high):
    return min(1.0, max(0.0, (x - low) / (high - low)))


def values(row):
    """Each criterion's value in [0, 1]; None where it is not known."""
    v = dict.fromkeys(judged_weights()[0])
    money, staff = number(row, "collected_brl"), number(row, "staff_equivalent_total")
    if money:
        v["money"] = unit(math.log10(money * 0.01 / 6.38), 3, 6)
    if staff:
        v["staff"] = unit(math.log10(staff * 0.05), math.log10(0.5), math.log10(20))
    metered = number(row, "macrometering_index_pct")
    if metered is not None:
        v["data"] = unit(min(4, max(2, 2 + 0.02 * metered)), 1, 5)
    covered = number(row, "total_coverage_pct")
    if covered is not None:
        v["field"] = covered / 100
    meters = number(row, "metering_index_pct")
    if meters is not None:
        v["digital"] = (200 / 7 + 3 / 7 * meters) / 100
    urban, served = number(row, "pop_urban_served_water"), number(row, "pop_served_water")
    if urban and served and 1 - urban / served <= 0.95:
        v["unserved"] = 1 - urban / served
    now, before = number(row, "active_connections"), number(row, "active_connections_prev_year")
    if now and before:
        v["growth"] = unit(min(4, max(1, 40 * now / before - 38)), 1, 5)
    price = number(row, "avg_tariff_water_brl_m3")
    if price and 0.1 <= price / 2.37 <= 10:
        v["price"] = 1 - unit(math.log10(price / 2.37), math.log10(0.5), math.log10(5))
    lost = number(row, "losses_distribution_pct")
    if lost:
        v["losses"] = unit(min(4, max(1, 4.6 - 0.06 * lost)), 1, 5)
    return v


def closeness(v, weights, gap):
    """TOPSIS on the fixed scale, with `gap` where a value is not known."""
    filled = {name: gap if v[name] is None else v[name] for name in weights}
    to_ideal = math.sqrt(sum((w * (1 - filled[name])) ** 2 for name, w in weights.items()))
    to_anti = math.sqrt(sum((w * filled[name]) ** 2 for name, w in weights.items()))
    return to_anti / (to_ideal + to_anti)


@pytest.fixture(scope="module")
def ranking():
    catalog = pm.load_catalog("urban-services")
    inventory = pm.read_inventory(REGISTER, catalog, EXAMPLES / "br-water-by-state.yaml")
    return pm.rank(pm.evaluate(inventory, catalog), catalog.weights("expand_unserved"))


@pytest.fixture(scope="module")
def by_hand():
    """All water providers of Tocantins: (low, middle, high) score, and the share known."""
    weights, _ = judged_weights()
    with REGISTER.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["state"] == "TO"]
    scored = {}
    for row in rows:
        if row["service_type"] == "Esgoto":
            continue
        v = values(row)
        known = sum(w for name, w in weights.items() if v[name] is not None)
        scored[row["provider_id"]] = (*(closeness(v, weights, g) for g in (0, 0.5, 1)), known)
    return scored


# A private service of which all is known, a large company beyond several bounds, and a town hall
# that declares neither money nor price.
@pytest.mark.parametrize("actor", ["17074012", "17210000", "17038211"])
def test_score_interval_and_ranks_of_an_actor_are_those_computed_by_hand(ranking, by_hand, actor):
    row = ranking.to_frame().set_index("actor_id").loc[actor]
    low, mid, high, known = by_hand[actor]
    assert row["score_low"] == pytest.approx(low, abs=1e-12)
    assert row["score"] == pytest.approx(mid, abs=1e-12)
    assert row["score_high"] == pytest.approx(high, abs=1e-12)
    assert row["evidence"] == pytest.approx(known, abs=1e-12)
    assert row["rank"] == 1 + sum(other[1] > mid for other in by_hand.values())
    assert row["rank_best"] == 1 + sum(other[0] > high for other in by_hand.values())
    assert row["rank_worst"] == sum(other[2] >= low for other in by_hand.values())


def test_what_is_not_judged_carries_the_weight_computed_by_hand(ranking):
    assert ranking.set_aside_share == pytest.approx(judged_weights()[1], abs=1e-12)
    assert len(ranking.set_aside) == 7


def test_the_state_has_the_actors_of_the_register(ranking, by_hand):
    assert set(ranking.actors[ranking.cities == "TO"]) == set(by_hand)
    assert len(ranking) == 1319
    assert ranking.left_out.counts() == {"outside": 552}
