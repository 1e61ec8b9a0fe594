"""What is taken for a pairwise matrix, and how each fault is told."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnermcda import core
from partnermcda.core.ahp import as_pairwise, pairwise_faults
from partnermcda.errors import JudgementsError, WeightsError
from partnermcda.messages import LANGUAGES
from tests.core.ahp.judged import judged

NAN, INF = np.nan, np.inf


def spoiled(row, column, value, mirrored=None, order=3):
    a = np.ones((order, order))
    a[row, column] = value
    if mirrored is not None:
        a[column, row] = mirrored
    return a


FAULTS = {
    "infinite": spoiled(0, 2, INF, 0),
    "not_positive": spoiled(1, 0, 0),
    "diagonal": spoiled(1, 1, 2),
    "one_sided": spoiled(0, 1, NAN),
    "not_reciprocal": spoiled(0, 1, 3, 0.5),
}


@given(judged())
def test_sound_judgements_are_taken_as_they_are(a):
    assert not list(pairwise_faults(a))
    assert (as_pairwise(a) == a).all()


@pytest.mark.parametrize("kind", FAULTS)
def test_each_fault_is_found_once_and_told_in_its_own_words(kind):
    (fault,) = pairwise_faults(FAULTS[kind])
    assert fault.kind == kind
    with pytest.raises(JudgementsError) as raised:
        core.priorities(FAULTS[kind])
    (finding,) = raised.value.findings
    assert finding.code == f"pairwise.{kind}"
    assert len({finding.text(language) for language in LANGUAGES}) == len(LANGUAGES)


def test_negative_judgements_are_told_with_their_place():
    with pytest.raises(JudgementsError, match=r"matrix 2, row 1, column 3: the judgement is -0\.5"):
        as_pairwise(np.array([np.ones((3, 3)), spoiled(2, 0, -2, -0.5)]))


def test_two_mirrored_cells_at_fault_are_told_once():
    for value in (-2, INF):
        (fault,) = pairwise_faults(spoiled(0, 2, value, value))
        assert (fault.row, fault.column) == (0, 2)


@given(st.sampled_from(sorted(FAULTS)), st.integers(0, 9))
def test_one_fault_in_a_stack_is_found_where_it_is(kind, position):
    stack = np.ones((10, 3, 3))
    stack[position] = FAULTS[kind]
    (fault,) = pairwise_faults(stack)
    assert (fault.kind, fault.matrix) == (kind, position)


def test_all_faults_are_told_at_once():
    with pytest.raises(JudgementsError) as raised:
        as_pairwise(np.array(list(FAULTS.values())))
    assert len(raised.value.findings) == len(FAULTS)


@given(judged(orders=(2, 7)), st.data())
def test_a_pair_that_contradicts_itself_is_found(a, data):
    row = data.draw(st.integers(0, len(a) - 1))
    column = data.draw(st.integers(0, len(a) - 1).filter(lambda k: k != row))
    a[row, column] *= data.draw(st.floats(1.001, 9))
    (fault,) = pairwise_faults(a)
    assert fault.kind == "not_reciprocal"
    assert {fault.row, fault.column} == {row, column}


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (0, 0), (4, 0, 0)])
def test_what_is_no_square_is_refused(shape):
    with pytest.raises(JudgementsError, match="is no pairwise matrix"):
        as_pairwise(np.ones(shape))


def test_text_and_ragged_lists_are_refused():
    for wrong in ([["a", "b"], ["c", "d"]], [[1, 2], [1]]):
        with pytest.raises(JudgementsError, match="not all numbers"):
            as_pairwise(wrong)


def test_thirty_things_are_compared_and_not_thirty_one():
    assert as_pairwise(np.ones((30, 30))).shape == (30, 30)
    with pytest.raises(WeightsError, match="31 things are compared"):
        as_pairwise(np.ones((31, 31)))


def test_a_hidden_judgement_is_one_that_was_not_asked():
    a = np.ma.masked_equal([[1.0, 4.0, 7.0], [0.25, 1.0, 1.0], [1 / 7, 1.0, 1.0]], 7.0)
    a[2, 0] = np.ma.masked
    assert np.isnan(as_pairwise(a)[[0, 2], [2, 0]]).all()


@given(judged())
def test_single_precision_is_precise_enough(a):
    assert as_pairwise(a.astype(np.float32)).dtype == np.float64
