"""Random indices: tables, their simulation, and what gaps leave of them."""

from itertools import product

import numpy as np
import pytest

from partnermcda.core.ahp.connection import connected
from partnermcda.core.ahp.incomplete_index import (
    INCOMPLETE_INDEX,
    SCALE,
    incomplete_share,
    most_missing,
    random_judgements,
    simulated_index,
)
from partnermcda.core.ahp.priorities import principal_eigenvalue
from partnermcda.core.ahp.random_index import RANDOM_INDEX, random_index
from partnermcda.errors import MethodError, WeightsError

ORDER_3 = 0.5244574542912286
"""The mean over all 17³ matrices, which the printed 0.5245 rounds."""


def rng(seed=0):
    return np.random.default_rng(seed)


def test_the_index_of_order_3_is_the_mean_over_all_matrices():
    upper = np.array(list(product(SCALE, repeat=3)))
    a = np.ones((len(upper), 3, 3))
    rows, columns = np.triu_indices(3, 1)
    a[:, rows, columns], a[:, columns, rows] = upper, 1 / upper
    index = ((principal_eigenvalue(a) - 3) / 2).mean()
    assert index == pytest.approx(ORDER_3, abs=1e-10)
    assert random_index(3) == pytest.approx(index, abs=5.1e-5)


def test_drawing_comes_as_close_to_the_exact_index_as_its_standard_error_says():
    drawn = simulated_index(3, draws=20_000, rng=rng())
    assert 0 < drawn.error < 0.01
    assert abs(drawn.mean - ORDER_3) < 4 * drawn.error


@pytest.mark.parametrize("order", INCOMPLETE_INDEX)
def test_the_simulated_indices_of_complete_matrices_are_the_published_ones(order):
    assert INCOMPLETE_INDEX[order][0] == pytest.approx(random_index(order), abs=0.008)


@pytest.mark.parametrize(("order", "missing"), [(4, 1), (4, 2), (5, 3), (6, 9), (8, 10), (10, 30)])
def test_the_table_can_be_made_again(order, missing):
    drawn = simulated_index(order, missing, draws=2_000, rng=rng())
    assert abs(drawn.mean - INCOMPLETE_INDEX[order][missing]) < 4 * drawn.error


def test_the_table_is_close_to_the_published_index():
    # K. C. Ágoston and L. Csató 2022, order 4 with one gap.
    assert INCOMPLETE_INDEX[4][1] == pytest.approx(0.583, abs=0.0065)


@pytest.mark.parametrize("order", INCOMPLETE_INDEX)
def test_each_further_gap_lowers_the_index_about_as_the_published_line_does(order):
    table = INCOMPLETE_INDEX[order]
    most = most_missing(order)
    assert len(table) == most
    assert (np.diff(table) < 0).all()
    line = [1 - missing / most for missing in range(most)]
    shares = [incomplete_share(order, missing) for missing in range(most)]
    assert shares == pytest.approx(line, abs=0.022)


@pytest.mark.parametrize("table", RANDOM_INDEX)
def test_gaps_lower_the_index_of_every_table_in_the_same_share(table):
    whole = random_index(5, table)
    assert whole == RANDOM_INDEX[table][2]
    assert random_index(5, table, missing=2) == whole * incomplete_share(5, 2)
    assert random_index(12, 1.5, missing=11) == pytest.approx(1.5 * (1 - 11 / 55))


@pytest.mark.parametrize("order", [3, 6, 11])
def test_a_tree_of_judgements_has_the_index_0(order):
    assert random_index(order, missing=most_missing(order)) == 0
    drawn = simulated_index(order, most_missing(order), draws=50, rng=rng())
    assert drawn.mean == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("order", [1, 2])
def test_orders_1_and_2_have_the_index_0(order):
    assert random_index(order) == 0
    assert random_index(order, 0.5) == 0


@pytest.mark.parametrize(
    ("order", "table", "largest"), [(11, "saaty-1980", 10), (16, "alonso-lamata", 15)]
)
def test_an_order_beyond_the_table_is_refused(order, table, largest):
    with pytest.raises(WeightsError, match=f"no random index for order {order}") as caught:
        random_index(order, table)
    assert f"at most {largest}" in str(caught.value)


def test_an_order_beyond_the_table_is_simulated_if_one_wants():
    # J. A. Alonso and M. T. Lamata's line through their eigenvalues: 2.7699 j - 4.3513.
    line = (2.7699 * 16 - 4.3513 - 16) / 15
    assert random_index(16, beyond="simulate") == pytest.approx(line, abs=0.01)
    assert random_index(11, "saaty-2007", beyond="simulate") == pytest.approx(1.5140, abs=0.01)
    assert random_index(15, beyond="simulate") == RANDOM_INDEX["alonso-lamata"][-1]


@pytest.mark.parametrize("index", [0, -0.5, np.nan, np.inf, True, None])
def test_an_index_of_one_s_own_is_a_positive_finite_number(index):
    with pytest.raises(WeightsError, match="positive finite number"):
        random_index(4, index)


def test_an_unknown_table_is_refused_with_those_there_are():
    with pytest.raises(WeightsError, match="alonso-lamata, saaty-1980, saaty-2007"):
        random_index(3, "saaty")


def test_an_unknown_way_beyond_the_table_is_refused():
    with pytest.raises(MethodError, match="refuse, simulate"):
        random_index(3, beyond="guess")


@pytest.mark.parametrize("missing", [-1, 4, 0.5])
def test_more_gaps_than_leave_a_tree_are_refused(missing):
    with pytest.raises(WeightsError, match="from 0 to 3"):
        random_index(4, missing=missing)


def test_every_set_of_pairs_that_links_all_things_is_drawn_alike():
    # Cayley: four things have 16 trees.
    asked = ~np.isnan(random_judgements(4, 3, 8_000, rng()))
    assert connected(asked).all()
    _, counts = np.unique(asked.reshape(-1, 16), axis=0, return_counts=True)
    assert counts.size == 16
    assert counts == pytest.approx(500, abs=4 * 500**0.5)


def test_drawn_judgements_are_the_17_values_alike():
    upper = random_judgements(4, 0, 5_000, rng())[:, *np.triu_indices(4, 1)]
    values, counts = np.unique(upper, return_counts=True)
    assert values == pytest.approx(SCALE)
    assert counts == pytest.approx(upper.size / 17, rel=0.1)
