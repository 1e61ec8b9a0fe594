"""One judgement: a number, a fraction, bounds or words, or why it is none."""

import datetime
import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnermcda.errors import Finding
from partnermcda.judgements.values import Ratio, joined, parse_cell, parse_ratio
from partnermcda.judgements.words import nearest_words, ratio_of_words
from tests.judgements.files import codes, said

POSITIVE = st.floats(1e-9, 1e9)


def fault(value, parse=parse_ratio):
    found = parse(value)
    assert isinstance(found, Finding), found
    said([found])
    return codes([found])[0]


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("3", 3),
        (" 3.0 ", 3),
        ("+3", 3),
        ("0,33", 0.33),
        ("0.33", 0.33),
        (".5", 0.5),
        ("1/3", 1 / 3),
        ("1 / 3", 1 / 3),
        ("1:3", 1 / 3),
        ("3/1", 3),
        ("1/2,5", 0.4),
        ("⅓", 1 / 3),
        ("1⁄3", 1 / 3),
        ("3\N{NO-BREAK SPACE}", 3),
        ("1e-2", 0.01),
        (7, 7),
        (np.float32(0.5), 0.5),
        (np.int64(9), 9),
        (Fraction(1, 3), 1 / 3),
        (Decimal("0.2"), 0.2),
    ],
)
def test_numbers_and_fractions_are_read_as_they_are_written(text, ratio):
    assert parse_ratio(text)[:3] == pytest.approx((ratio,) * 3)


@given(POSITIVE)
def test_every_positive_number_is_read_as_it_is(value):
    expected = (value, value, value)
    assert parse_ratio(value)[:3] == expected
    assert parse_ratio(repr(value))[:3] == expected
    assert parse_ratio(repr(value).replace(".", ","))[:3] == expected


@given(POSITIVE, POSITIVE)
def test_bounds_without_a_middle_have_their_geometric_mean(one, other):
    low, high = sorted((one, other))
    ratio = parse_ratio((low, high))
    assert (ratio.low, ratio.high) == (low, high)
    assert ratio.mode == pytest.approx(math.sqrt(low * high))
    assert ratio.mirrored().mode == pytest.approx(parse_ratio((1 / high, 1 / low)).mode)


@pytest.mark.parametrize(
    "text", ["2..4", "2 .. 4", "2...4", "2…4", "2;4", "[2; 4]", "[2, 4]", "(2, 4)", "[2..4]"]
)
def test_bounds_are_written_in_a_few_ways_that_mean_nothing_else(text):
    assert parse_ratio(text) == parse_ratio((2, 4))


@pytest.mark.parametrize("text", ["2;3;4", "[2; 3; 4]", "(2, 3, 4)", "2..3..4"])
def test_three_numbers_are_bounds_with_the_most_likely_between_them(text):
    assert parse_ratio(text)[:3] == (2, 3, 4)


def test_fractions_and_decimal_commas_may_be_bounds():
    assert parse_ratio("1/4..1/2")[:2] == parse_ratio((0.25, 0.5))[:2]
    assert parse_ratio("[2,5; 3,5]")[::2] == (2.5, 3.5)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (0, "zero"),
        ("0", "zero"),
        ("0/3", "zero"),
        (-3, "negative"),
        ("-3", "negative"),
        ("−1/3", "negative"),
        (math.inf, "infinite"),
        ("inf", "infinite"),
        ("∞", "infinite"),
        ("3/0", "infinite"),
        ("1e400", "infinite"),
        (10**400, "infinite"),
        (5e-324, "infinite"),
        ("three", "text"),
        ("3 times", "text"),
        ("12 %", "text"),
        ("[2,4]", "text"),
        ("1.234,5", "text"),
        ("1;2;3;4", "text"),
        ("1/2/", "text"),
        (True, "text"),
        (3j, "text"),
        ((2, math.nan), "text"),
        (("x", 3), "text"),
        ((3,), "text"),
        ((0, 3), "zero"),
        ("4..2", "interval"),
        ((2, 5, 4), "interval"),
        ("2-4", "dash"),
        ("2 – 4", "dash"),
        (datetime.datetime(2026, 4, 3), "date"),
        (datetime.date(2026, 1, 3), "date"),
        (datetime.time(1, 3), "date"),
        (datetime.timedelta(hours=1), "date"),
        ("2026-04-03", "date"),
        ("2026-04-03 00:00:00", "date"),
        ("1/3/2026", "date"),
        ("03-janv", "date"),
        ("03-janv.", "date"),
        ("1-Mar", "date"),
        ("Mar-03", "date"),
        ("3-févr.", "date"),
    ],
)
def test_what_is_no_judgement_is_refused_for_its_own_reason(value, code):
    assert fault(value) == code


@pytest.mark.parametrize("value", [46_025, 46_025.0, "46025"])
def test_the_number_of_a_day_in_a_cell_is_a_fraction_taken_for_a_date(value):
    assert fault(value, parse_cell) == "date"
    assert parse_ratio(value).mode == 46_025


def test_a_date_tells_what_the_spreadsheet_did():
    found = parse_ratio(datetime.date(2026, 4, 3))
    assert "the spreadsheet took a fraction such as 1/3 for a date" in found.text()
    assert "format the column as text" in found.text()


@pytest.mark.parametrize(
    ("words", "ratio"),
    [
        ("equally important", 1),
        ("d'importance égale", 1),
        ("D’IMPORTANCE ÉGALE", 1),
        ("aussi important que", 1),
        ("same importance", 1),
        ("moderately more important", 3),
        ("moderately", 3),
        ("modérément plus important", 3),
        ("modérément plus importante que", 3),
        ("moderement", 3),
        ("strongly more important than", 5),
        ("fortement plus important", 5),
        ("very strongly more important", 7),
        ("Très fortement plus importante", 7),
        ("extremely more important", 9),
        ("extrêmement plus important", 9),
        ("absolument plus important", 9),
        ("between equally and moderately", 2),
        ("between moderately and strongly more important", 4),
        ("moderately to strongly", 4),
        ("entre modérément et fortement plus important", 4),
        ("de modérément à fortement plus important", 4),
        ("moderate plus", 4),
        ("strong plus", 6),
        ("very strong plus", 8),
        ("between strongly and very strongly", 6),
        ("entre très fortement et extrêmement", 8),
        ("very very strong", 8),
        ("moderately less important", 1 / 3),
        ("modérément moins important", 1 / 3),
        ("très fortement moins importante", 1 / 7),
        ("between moderately and strongly less important", 1 / 4),
        ("extrêmement moins important", 1 / 9),
    ],
)
def test_words_of_the_scale_are_understood(words, ratio):
    assert parse_ratio(words)[:3] == (ratio,) * 3


@pytest.mark.parametrize(
    "words",
    [
        "more important",
        "plus important",
        "slightly more important",
        "nettement plus important",
        "equally less important",
        "between moderately and extremely",
        "between moderately and moderately",
        "fortement plus",
        "not strongly",
        "important",
    ],
)
def test_words_that_are_not_plain_are_refused_with_the_nearest(words):
    assert ratio_of_words(words) is None
    found = parse_ratio(words)
    assert codes([found]) == ["text"]
    assert found.details["nearest"]


def test_a_typing_error_is_answered_with_the_words_that_were_meant():
    assert nearest_words("moderatly more important") == "moderately more important"
    assert nearest_words("tres fortemment plus important") == "très fortement plus important"


def test_bounds_in_cells_of_their_own_lie_around_the_judgement():
    assert joined(2, "3", 4.0)[:3] == (2, 3, 4)
    assert joined(None, "1/3", None).mode == pytest.approx(1 / 3)
    assert joined("1", None, "4") == Ratio(1, 2, 4)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ((2, 3, None), "one_bound"),
        ((None, 3, 4), "one_bound"),
        ((4, 3, 5), "interval"),
        ((2, "2..4", 4), "bound_twice"),
        ((2, 0, 4), "zero"),
        ((2, "x", 4), "text"),
    ],
)
def test_bounds_in_cells_of_their_own_may_be_wrong(cells, code):
    assert fault(cells, lambda three: joined(*three)) == code
