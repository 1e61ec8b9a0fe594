"""The fast sort is the plain stable one, for every pattern of bits."""

import numpy as np
import pytest

from partnermcda.core.order import ascending, by_city

RNG = np.random.default_rng(21)
BITS = RNG.integers(0, 2**64, 5_000, dtype=np.uint64).view(np.float64)
NUMBERS = {
    "of all patterns of bits": BITS[~np.isnan(BITS)],
    "that differ in the last bits": 1 + RNG.integers(-999, 999, 5_000) * 2.0**-52,
    "of the last bits, negative": -1 + RNG.integers(-999, 999, 5_000) * 2.0**-53,
    "below the normal ones": RNG.integers(-999, 999, 5_000) * 5e-324,
    "zeros of both signs": RNG.choice([0.0, -0.0], 5_000),
    "infinite or close to it": RNG.choice([np.inf, -np.inf, 1.7e308, -1.7e308], 5_000),
    "all equal": np.full(5_000, 0.25),
    "falling": -np.arange(5_000.0),
    "few": RNG.random(100).round(1),
    "none": np.empty(0),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_are_sorted_as_by_a_stable_sort(name):
    order, ordered = ascending(NUMBERS[name])
    assert (order == np.argsort(NUMBERS[name], kind="stable")).all()
    assert (ordered == np.sort(NUMBERS[name])).all()


def test_what_is_sorted_stays_as_it_was():
    numbers = RNG.random(3_000)
    before = numbers.copy()
    ascending(numbers)
    assert (numbers == before).all()


def test_cities_come_one_after_the_other_each_still_sorted():
    sizes = np.array([300, 1, 700])
    scores = RNG.random(1_001).round(2)
    city = np.repeat(np.arange(3), sizes)
    assert (by_city(ascending(scores)[0], sizes) == np.lexsort((scores, city))).all()
    twice = np.append(scores, scores + 0.1)
    expected = np.lexsort((twice, np.append(city, city)))
    assert (by_city(ascending(twice)[0], sizes) == expected).all()
