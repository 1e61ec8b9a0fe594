"""What is plainly sound: never more than pandera finds sound, and all that is usual."""

import numpy as np
import pandas as pd
import pandera.pandas as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandera.errors import SchemaErrors

from partnermcda.inventory.possible import TEXT, possible_columns
from tests.inventory.actors import CATALOG

POSSIBLE = possible_columns(CATALOG)
NUMBERS = st.sampled_from([-np.inf, -1.0, -0.0, 0.0, 0.5, 1.0, 5.0, 100.0, 101.0, np.inf, np.nan])
WORDS = st.sampled_from(["", "ngo", "start_up", "pass", "full", "Dakar", None])
COLUMNS = (
    st.lists(NUMBERS, max_size=4).map(lambda cells: pd.Series(cells, dtype=float))
    | st.lists(WORDS, max_size=4).map(lambda cells: pd.Series(cells, dtype=TEXT))
    | st.lists(WORDS, max_size=4).map(lambda cells: pd.Series(cells, dtype=object))
    | st.lists(st.sampled_from([True, False, None]), max_size=4).map(
        lambda cells: pd.Series(cells, dtype="boolean")
    )
    | st.lists(st.booleans(), max_size=4).map(lambda cells: pd.Series(cells, dtype=bool))
    | st.lists(st.integers(0, 5), max_size=4).map(lambda cells: pd.Series(cells, dtype=np.int64))
)


def is_valid(name, column):
    """Whether pandera finds no fault."""
    try:
        pa.DataFrameSchema({name: POSSIBLE[name].column()}).validate(
            column.to_frame(name), lazy=True
        )
    except SchemaErrors:
        return False
    return True


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(POSSIBLE)), COLUMNS)
def test_a_column_of_the_right_type_is_plainly_sound_exactly_where_pandera_finds_no_fault(
    name, column
):
    plain = POSSIBLE[name].plainly_holds(column)
    assert plain == (is_valid(name, column) and column.dtype == POSSIBLE[name].dtype)


@pytest.mark.parametrize("cells", [[1.0, np.nan, 5.0], [np.nan] * 3, []])
def test_answers_within_their_scale_and_no_answers_are_plainly_sound(cells):
    assert POSSIBLE["res_technical"].plainly_holds(pd.Series(cells, dtype=float))
