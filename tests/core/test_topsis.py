"""TOPSIS from raw values: what holds for any values, weights, layout, block and thread."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from partnermcda import core
from partnermcda.core import kernel
from partnermcda.errors import MethodError

NORMALIZATIONS = ["vector", "minmax", "total", "peak"]
NORMS = [1, 2, np.inf]
any_normalization = pytest.mark.parametrize("normalization", NORMALIZATIONS)
any_norm = pytest.mark.parametrize("p", NORMS)


@st.composite
def problems(draw, least=1, lowest=1, most=7):
    """Positive values of any magnitude, weights of which some are 0, and directions."""
    m, n = draw(st.integers(least, most)), draw(st.integers(1, 5))
    digits = draw(arrays(float, (m, n), elements=st.integers(lowest, 1000).map(float)))
    magnitudes = 10.0 ** draw(arrays(int, n, elements=st.integers(-150, 147)))
    weights = draw(arrays(float, n, elements=st.integers(0, 9).map(float)))
    weights[draw(st.integers(0, n - 1))] += 1
    benefit = draw(arrays(bool, n))
    return digits * magnitudes, weights / weights.sum(), benefit


def naive(x, weights, benefit):
    with np.errstate(invalid="ignore"):
        r = weights * np.nan_to_num(x / np.sqrt((x**2).sum(axis=0)))
        best = np.where(benefit, r.max(axis=0), r.min(axis=0))
        worst = np.where(benefit, r.min(axis=0), r.max(axis=0))
        to_best = np.sqrt(((r - best) ** 2).sum(axis=1))
        to_worst = np.sqrt(((r - worst) ** 2).sum(axis=1))
        return np.nan_to_num(to_worst / (to_best + to_worst), nan=0.5)


@given(problems(lowest=-1000))
def test_closeness_is_that_of_a_naive_topsis_from_the_smallest_to_the_largest(problem):
    assert core.topsis(*problem) == pytest.approx(naive(*problem), abs=1e-12)


@any_normalization
@any_norm
@given(problem=problems())
def test_it_is_the_closeness_of_the_normalized_matrix(normalization, p, problem):
    x, weights, benefit = problem
    r = getattr(core, normalization)(x, benefit)
    score = core.topsis(x, weights, benefit, normalization=normalization, p=p)
    assert score == pytest.approx(core.closeness(r, weights, p=p), abs=1e-12)


@any_normalization
@given(problem=problems(), data=st.data())
def test_the_order_of_actors_and_criteria_changes_nothing(normalization, problem, data):
    x, weights, benefit = problem
    rows = data.draw(st.permutations(range(len(x))))
    columns = data.draw(st.permutations(range(x.shape[1])))
    score = core.topsis(x, weights, benefit, normalization=normalization)
    shuffled = core.topsis(
        x[rows][:, columns], weights[columns], benefit[columns], normalization=normalization
    )
    assert shuffled == pytest.approx(score[rows], abs=1e-12)


@any_normalization
@given(problem=problems(), data=st.data())
def test_the_unit_of_a_column_changes_nothing(normalization, problem, data):
    x, weights, benefit = problem
    units = data.draw(arrays(float, x.shape[1], elements=st.floats(1e-3, 1e3)))
    score = core.topsis(x, weights, benefit, normalization=normalization)
    other = core.topsis(x * units, weights, benefit, normalization=normalization)
    assert other == pytest.approx(score, abs=1e-12)


@any_normalization
@any_norm
@given(problem=problems(), s=st.integers(1, 4))
def test_many_weight_vectors_are_scored_one_by_one(normalization, p, problem, s):
    x, weights, benefit = problem
    many = np.array([np.roll(weights, k) for k in range(s)])
    options = {"normalization": normalization, "p": p}
    alone = [core.topsis(x, w, benefit, **options) for w in many]
    assert core.topsis(x, many, benefit, **options).tobytes() == np.array(alone).tobytes()


@st.composite
def cities(draw):
    """Cities laid end to end, some empty, with the first row of each, and what is theirs alone."""
    x, weights, benefit = draw(problems(least=1, most=12))
    inside = draw(st.lists(st.integers(0, len(x)), max_size=5))
    return x, weights, benefit, np.array([0, *sorted(inside)])


@any_normalization
@any_norm
@given(problem=cities())
def test_cities_end_to_end_are_cities_alone(normalization, p, problem):
    x, weights, benefit, starts = problem
    options = {"normalization": normalization, "p": p}
    together = core.topsis(x, weights, benefit, starts, **options)
    parts = np.split(x, starts[1:])
    alone = [core.topsis(part, weights, benefit, **options) for part in parts]
    assert together.tobytes() == np.concatenate(alone).tobytes()


@given(cities(), st.integers(1, 3))
def test_many_cities_and_many_weight_vectors_are_scored_one_by_one(problem, s):
    x, weights, benefit, starts = problem
    many = np.array([np.roll(weights, k) for k in range(s)])
    alone = [core.topsis(x, w, benefit, starts) for w in many]
    assert core.topsis(x, many, benefit, starts).tobytes() == np.array(alone).tobytes()


@given(problems())
def test_city_block_distances_and_minmax_give_the_weighted_sum(problem):
    x, weights, benefit = problem
    r = core.minmax(x, benefit)
    differs = (x != x[0]).any(axis=0) & (weights > 0)
    expected = np.full(len(x), 0.5)
    if differs.any():
        expected = core.weighted_sum(r, weights) / weights[differs].sum()
    score = core.topsis(x, weights, benefit, normalization="minmax", p=1)
    assert score == pytest.approx(expected, abs=1e-12)


@any_normalization
@any_norm
@given(problem=problems(), data=st.data())
def test_who_is_nowhere_worse_never_comes_behind(normalization, p, problem, data):
    x, weights, benefit = problem
    factor = data.draw(arrays(float, x.shape[1], elements=st.sampled_from([1.0, 1.5, 2.0])))
    x = np.vstack([x, np.where(benefit, x[0] * factor, x[0] / factor)])
    score = core.topsis(x, weights, benefit, normalization=normalization, p=p)
    assert score[-1] >= score[0] - 1e-12


@any_normalization
@any_norm
@given(problem=problems())
def test_closeness_lies_between_0_and_1(normalization, p, problem):
    score = core.topsis(*problem, normalization=normalization, p=p)
    assert ((score >= 0) & (score <= 1)).all()


@any_normalization
@given(problem=problems(), size=st.integers(1, 4))
def test_where_all_are_alike_all_have_exactly_one_half(normalization, problem, size):
    x, weights, benefit = problem
    alike = np.repeat(x, size, axis=0)
    starts = np.arange(len(x)) * size
    score = core.topsis(alike, weights, benefit, starts, normalization=normalization)
    assert (score == 0.5).all()


@any_normalization
@given(problem=problems())
def test_no_layout_changes_a_bit_and_no_value_is_written_to(normalization, problem):
    x, weights, benefit = problem
    before = x.tobytes()
    x.flags.writeable = False
    bits = core.topsis(x, weights, benefit, normalization=normalization).tobytes()
    for same in (np.asfortranarray(x), np.repeat(x, 2, axis=0)[::2], x.tolist(), x[::-1][::-1]):
        assert core.topsis(same, weights, benefit, normalization=normalization).tobytes() == bits
    assert x.tobytes() == before


@any_normalization
@given(problem=problems())
def test_float32_costs_no_digit_of_what_it_holds(normalization, problem):
    x, weights, benefit = problem
    single = np.asarray(x / np.abs(x).max(axis=0), dtype=np.float32)
    single = np.maximum(single, np.float32(1e-6))
    score = core.topsis(single, weights, benefit, normalization=normalization)
    double = core.topsis(single.astype(float), weights, benefit, normalization=normalization)
    assert score.tobytes() == double.tobytes()


@pytest.fixture(scope="module")
def register():
    """Enough rows for many blocks, in cities of very different sizes."""
    rng = np.random.default_rng(7)
    x = rng.lognormal(size=(90_000, 3)) + np.array([0.0, 1e6, 1e-9])
    starts = np.concatenate([[0], np.sort(rng.integers(1, 20_000, 300)), [20_000, 45_000, 89_990]])
    return x, rng.dirichlet(np.ones(3), 3), np.array([True, False, True]), starts


@any_normalization
@pytest.mark.parametrize("by_city", [False, True])
def test_neither_threads_nor_layout_nor_blocks_change_a_bit(
    register, normalization, by_city, monkeypatch
):
    x, weights, benefit, starts = register
    monkeypatch.setattr(kernel, "worth", lambda threads, _: threads)
    arguments = weights, benefit, starts if by_city else None
    bits = core.topsis(x, *arguments, normalization=normalization, threads=1).tobytes()
    by_column = np.asfortranarray(x)
    for threads in (None, 2, 3):
        for same in (x, by_column):
            score = core.topsis(same, *arguments, normalization=normalization, threads=threads)
            assert score.tobytes() == bits
    monkeypatch.setattr(kernel, "_CELLS", 3000)
    score = core.topsis(x, *arguments, normalization=normalization, threads=2)
    assert score.tobytes() == bits


def test_many_weight_vectors_for_large_cities_are_scored_one_by_one(register):
    x, weights, benefit, starts = register
    for first in (None, starts):
        alone = [core.topsis(x, w, benefit, first) for w in weights]
        assert core.topsis(x, weights, benefit, first).tobytes() == np.array(alone).tobytes()


def test_large_cities_end_to_end_are_large_cities_alone(register):
    x, weights, benefit, starts = register
    together = core.topsis(x, weights, benefit, starts)
    alone = [core.topsis(part, weights, benefit) for part in np.split(x, starts[1:])]
    assert together.tobytes() == np.hstack(alone).tobytes()


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 2**32 - 1), st.sampled_from([10, 1000, 40_000]))
def test_values_with_an_offset_of_a_million_keep_fourteen_digits(seed, m):
    rng = np.random.default_rng(seed)
    x, weights = 1e6 + rng.random((m, 4)), rng.dirichlet(np.ones(4))
    benefit = np.array([True, False, True, False])
    exact = x.astype(np.longdouble)
    scale, signed = weights / np.sqrt((exact**2).sum(axis=0)), exact * np.where(benefit, 1, -1)
    to_best = np.sqrt((((signed - signed.max(axis=0)) * scale) ** 2).sum(axis=1))
    to_worst = np.sqrt((((signed - signed.min(axis=0)) * scale) ** 2).sum(axis=1))
    error = np.abs(core.topsis(x, weights, benefit) - to_worst / (to_best + to_worst))
    assert error.max() <= 1e-14


@any_normalization
@pytest.mark.parametrize("power", [-1060, -900, -565, -250, 250, 512, 1010])
def test_squares_neither_overflow_nor_vanish(normalization, power):
    rng = np.random.default_rng(3)
    x, weights = rng.integers(1, 9, (30, 3)).astype(float), np.array([0.5, 0.3, 0.2])
    benefit = np.array([True, False, True])
    scaled = np.ldexp(x, [power, power, 0])
    score = core.topsis(scaled, weights, benefit, normalization=normalization)
    expected = core.topsis(x, weights, benefit, normalization=normalization)
    assert score == pytest.approx(expected, abs=1e-14)


@any_normalization
def test_zeros_are_nothing_out_of_the_ordinary(normalization, monkeypatch):
    """So that a column of zeros in one city does not cost a second look at all the others."""
    x = np.ones((40, 2)) * np.arange(40.0)[:, None]
    x[:5, 0], x[20:, 1] = 0.0, 0.0
    starts, benefit = np.array([0, 5, 20]), np.array([True, True])
    seen = []
    monkeypatch.setattr(kernel, "exponents_of", lambda *_: seen.append("looked twice"))
    score = core.topsis(x, [0.5, 0.5], benefit, starts, normalization=normalization)
    assert ((score >= 0) & (score <= 1)).all()
    fixed = core.closeness(x / 40, [0.5, 0.5], ideal=np.ones(2), anti_ideal=np.zeros(2))
    assert fixed[0] == 0
    assert seen == []


@pytest.mark.parametrize("size", [1e-300, 1e-120, 1e120, 1e300])
def test_weights_of_any_magnitude_are_as_good_as_their_shares(size):
    rng = np.random.default_rng(4)
    x, weights, benefit = rng.random((20, 3)), np.array([5.0, 3.0, 2.0]), np.ones(3, dtype=bool)
    score = core.topsis(x, weights * size, benefit)
    assert score == pytest.approx(core.topsis(x, weights, benefit), abs=1e-14)


def test_a_weight_too_small_to_be_squared_decides_where_nothing_else_does():
    x = np.array([[7.0, 1.0], [7.0, 2.0], [7.0, 4.0]])
    score = core.topsis(x, np.array([1.0, 1e-200]), np.array([True, True]))
    assert score == pytest.approx([0.0, 1 / 3, 1.0], abs=1e-14)


@any_norm
def test_distances_are_right_where_squares_would_overflow_or_vanish(p):
    r = np.array([[1.0, 3.0], [2.0, 1.0], [5.0, 2.0]])
    weights = np.array([0.75, 0.25])
    expected = np.array(core.distances(r, weights, p=p))
    for power in (-1000, -600, 600, 1000):
        found = np.array(core.distances(np.ldexp(r, power), weights, p=p))
        assert np.ldexp(found, -power) == pytest.approx(expected, rel=1e-14)


def test_ideals_far_from_the_values_and_values_far_from_the_ideals_do_no_harm():
    r = np.array([[1e200, 1.0], [0.5, 0.25], [0.0, 0.0]])
    weights = np.array([0.5, 0.5])
    score = core.closeness(r, weights, ideal=np.ones(2), anti_ideal=np.zeros(2))
    assert score[0] == pytest.approx(0.5, abs=1e-14)
    assert score[2] == 0
    expected = core.closeness(r[1:2], weights, ideal=np.ones(2), anti_ideal=np.zeros(2))
    assert score[1] == pytest.approx(expected[0], abs=1e-14)


@any_normalization
def test_no_actors_give_no_scores_and_one_has_one_half(normalization):
    weights, benefit = np.array([0.5, 0.5]), np.array([True, False])
    none = core.topsis(np.empty((0, 2)), weights, benefit, normalization=normalization)
    assert none.shape == (0,)
    one = core.topsis(np.array([[3.0, 4.0]]), weights, benefit, normalization=normalization)
    assert one.tolist() == [0.5]
    column = core.topsis([[1.0], [3.0], [2.0]], [1.0], [True], normalization=normalization)
    assert column == pytest.approx([0.0, 1.0, 0.5], abs=1e-15)


@any_normalization
def test_a_constant_column_tells_nobody_apart(normalization):
    x = np.array([[1.0, 5.0], [2.0, 5.0], [4.0, 5.0]])
    benefit = np.array([True, False])
    score = core.topsis(x, [0.2, 0.8], benefit, normalization=normalization)
    assert score == pytest.approx([0.0, 1 / 3, 1.0], abs=1e-15)


def test_a_column_of_zeros_takes_no_part_and_negative_values_stay_negative():
    x = np.array([[-4.0, 0.0], [2.0, 0.0], [-1.0, 0.0]])
    score = core.topsis(x, [0.5, 0.5], [True, True])
    assert score == pytest.approx([0.0, 1.0, 0.5], abs=1e-15)


def test_the_result_goes_where_it_is_wanted():
    x, benefit = np.array([[1.0, 2.0], [3.0, 1.0]]), np.array([True, True])
    many = np.array([[0.5, 0.5], [0.9, 0.1]])
    out = np.full((2, 4), np.nan)[:, ::2]
    assert core.topsis(x, many, benefit, out=out) is out
    assert out.tobytes() == core.topsis(x, many, benefit).tobytes()
    single = np.empty(2, dtype=np.float32)
    assert core.topsis(x, many[0], benefit, out=single) is single
    assert single == pytest.approx(out[0], abs=1e-7)


@pytest.mark.parametrize(
    ("changed", "english", "french"),
    [
        ({"x": [[1.0, np.nan], [1.0, 2.0]]}, "row 1, column 2: the value is nan", "ligne 1"),
        ({"x": [[1.0, 2.0], [np.inf, 2.0]]}, "row 2, column 1: the value is inf", "ligne 2"),
        ({"x": [1.0, 2.0]}, "an array of shape (2,)", "un tableau de forme (2,)"),
        ({"weights": [1.0]}, "weights of shape (1,) for 2 criteria", "des poids de forme (1,)"),
        ({"weights": [1.0, -1.0]}, "weights that are negative", "des poids négatifs"),
        ({"weights": [1.0, np.nan]}, "weights that are negative or not", "des poids négatifs ou"),
        ({"weights": [0.0, 0.0]}, "weights that are negative or not finite", "des poids négatifs"),
        ({"weights": [[1.0, 1.0], [0.0, 0.0]]}, "weights that are", "des poids négatifs"),
        ({"benefit": [True]}, "directions that are not 2 truth", "des directions qui ne sont pas"),
        ({"benefit": [1, -1]}, "directions that are not 2 truth", "des directions qui ne sont pas"),
        ({"starts": [1]}, "first rows of cities that do not", "des premières lignes de villes"),
        ({"starts": [0, 2, 1]}, "first rows of cities that do", "des premières lignes de villes"),
        ({"starts": [0, 3]}, "first rows of cities that do not", "des premières lignes de villes"),
        ({"starts": [0.0]}, "first rows of cities that do not", "des premières lignes de villes"),
        ({"normalization": "linear"}, "no normalization 'linear'", "aucune normalisation"),
        ({"p": 3}, "no norm p = 3", "aucune norme p = 3"),
        ({"threads": 0}, "0 threads", "0 fils d'exécution"),
        ({"out": np.empty(3)}, "an array for the result that does", "un tableau de sortie"),
        ({"out": np.empty(2, dtype=int)}, "an array for the result", "un tableau de sortie"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(changed, english, french):
    arguments = {"x": [[1.0, 2.0], [3.0, 4.0]], "weights": [1.0, 1.0], "benefit": [True, True]}
    with pytest.raises(MethodError) as caught:
        core.topsis(**arguments | changed)
    assert caught.value.text().startswith(english)
    assert caught.value.text("fr").startswith(french)


@pytest.mark.parametrize("normalization", ["total", "peak"])
def test_shares_of_negative_values_and_of_free_costs_are_refused(normalization):
    x = np.array([[1.0, 2.0], [-3.0, 0.0]])
    with pytest.raises(MethodError) as caught:
        core.topsis(x, [0.5, 0.5], [True, False], normalization=normalization)
    assert [(f.row, f.column) for f in caught.value.findings] == [(2, "1"), (2, "2")]
