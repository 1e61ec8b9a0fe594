"""How far judgements contradict one another, by four measures, with gaps or without."""

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnermcda.core.ahp.consistency import (
    consistency_index,
    consistency_ratio,
    geometric_consistency_index,
    koczkodaj,
)
from partnermcda.core.ahp.missing import complete
from partnermcda.core.ahp.priorities import principal_eigenvalue, priorities
from partnermcda.core.ahp.random_index import RANDOM_INDEX, random_index
from partnermcda.errors import JudgementsError, WeightsError
from tests.core.ahp.gapped import chained, gapped, gapped_stack
from tests.core.ahp.judged import consistent, judged

NAN = np.nan
FEW = settings(max_examples=50, deadline=None)
MEASURES = (consistency_index, consistency_ratio, geometric_consistency_index, koczkodaj)
TRIAD = np.array([[1, 2, 8], [1 / 2, 1, 2], [1 / 8, 1 / 2, 1]])
SQUARE = np.array([[1, 2, NAN, 3], [1 / 2, 1, 5, NAN], [NAN, 1 / 5, 1, 2], [1 / 3, NAN, 1 / 2, 1]])


def gaps(a):
    return int(np.isnan(a).sum()) // 2


def triads(a):
    """Each triad asked in full, as its three judgements in a circle."""
    for i, h, k in combinations(range(len(a)), 3):
        if not np.isnan([a[i, h], a[h, k], a[i, k]]).any():
            yield a[i, h], a[h, k], a[i, k]


@given(consistent((1, 9)))
def test_consistent_judgements_measure_0(given_):
    _, a = given_
    for measure in MEASURES:
        assert measure(a) == pytest.approx(0, abs=1e-12)


@given(chained(), st.sampled_from(list(RANDOM_INDEX)))
@FEW
def test_judgements_that_form_a_tree_measure_0(tree, table):
    _, a = tree
    for measure in MEASURES:
        assert measure(a) == pytest.approx(0, abs=1e-12)
    assert consistency_ratio(a, table) == 0


@given(judged((3, 7)))
@FEW
def test_only_consistent_judgements_measure_0(a):
    contradict = any(ih * hk != pytest.approx(ik) for ih, hk, ik in triads(a))
    for measure in MEASURES:
        assert (measure(a) > 1e-6) == contradict


@given(judged((3, 7)))
def test_the_index_is_the_mean_of_what_the_eigenvalue_is_above_the_order(a):
    excess = np.linalg.eigvals(a).real.max() - len(a)
    assert consistency_index(a) == pytest.approx(excess / (len(a) - 1), abs=1e-11)


@given(gapped())
@FEW
def test_the_index_of_gaps_is_that_of_their_optimal_completion(a):
    least = principal_eigenvalue(complete(a, "optimal"))
    assert consistency_index(a) == pytest.approx((least - len(a)) / (len(a) - 1), abs=1e-12)


@given(gapped(), st.sampled_from([*RANDOM_INDEX, 0.7]))
@FEW
def test_the_ratio_is_the_index_over_the_random_index_of_as_many_gaps(a, table):
    expected = random_index(len(a), table, missing=gaps(a))
    ratio = consistency_index(a) / expected if expected else 0
    assert consistency_ratio(a, table) == pytest.approx(ratio, rel=1e-12)


def test_every_table_is_used_and_an_index_of_one_s_own_too():
    excess = (float(principal_eigenvalue(TRIAD)) - 3) / 2
    for name, table in RANDOM_INDEX.items():
        assert float(consistency_ratio(TRIAD, name)) == pytest.approx(excess / table[0])
    assert float(consistency_ratio(TRIAD, 0.5)) == pytest.approx(excess / 0.5)


@pytest.mark.parametrize("index", [0.0, -1.0, NAN, np.inf])
@pytest.mark.parametrize("a", [np.ones((1, 1)), TRIAD])
def test_an_index_of_one_s_own_that_is_not_positive_is_refused(a, index):
    with pytest.raises(WeightsError, match="positive finite number"):
        consistency_ratio(a, index)


def test_an_order_beyond_the_table_is_refused_or_simulated():
    a = np.ones((16, 16))
    a[0, 1], a[1, 0] = 9, 1 / 9
    with pytest.raises(WeightsError, match="no random index for order 16"):
        consistency_ratio(a)
    simulated = random_index(16, beyond="simulate")
    assert consistency_ratio(a, beyond="simulate") == consistency_index(a) / simulated


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("order", [4, 6, 10])
def test_a_stack_has_the_bits_of_its_matrices_each_with_gaps_of_its_own(order, measure):
    stack = gapped_stack(24, order, [0, 1, 2, 3, 2], seed=order)
    alone = np.array([measure(a) for a in stack])
    assert (measure(stack) == alone).all()
    assert (measure(stack.reshape(4, 6, order, order)) == alone.reshape(4, 6)).all()
    assert measure(stack[0]).shape == ()


@given(gapped(), st.data())
@FEW
def test_names_and_sides_do_not_matter(a, data):
    order = np.ix_(*[data.draw(st.permutations(range(len(a))))] * 2)
    for measure in MEASURES:
        assert measure(a[order]) == pytest.approx(measure(a), abs=1e-10)
        assert measure(a.T) == pytest.approx(measure(a), abs=1e-10)


@given(judged((3, 7)))
def test_the_geometric_index_of_complete_judgements_is_the_published_formula(a):
    n, w = len(a), priorities(a, "geometric_mean")
    errors = [np.log(a[i, k] * w[k] / w[i]) ** 2 for i, k in combinations(range(n), 2)]
    expected = 2 * sum(errors) / ((n - 1) * (n - 2))
    assert geometric_consistency_index(a) == pytest.approx(expected, abs=1e-12)


@given(gapped())
@FEW
def test_the_geometric_index_of_gaps_counts_the_pairs_asked_beyond_a_tree(a):
    n, w = len(a), priorities(complete(a), "geometric_mean")
    errors = [np.log(a[i, k] * w[k] / w[i]) ** 2 for i, k in combinations(range(n), 2)]
    spare = len(errors) - gaps(a) - (n - 1)
    expected = np.nansum(errors) / spare if spare else 0
    assert geometric_consistency_index(a) == pytest.approx(expected, abs=1e-10)


@given(gapped())
def test_koczkodaj_s_index_is_that_of_the_worst_triad_asked_in_full(a):
    found = [min(abs(1 - ik / (ih * hk)), abs(1 - ih * hk / ik)) for ih, hk, ik in triads(a)]
    assert koczkodaj(a) == pytest.approx(max(found, default=0), abs=1e-12)


def test_a_circle_of_four_contradicts_itself_without_a_triad():
    assert koczkodaj(SQUARE) == 0
    assert geometric_consistency_index(SQUARE) == pytest.approx(np.log(2 * 5 * 2 / 3) ** 2 / 4)
    assert consistency_index(SQUARE) > 0


def test_koczkodaj_s_index_of_all_orders_of_a_triad_is_one():
    for order in permutations(range(3)):
        assert koczkodaj(TRIAD[np.ix_(order, order)]) == pytest.approx(0.5)


@pytest.mark.parametrize("measure", MEASURES)
def test_a_pair_that_is_reciprocal_but_for_rounding_measures_0(measure):
    assert measure(np.array([[1, 3], [0.33333333, 1]])) == 0


@pytest.mark.parametrize("measure", MEASURES[:3])
def test_judgements_that_nothing_links_are_refused_with_their_groups(measure):
    a = SQUARE.copy()
    a[[0, 1, 2, 3], [1, 0, 3, 2]] = NAN
    with pytest.raises(JudgementsError, match=r"matrix 2: .*: 1, 4 \| 2, 3"):
        measure(np.array([SQUARE, a]))


@pytest.mark.parametrize("measure", MEASURES)
def test_faulty_judgements_are_refused(measure):
    with pytest.raises(JudgementsError, match="contradict each other"):
        measure(np.array([[1, 2, 3], [2, 1, 1], [1 / 3, 1, 1]]))
