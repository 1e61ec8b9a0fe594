"""Texts as numbers: equal numbers for equal texts, and for no others that were ever met."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from partnermcda.inventory.keys import text_keys

TEXTS = st.lists(st.text(max_size=30), max_size=20)


@given(TEXTS, st.text(max_size=30))
def test_keys_are_equal_where_texts_are_equal_and_nowhere_else(texts, twice):
    texts = [twice, *texts, twice]
    keys = text_keys(pa.array(texts, pa.large_string())).tolist()
    pairs = [(a, b) for a in range(len(texts)) for b in range(len(texts))]
    assert all((keys[a] == keys[b]) == (texts[a] == texts[b]) for a, b in pairs)


@given(TEXTS, st.integers(0, 5), st.integers(0, 20))
def test_the_key_of_a_text_hangs_on_no_other_text(texts, start, length):
    array = pa.array(texts, pa.large_string())
    part = text_keys(array.slice(start, length)).tolist()
    assert part == text_keys(array).tolist()[start : start + length]


def test_texts_that_differ_behind_their_first_word_alone_differ():
    texts = ["", "\0", "a", "a\0", "12345678", "12345678\0", "123456789", "1234567812345678"]
    assert len(set(text_keys(pa.array(texts, pa.large_string())).tolist())) == len(texts)
