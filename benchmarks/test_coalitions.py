"""Coalitions: one city of many candidates, and many cities."""

import pytest

from benchmarks.coalitions import made_up
from partnermcda.alliances import coalition, coalitions


@pytest.mark.parametrize("needs", ["balanced", "expand_unserved", "improve_efficiency"])
def test_coalition_of_one_city(benchmark, needs):
    inventory, catalog = made_up(1, 30 if benchmark.disabled else 1000)
    found = benchmark.pedantic(coalition, (inventory, catalog, needs), rounds=1)
    assert found.best.proven


def test_coalitions_of_all_cities(benchmark):
    cities, actors, processes = (3, 20, 1) if benchmark.disabled else (10, 1000, 2)
    inventory, catalog = made_up(cities, actors)
    found = benchmark.pedantic(
        coalitions, (inventory, catalog, "balanced"), {"processes": processes}, rounds=1
    )
    assert len(found) == cities
