"""Statistics of columns: however rows are cut, grouped and ordered, not a bit changes."""

import copy
import math
from fractions import Fraction
from functools import reduce

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from partnermcda import core
from partnermcda.core import gathering, kernel
from partnermcda.core.column_statistics import ColumnStatistics
from partnermcda.core.gathering import gather_statistics
from partnermcda.core.topsis import closeness_by
from partnermcda.errors import MethodError

NORMALIZATIONS = ["vector", "minmax", "total", "peak"]
any_normalization = pytest.mark.parametrize("normalization", NORMALIZATIONS)
LIMITS = [5e-324, 3e-310, 2.0**-1022, 1e-300, 1.0, 2.0**30, 1e300, np.finfo(float).max]
of_any_size = st.sampled_from(LIMITS) | st.floats(5e-324, allow_infinity=False)
signed = st.sampled_from([0.0, -0.0]) | st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def problems(draw, magnitudes=of_any_size):
    """A normalization, values that it takes, directions, and the city of each row."""
    normalization = draw(st.sampled_from(NORMALIZATIONS))
    m, n = draw(st.integers(1, 12)), draw(st.integers(1, 3))
    values = magnitudes
    if normalization in ("vector", "minmax") and magnitudes is of_any_size:
        values = magnitudes | signed
    x = draw(arrays(float, (m, n), elements=values))
    city = np.array(draw(st.lists(st.integers(0, 3), min_size=m, max_size=m)))
    return normalization, x, draw(arrays(bool, n)), city


def ordinary():
    return st.floats(1e-3, 1e3) | st.integers(1, 9).map(float)


def by_city(rows, city):
    """Those rows sorted by city, and where each of the four cities begins."""
    rows = rows[np.argsort(city[rows], kind="stable")]
    return rows, np.searchsorted(city[rows], np.arange(4))


def gathered(problem, rows):
    """Statistics of some rows, for all four cities."""
    normalization, x, benefit, city = problem
    rows, starts = by_city(rows, city)
    return gather_statistics(x[rows], benefit, starts, normalization=normalization)


def bits(statistics):
    """Everything there is, byte for byte."""
    sums = statistics.sums
    parts = (statistics.count, statistics.low, statistics.high, sums.top, sums.digits)
    return [part.tobytes() for part in parts]


def pieces_of(data, m):
    """All rows in any order, cut into pieces of which some may be empty."""
    order = np.array(data.draw(st.permutations(range(m))))
    cuts = data.draw(st.lists(st.integers(0, m), max_size=4).map(sorted))
    return np.split(order, cuts)


@given(problems(), st.data())
def test_however_rows_are_cut_and_merged_the_bits_are_those_of_the_whole(problem, data):
    pieces = [gathered(problem, rows) for rows in pieces_of(data, len(problem[1]))]
    while len(pieces) > 1:
        one = pieces.pop(data.draw(st.integers(0, len(pieces) - 1)))
        at = data.draw(st.integers(0, len(pieces) - 1))
        pieces[at] = pieces[at].merge(one)
    assert bits(pieces[0]) == bits(gathered(problem, np.arange(len(problem[1]))))


@given(problems(), st.data())
def test_merging_is_associative_and_commutative(problem, data):
    a, b, c = (
        gathered(problem, np.array(data.draw(st.lists(st.integers(0, len(problem[1]) - 1))), int))
        for _ in range(3)
    )
    assert bits(a.merge(b)) == bits(b.merge(a))
    assert bits(a.merge(b).merge(c)) == bits(a.merge(b.merge(c)))


@given(problems())
def test_no_rows_change_nothing(problem):
    normalization, x, benefit, _ = problem
    whole = gathered(problem, np.arange(len(x)))
    none = ColumnStatistics.none(benefit, 4, normalization=normalization)
    assert bits(whole.merge(none)) == bits(none.merge(whole)) == bits(whole)
    assert bits(gathered(problem, np.arange(0))) == bits(none)


@given(problems(), st.data())
def test_pieces_with_other_cities_are_merged_by_their_positions(problem, data):
    normalization, x, benefit, city = problem
    pieces = []
    for rows in pieces_of(data, len(x)):
        here = np.array(data.draw(st.permutations(np.unique(city[rows]).tolist())), dtype=int)
        pieces.append((here, gathered(problem, rows).take(here)))
    none = ColumnStatistics.none(benefit, 4, normalization=normalization)
    assert bits(none.merge_at(iter(pieces))) == bits(gathered(problem, np.arange(len(x))))


@given(problems())
def test_counts_and_ends_are_those_of_the_rows(problem):
    _, x, _, city = problem
    whole = gathered(problem, np.arange(len(x)))
    for c in range(4):
        rows = x[city == c]
        assert whole.count[c] == len(rows)
        assert (whole.low[:, c] == rows.min(axis=0, initial=np.inf)).all()
        assert (whole.high[:, c] == rows.max(axis=0, initial=-np.inf)).all()


spread = st.floats(1e-150, 1e150) | st.floats(1e-9, 1e9) | st.just(0.0)
terms = {"vector": lambda t: t * t, "total": lambda t: t, "inverse": lambda t: 1 / t}


@pytest.mark.parametrize("kind", terms)
@given(data=st.data())
def test_a_sum_is_rounded_once_but_for_what_is_far_beneath_its_largest_term(kind, data):
    elements = spread.filter(bool) if kind == "inverse" else spread
    t = np.array(data.draw(st.lists(elements, min_size=1, max_size=20)))
    normalization = "vector" if kind == "vector" else "total"
    whole = gather_statistics(
        t[:, None], np.array([kind != "inverse"]), normalization=normalization
    )
    exact = [Fraction(float(term)) for term in terms[kind](t)]
    total = whole.totals()[0, 0]
    allowed = Fraction(math.ulp(total)) / 2 + len(t) * max(exact) / 2**88
    assert abs(Fraction(float(total)) - sum(exact)) <= allowed


def test_a_sum_of_many_terms_is_that_of_exact_addition():
    x = np.random.default_rng(1).lognormal(0, 4, (50_000, 3))
    totals = gather_statistics(x, np.ones(3, bool)).totals()[:, 0]
    assert totals.tolist() == [math.fsum(t * t) for t in x.T]


@pytest.mark.parametrize("beneath", [2.0**-79, 2.0**-86])
def test_a_sum_rounds_half_to_even_unless_something_is_beneath(beneath):
    x = np.array([[1.0], [2.0**-53], [beneath]]) * 2.0 ** np.arange(-40, 40)
    benefit = np.ones(80, dtype=bool)
    halves = gather_statistics(x[:2], benefit, normalization="total").totals()
    assert (halves[:, 0] == x[0]).all()
    above = gather_statistics(x, benefit, normalization="total").totals()
    assert (above[:, 0] == x[0] * (1 + 2.0**-52)).all()


@any_normalization
@pytest.mark.parametrize("more", [True, False])
def test_values_at_the_edges_of_digits_are_cut_alike_in_every_piece(normalization, more):
    edges = 2.0 ** np.arange(-70, 70)
    x = np.array([np.nextafter(edges, 0), edges, np.nextafter(edges, np.inf)])
    benefit = np.full(140, more)
    for factor in (2.0**-30, 2.0**-2, 2.0**2, 2.0**30):
        rows = np.vstack([x, factor * edges])
        alone = [gather_statistics(row[None], benefit, normalization=normalization) for row in rows]
        whole = gather_statistics(rows, benefit, normalization=normalization)
        assert bits(reduce(ColumnStatistics.merge, alone)) == bits(whole)


@given(problems(ordinary()))
def test_the_way_values_lie_and_blocks_are_cut_change_no_bit(problem):
    normalization, x, benefit, city = problem
    rows, starts = by_city(np.arange(len(x)), city)
    x = x[rows].astype(np.float32)
    whole = gather_statistics(x.astype(float), benefit, starts, normalization=normalization)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gathering, "_CELLS", 1)
        patch.setattr(gathering, "_FEWEST", 2)
        cut = gather_statistics(np.asfortranarray(x), benefit, starts, normalization=normalization)
    assert bits(cut) == bits(whole)


@given(problems(), st.data())
def test_a_row_has_the_same_bits_however_its_city_is_cut(problem, data):
    _, x, _, city = problem
    whole = gathered(problem, np.arange(len(x)))
    weights = data.draw(arrays(float, x.shape[1], elements=st.integers(1, 9).map(float)))
    p = data.draw(st.sampled_from([1, 2, np.inf]))
    rows, starts = by_city(np.arange(len(x)), city)
    score = np.empty(len(x))
    score[rows] = closeness_by(x[rows], weights, whole, starts, p=p)
    for piece in pieces_of(data, len(x)):
        piece, starts = by_city(piece, city)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(kernel, "_CELLS", 1)
            patch.setattr(kernel, "_FEWEST", 2)
            alone = closeness_by(x[piece], weights, whole, starts, p=p)
        assert alone.tobytes() == score[piece].tobytes()


@given(problems(), st.sampled_from([1, 2, np.inf]))
def test_closeness_is_that_of_topsis_over_all_rows(problem, p):
    normalization, x, benefit, city = problem
    rows, starts = by_city(np.arange(len(x)), city)
    weights = np.arange(1.0, x.shape[1] + 1)
    whole = gathered(problem, rows)
    score = closeness_by(x[rows], weights, whole, starts, p=p)
    there = core.topsis(x[rows], weights, benefit, starts, normalization=normalization, p=p)
    if normalization in ("minmax", "peak"):
        assert score.tobytes() == there.tobytes()
    else:
        assert score == pytest.approx(there, abs=1e-15, rel=0)


@any_normalization
def test_threads_and_several_weight_vectors_change_no_bit(normalization):
    x = np.random.default_rng(2).lognormal(size=(90_000, 4))
    benefit, starts = np.array([True, False, True, False]), np.array([0, 5, 5, 70_000])
    weights = np.array([[1.0, 2, 3, 4], [0, 0, 1, 0], [1, 1, 1, 1]])
    whole = gather_statistics(x, benefit, starts, normalization=normalization)
    score = closeness_by(x, weights, whole, starts, threads=4)
    assert score.shape == (3, len(x))
    for w, row in zip(weights, score, strict=True):
        assert closeness_by(x, w, whole, starts, threads=1).tobytes() == row.tobytes()


@given(problems(), st.sampled_from([1, 2, np.inf]))
def test_topsis_of_a_city_alone_has_the_bits_it_has_beside_any_other(problem, p):
    normalization, x, benefit, city = problem
    rows, starts = by_city(np.arange(len(x)), city)
    x, city, weights = x[rows], city[rows], np.arange(1.0, x.shape[1] + 1)
    score = core.topsis(x, weights, benefit, starts, normalization=normalization, p=p)
    for c in set(city.tolist()):
        alone = core.topsis(x[city == c], weights, benefit, normalization=normalization, p=p)
        assert alone.tobytes() == score[city == c].tobytes()


def test_a_difference_too_small_to_square_stays_so_beside_a_city_of_huge_values():
    x, benefit = np.array([[0.0], [2.0**-540], [2.0**-99], [1e80], [1e90]]), np.array([True])
    beside = core.topsis(x, np.ones(1), benefit, np.array([0, 3]))
    assert beside[:3].tolist() == core.topsis(x[:3], np.ones(1), benefit).tolist() == [0, 0, 1]
    far, near = core.distances(x, np.ones(1), np.array([0, 3]))
    assert far[:3].tolist() == core.distances(x[:3], np.ones(1))[0].tolist()
    assert near[:3].tolist() == core.distances(x[:3], np.ones(1))[1].tolist()


def test_rows_that_are_all_alike_have_a_half():
    x, benefit = np.full((4, 2), 7.0), np.array([True, False])
    for normalization in NORMALIZATIONS:
        whole = gather_statistics(x, benefit, normalization=normalization)
        assert (closeness_by(x[:2], np.ones(2), whole) == 0.5).all()


@any_normalization
def test_no_rows_have_no_scores(normalization):
    benefit = np.array([True])
    none = ColumnStatistics.none(benefit, 2, normalization=normalization)
    assert closeness_by(np.empty((0, 1)), np.ones(1), none, np.array([0, 0])).shape == (0,)


@any_normalization
def test_statistics_survive_being_taken_apart_and_put_together_as_between_processes(normalization):
    x = np.arange(1.0, 7).reshape(3, 2)
    whole = gather_statistics(x, np.array([True, False]), normalization=normalization)
    there = copy.deepcopy(whole)
    assert bits(there) == bits(whole)
    assert (
        closeness_by(x, np.ones(2), there).tolist() == closeness_by(x, np.ones(2), whole).tolist()
    )


def codes(raised):
    return [finding.code for finding in raised.value.findings]


def test_every_value_that_cannot_be_taken_is_told_at_once():
    x = np.array([[1.0, np.nan], [-1.0, 2.0], [3.0, 0.0]])
    with pytest.raises(MethodError) as raised:
        gather_statistics(x, np.array([True, False]), normalization="total")
    assert codes(raised) == ["core.negative", "core.not_finite", "core.zero_cost"]
    with pytest.raises(MethodError) as raised:
        gather_statistics(x, np.array([True, False]))
    assert [(found.row, found.column) for found in raised.value.findings] == [(1, "2")]


@pytest.mark.parametrize("value", [0.5, 9.0, np.nan, np.inf])
@any_normalization
def test_rows_that_statistics_were_not_taken_of_are_refused(normalization, value):
    x, benefit = np.array([[1.0], [5.0], [2.0]]), np.array([False])
    whole = gather_statistics(x, benefit, np.array([0, 2]), normalization=normalization)
    with pytest.raises(MethodError) as raised:
        closeness_by(np.array([[1.0], [value]]), np.ones(1), whole, np.array([0, 2]))
    known = "statistics.beyond" if np.isfinite(value) else "core.not_finite"
    assert codes(raised) == [known]
    assert raised.value.findings[0].row == 2


def test_a_city_without_statistics_scores_no_rows():
    whole = ColumnStatistics.none(np.array([True]), 1)
    with pytest.raises(MethodError) as raised:
        closeness_by(np.ones((1, 1)), np.ones(1), whole)
    assert codes(raised) == ["statistics.beyond"]


def test_statistics_for_different_things_are_not_merged():
    x, benefit = np.ones((2, 2)), np.array([True, False])
    whole = gather_statistics(x, benefit)
    for other in (
        gather_statistics(x, ~benefit),
        gather_statistics(x, benefit, normalization="minmax"),
        gather_statistics(x[:, :1], benefit[:1]),
    ):
        with pytest.raises(MethodError) as raised:
            whole.merge(other)
        assert codes(raised) == ["statistics.differ"]
        with pytest.raises(MethodError):
            whole.merge_at([(np.array([0]), other)])
    with pytest.raises(MethodError) as raised:
        whole.merge(gather_statistics(x, benefit, np.array([0, 1])))
    assert codes(raised) == ["statistics.shape"]


def test_statistics_of_other_cities_or_criteria_are_no_yardstick():
    whole = gather_statistics(np.ones((2, 2)), np.array([True, False]))
    for x, starts in ((np.ones((2, 3)), None), (np.ones((2, 2)), np.array([0, 1]))):
        with pytest.raises(MethodError) as raised:
            closeness_by(x, np.ones(x.shape[1]), whole, starts)
        assert codes(raised) == ["statistics.shape"]


@pytest.mark.parametrize("places", [[0, 0], [0, 3], [-1, 0], [0.0, 1.0], [[0, 1]]])
def test_each_city_of_a_piece_needs_a_place_of_its_own(places):
    benefit = np.array([True])
    piece = gather_statistics(np.ones((2, 1)), benefit, np.array([0, 1]))
    with pytest.raises(MethodError) as raised:
        ColumnStatistics.none(benefit, 3).merge_at([(np.array(places), piece)])
    assert codes(raised) == ["statistics.places"]


def test_merging_leaves_what_is_merged_as_it_was():
    benefit = np.array([True])
    a = gather_statistics(np.array([[1.0], [2.0]]), benefit, np.array([0, 1]))
    b = gather_statistics(np.array([[1e200]]), benefit)
    before = bits(a), bits(b)
    a.merge_at([(np.array([1]), b)])
    a.take(np.array([0])).merge(b)
    assert (bits(a), bits(b)) == before


def test_sums_are_exact_up_to_their_limit_and_refused_beyond():
    x = np.full((1 << 13, 1), 1.9999999999999998 * 2.0**14)
    benefit = np.array([True])
    whole = reduce(lambda s, _: s.merge(s), range(20), gather_statistics(x, benefit))
    assert whole.count.tolist() == [1 << 33]
    assert whole.totals()[0, 0] == float(x[0, 0] ** 2) * 2.0**33
    with pytest.raises(MethodError) as raised:
        whole.merge(gather_statistics(x[:1], benefit))
    assert codes(raised) == ["statistics.rows"]
