"""A consensus is what its definition says, found without trying every order."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnermcda.core.voting import KEMENY_MOST, borda, copeland, duels, in_order, kemeny
from partnermcda.errors import MethodError


@st.composite
def orders(draw, most=6):
    m, q = draw(st.integers(1, most)), draw(st.integers(1, 5))
    one = st.lists(st.integers(1, m), min_size=m, max_size=m)
    return np.array(draw(st.lists(one, min_size=q, max_size=q)))


@given(orders())
def test_every_pair_is_shared_out_in_every_order(ranks):
    ahead = duels(ranks)
    m = ranks.shape[1]
    assert (ahead + ahead.T == len(ranks) * (1 - np.eye(m))).all()
    assert borda(ranks).sum() == len(ranks) * m * (m - 1) / 2
    assert copeland(ranks).sum() == 0


def disagreement(order, ahead):
    return sum(ahead[b, a] for i, a in enumerate(order) for b in order[i + 1 :])


@given(orders())
def test_no_order_disagrees_less_than_kemenys_and_as_many_as_told_do_no_more(ranks):
    ahead = duels(ranks)
    order, others = kemeny(ranks)
    every = {one: disagreement(one, ahead) for one in permutations(range(ranks.shape[1]))}
    best = min(every.values())
    equal = [one for one, value in every.items() if value == best]
    assert tuple(order) == min(equal)
    assert others == len(equal) - 1


@given(orders())
def test_where_all_agree_so_does_every_consensus(ranks):
    same = np.repeat(in_order(-ranks[0])[None], 3, axis=0)
    assert in_order(borda(same)).tolist() == same[0].tolist()
    assert in_order(copeland(same)).tolist() == same[0].tolist()
    order, _ = kemeny(same)
    assert (np.diff(same[0][order]) >= 0).all()


@given(orders())
def test_who_wins_every_duel_is_first_by_copeland_and_kemeny(ranks):
    ahead = duels(ranks)
    wins = ((ahead > ahead.T) | np.eye(len(ahead), dtype=bool)).all(axis=1)
    if wins.any():
        assert in_order(copeland(ranks))[wins].tolist() == [1]
        assert kemeny(ranks)[0][0] == wins.argmax()


@given(orders(), st.randoms())
def test_the_order_of_the_orders_and_of_the_actors_does_not_matter(ranks, random):
    rows, columns = list(range(len(ranks))), list(range(ranks.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    mixed = ranks[rows][:, columns]
    assert borda(mixed).tolist() == borda(ranks)[columns].tolist()
    assert copeland(mixed).tolist() == copeland(ranks)[columns].tolist()
    assert kemeny(mixed)[1] == kemeny(ranks)[1]


@pytest.mark.parametrize("ranks", [[1, 2], [["a", "b"]], [[1.0, np.nan]], np.ones((0, 3))])
def test_what_is_no_ranks_is_refused(ranks):
    with pytest.raises(MethodError) as caught:
        borda(ranks)
    assert caught.value.findings[0].code == "consensus.ranks"


def test_too_many_actors_for_kemeny_are_refused():
    kemeny(np.arange(1, KEMENY_MOST + 1)[None])
    with pytest.raises(MethodError) as caught:
        kemeny(np.arange(1, KEMENY_MOST + 2)[None])
    assert caught.value.findings[0].code == "consensus.too_many"
