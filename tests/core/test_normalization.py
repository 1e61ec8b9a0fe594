"""Value functions, and the classical normalizations held against their formulas in fractions."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from partnermcda import core
from partnermcda.errors import MethodError

ANSWERS = st.floats(0, 1e9, allow_subnormal=False)


def value(x, low, high, benefit=True, log=False):
    column = np.atleast_1d(np.asarray(x, dtype=float))[:, None]
    arrays_ = (np.array([b]) for b in (float(low), float(high), benefit, log))
    return core.value(column, *arrays_)[:, 0]


@pytest.mark.parametrize(
    ("x", "low", "high", "benefit", "log", "expected"),
    [
        (4, 1, 5, True, False, 0.75),
        (31622.7766016838, 1000, 1_000_000, True, True, 0.5),
        (12.5, 1, 24, False, False, 0.5),
        (0.5, 0.5, 5, False, True, 1.0),
        (0, 1000, 1_000_000, True, True, 0.0),
        (0, 0.5, 5, False, True, 1.0),
    ],
)
def test_known_answers(x, low, high, benefit, log, expected):
    assert value(x, low, high, benefit, log)[0] == pytest.approx(expected, abs=1e-12)


@given(arrays(float, st.integers(1, 20), elements=ANSWERS), st.booleans(), st.booleans())
def test_values_lie_in_the_unit_interval_and_keep_the_order_of_answers(x, benefit, log):
    v = value(x, 0.5, 5000, benefit, log)
    assert ((v >= 0) & (v <= 1)).all()
    ordered = v[np.argsort(x if benefit else -x, kind="stable")]
    assert (np.diff(ordered) >= -1e-15).all()


@given(arrays(float, st.integers(2, 40), elements=ANSWERS), st.booleans(), st.data())
def test_a_value_has_the_same_bits_whoever_else_is_there(x, log, data):
    kept = data.draw(st.lists(st.sampled_from(range(len(x))), min_size=1, unique=True))
    assert value(x[kept], 1, 1e6, log=log).tobytes() == value(x, 1, 1e6, log=log)[kept].tobytes()


@given(arrays(float, st.tuples(st.integers(1, 9), st.just(3)), elements=ANSWERS))
def test_memory_order_changes_no_bit(x):
    low, high, benefit, log = (
        np.ones(3),
        np.full(3, 1e6),
        np.ones(3, bool),
        np.array([0, 1, 0], bool),
    )
    row_major = core.value(np.ascontiguousarray(x), low, high, benefit, log)
    column_major = core.value(np.asfortranarray(x), low, high, benefit, log)
    strided = core.value(np.repeat(x, 2, axis=0)[::2], low, high, benefit, log)
    assert row_major.tobytes() == column_major.tobytes() == strided.tobytes()


def test_what_is_not_known_stays_not_known():
    assert np.isnan(value([np.nan, 3], 1, 5)).tolist() == [True, False]


@given(st.floats(0.6, 4999), st.booleans())
def test_a_cost_is_a_benefit_turned_round(x, log):
    both = value(x, 0.5, 5000, True, log) + value(x, 0.5, 5000, False, log)
    assert both[0] == pytest.approx(1, abs=1e-12)


# The classical normalizations.

ALL = (core.vector, core.minmax, core.total, core.peak)
SHARES = (core.total, core.peak)
POSITIVE = st.floats(1e-150, 1e150)
ANY = POSITIVE | POSITIVE.map(lambda x: -x) | st.just(0.0)


@st.composite
def columns(draw, normalize, least=0, elements=None):
    """Values that `normalize` takes, and which columns are benefits."""
    m, n = draw(st.integers(least, 12)), draw(st.integers(1, 4))
    if elements is None:
        elements = POSITIVE if normalize in SHARES else ANY
    return draw(arrays(float, (m, n), elements=elements)), draw(arrays(bool, n))


def exactly(normalize, column, benefit):
    """The formula in fractions; only the length of a vector is a float."""
    x = [Fraction(v) for v in column]
    if normalize is core.vector:
        length = Fraction(math.hypot(*column))
        return [(v if benefit else -v) / length if length else 0 for v in x]
    if normalize is core.minmax:
        span = max(x) - min(x)
        return [(v - min(x) if benefit else max(x) - v) / span if span else 0 for v in x]
    x = x if benefit else [1 / v for v in x]
    whole = sum(x) if normalize is core.total else max(x)
    return [v / whole if whole else 0 for v in x]


@pytest.mark.parametrize("normalize", ALL)
@given(st.data())
def test_each_is_its_formula_from_1e_minus_150_to_1e150(normalize, data):
    x, benefit = data.draw(columns(normalize, least=1))
    expected = [exactly(normalize, *pair) for pair in zip(x.T, benefit, strict=True)]
    expected = np.array(expected, dtype=float).T
    assert normalize(x, benefit) == pytest.approx(expected, rel=1e-14, abs=1e-300)


@pytest.mark.parametrize("size", [5e-324, 1e-170, 1e154, 4e307])
@pytest.mark.parametrize("benefit", [True, False])
def test_nothing_overflows_and_nothing_vanishes(size, benefit):
    x = np.array([[1.0], [2.0], [4.0]])
    for normalize in ALL:
        expected = normalize(x, [benefit])
        assert normalize(x * size, [benefit]) == pytest.approx(expected, rel=1e-15)


def test_a_range_wider_than_any_float_is_no_infinity():
    x = np.array([[-1.7e308], [0.0], [1.7e308]])
    assert core.minmax(x, [True])[:, 0].tolist() == [0, 0.5, 1]
    assert core.vector(x, [True])[:, 0] == pytest.approx([-(0.5**0.5), 0, 0.5**0.5])
    wide = np.array([[5e-324], [1.7e308]])
    for normalize in SHARES:
        assert normalize(wide, [False])[:, 0].tolist() == [1, 0]


@pytest.mark.parametrize("normalize", ALL)
@given(st.data())
def test_permuted_actors_and_criteria_have_permuted_values(normalize, data):
    x, benefit = data.draw(columns(normalize, least=1))
    rows = data.draw(st.permutations(range(x.shape[0])))
    order = data.draw(st.permutations(range(x.shape[1])))
    r = normalize(x, benefit)
    assert (normalize(x[:, order], benefit[order]) == r[:, order]).all()
    # A sum may round otherwise in another order.
    assert normalize(x[rows], benefit) == pytest.approx(r[rows], rel=1e-14, abs=1e-300)


@pytest.mark.parametrize("normalize", ALL)
@given(st.data())
def test_normalized_cities_end_to_end_are_cities_alone_to_the_last_bit(normalize, data):
    x, benefit = data.draw(columns(normalize, least=1))
    cuts = data.draw(st.sets(st.integers(1, len(x))))
    starts = np.array(sorted({0} | cuts - {len(x)}))
    alone = [normalize(city, benefit) for city in np.split(x, starts[1:])]
    assert normalize(x, benefit, starts).tobytes() == np.vstack(alone).tobytes()


def test_long_cities_end_to_end_are_cities_alone_to_the_last_bit():
    x = np.random.default_rng(5).lognormal(0, 3, (30_011, 2))
    starts, benefit = np.array([0, 7, 1_000, 1_001, 20_003]), np.array([True, False])
    for normalize in ALL:
        alone = [normalize(city, benefit) for city in np.split(x, starts[1:])]
        assert normalize(x, benefit, starts).tobytes() == np.vstack(alone).tobytes()


@pytest.mark.parametrize("normalize", ALL)
@given(st.data(), st.floats(1e-100, 1e100), st.integers(-300, 300))
def test_the_unit_of_a_column_changes_nothing(normalize, data, factor, exponent):
    x, benefit = data.draw(columns(normalize, elements=st.integers(1, 1000).map(float)))
    r = normalize(x, benefit)
    assert normalize(x * factor, benefit) == pytest.approx(r, abs=1e-12)
    assert normalize(x * 2.0**exponent, benefit).tobytes() == r.tobytes()


@pytest.mark.parametrize("normalize", ALL)
@given(st.data())
def test_better_stays_better_in_the_range_of_each(normalize, data):
    x, benefit = data.draw(columns(normalize, least=1))
    r = normalize(x, benefit)
    assert (np.abs(r) <= 1).all()
    assert normalize is core.vector or (r >= 0).all()
    better = np.where(benefit, x, -x)
    assert (np.diff(np.take_along_axis(r, better.argsort(axis=0), axis=0), axis=0) >= 0).all()


@given(columns(core.total, least=1))
def test_shares_sum_to_one_and_the_best_has_one_of_its_peak(problem):
    assert core.total(*problem).sum(axis=0) == pytest.approx(1, abs=1e-14)
    assert (core.peak(*problem).max(axis=0) == 1).all()


@given(columns(core.vector, least=1))
def test_a_column_has_length_one_unless_all_is_zero(problem):
    x, benefit = problem
    length = np.sqrt((core.vector(x, benefit) ** 2).sum(axis=0))
    assert length == pytest.approx(x.any(axis=0).astype(float), abs=1e-14)


@given(columns(core.minmax, least=1))
def test_the_worst_is_zero_and_the_best_one_unless_all_are_alike(problem):
    x, benefit = problem
    r = core.minmax(x, benefit)
    assert (r.min(axis=0) == 0).all()
    assert (r.max(axis=0) == (np.ptp(x, axis=0) > 0)).all()


@pytest.mark.parametrize("normalize", [core.vector, core.minmax])
@given(st.data())
def test_a_cost_is_the_benefit_of_the_negative(normalize, data):
    x, benefit = data.draw(columns(normalize))
    assert (normalize(x, benefit) == normalize(-x, ~benefit)).all()


@given(columns(core.minmax, least=1))
def test_the_directions_of_minmax_sum_to_one_unless_all_are_alike(problem):
    x, benefit = problem
    both = core.minmax(x, benefit) + core.minmax(x, ~benefit)
    uneven = np.broadcast_to(np.ptp(x, axis=0) > 0, x.shape)
    assert both == pytest.approx(uneven.astype(float), abs=1e-15)


@pytest.mark.parametrize("normalize", SHARES)
@given(st.data())
def test_a_cost_is_the_benefit_of_the_reciprocal(normalize, data):
    x, benefit = data.draw(columns(normalize))
    turned = normalize(1 / x, ~benefit)
    assert normalize(x, benefit) == pytest.approx(turned, rel=1e-14, abs=1e-300)


@pytest.mark.parametrize("normalize", ALL)
@given(st.data())
def test_no_memory_layout_changes_a_bit_and_no_input_is_written_to(normalize, data):
    x, benefit = data.draw(columns(normalize))
    before, bits = x.tobytes(), normalize(x, benefit).tobytes()
    x.flags.writeable = False
    wide = np.zeros((2 * x.shape[0], 3 * x.shape[1]))
    wide[::2, ::3] = x
    backwards = np.ascontiguousarray(x[::-1, ::-1])[::-1, ::-1]
    for same in (x, np.asfortranarray(x), wide[::2, ::3], backwards):
        assert normalize(same, benefit).tobytes() == bits
    assert x.tobytes() == before


@pytest.mark.parametrize("normalize", ALL)
@given(st.data())
def test_single_precision_comes_and_goes_with_sums_in_double(normalize, data):
    elements = st.floats(2.0**-60, 2.0**100, width=32)
    x, benefit = data.draw(columns(normalize, elements=elements))
    single = normalize(x.astype(np.float32), benefit)
    assert single.dtype == np.float32
    assert single.tobytes() == normalize(x, benefit).astype(np.float32).tobytes()


@pytest.mark.parametrize("normalize", ALL)
@pytest.mark.parametrize("shape", [(0, 3), (1, 3), (3, 1), (3, 0)])
def test_every_shape_keeps_its_shape(normalize, shape):
    r = normalize(np.ones(shape), np.array([True, False, True])[: shape[1]])
    assert r.shape == shape
    assert r.dtype == float
    assert np.isfinite(r).all()


@pytest.mark.parametrize("normalize", ALL)
def test_lists_and_whole_numbers_are_as_good_as_arrays_of_floats(normalize):
    expected = normalize(np.array([[1.0, 5.0], [4.0, 2.0]]), np.array([True, False]))
    assert (normalize([[1, 5], [4, 2]], [True, False]) == expected).all()


@pytest.mark.parametrize("normalize", ALL)
def test_a_column_of_zeros_stays_without_sign(normalize):
    benefit = [True, normalize in SHARES]
    r = normalize(np.zeros((3, 2)), benefit)
    assert r.tobytes() == np.zeros((3, 2)).tobytes()


def test_a_constant_column_gives_what_its_formula_gives_and_zeros_for_zero_by_zero():
    x, both = np.full((4, 2), 3.0), [True, False]
    assert core.minmax(x, both).tolist() == [[0, 0]] * 4
    assert core.vector(x, both).tolist() == [[0.5, -0.5]] * 4
    assert core.total(x, both).tolist() == [[0.25, 0.25]] * 4
    assert core.peak(x, both).tolist() == [[1, 1]] * 4


@pytest.mark.parametrize("normalize", ALL)
@given(st.data(), POSITIVE, st.booleans())
def test_a_constant_column_takes_no_part_in_closeness(normalize, data, constant, direction):
    x, benefit = data.draw(columns(normalize, least=1))
    wider = np.column_stack([x, np.full(len(x), constant)])
    weights = np.ones(x.shape[1] + 1)
    with_it = core.closeness(normalize(wider, [*benefit, direction]), weights)
    assert (with_it == core.closeness(normalize(x, benefit), weights[:-1])).all()


FAULTS = {
    core.vector: [np.nan, np.inf, -np.inf],
    core.minmax: [np.nan, np.inf, -np.inf],
    core.total: [np.nan, np.inf, -1.5, 0.0],
    core.peak: [np.nan, np.inf, -1.5, 0.0],
}
SENTENCES = {
    "en": {
        np.nan: "row 3, column 2: the value is nan; every value must be a finite number",
        np.inf: "row 3, column 2: the value is inf; every value must be a finite number",
        -np.inf: "row 3, column 2: the value is -inf; every value must be a finite number",
        -1.5: "row 3, column 2: the value -1.5 is negative; `total` and `peak`",
        0.0: "row 3, column 2: the value is 0 where less is better; `total` and `peak` divide",
    },
    "fr": {
        np.nan: "ligne 3, colonne 2 : la valeur est nan ; chaque valeur doit être un nombre fini",
        np.inf: "ligne 3, colonne 2 : la valeur est inf ; chaque valeur doit être un nombre fini",
        -np.inf: "ligne 3, colonne 2 : la valeur est -inf ; chaque valeur doit être un nombre",
        -1.5: "ligne 3, colonne 2 : la valeur -1.5 est négative ; `total` et `peak`",
        0.0: "ligne 3, colonne 2 : la valeur est 0 alors que moins vaut mieux ; `total` et `peak`",
    },
}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("normalize", "bad"), [(normalize, bad) for normalize in ALL for bad in FAULTS[normalize]]
)
def test_what_a_formula_cannot_take_is_refused_with_its_place(normalize, bad, language):
    x = np.ones((4, 3))
    x[2:, 1] = bad
    with pytest.raises(MethodError) as caught:
        normalize(x, [True, False, True])
    assert [finding.more for finding in caught.value.findings] == [1]
    assert caught.value.text(language).startswith(SENTENCES[language][bad])


def test_every_column_at_fault_is_named_at_once():
    x = np.array([[1.0, -2.0, np.nan, 0.0], [1.0, 1.0, -1.0, 1.0]])
    with pytest.raises(MethodError) as caught:
        core.peak(x, [True, True, True, False])
    found = [(finding.code, finding.column) for finding in caught.value.findings]
    assert found == [
        ("core.negative", "2"),
        ("core.not_finite", "3"),
        ("core.negative", "3"),
        ("core.zero_cost", "4"),
    ]


def test_zeros_are_shares_where_more_is_better():
    x = np.array([[0.0], [1.0]])
    assert core.total(x, [True]).tolist() == core.peak(x, [True]).tolist() == [[0], [1]]
