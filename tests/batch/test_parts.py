"""Cutting a register: every row once, whole cities, and no figure that hangs on it."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnermcda.batch import parts as module
from partnermcda.batch.parts import cut

from .registers import actors_of, assert_same, batch, in_memory, lay, plain

SIZES = st.lists(st.integers(1, 30), min_size=1, max_size=60)
LIMITS = st.integers(1, 100)


def cut_small(sizes, block, part):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK", block)
        patch.setattr(module, "PART", part)
        return cut(sizes)


@given(SIZES, LIMITS, LIMITS)
def test_parts_and_blocks_cover_every_row_once_in_order(sizes, block, part):
    parts = cut_small(sizes, block, part)
    stretches = [stretch for each in parts for stretch in each.blocks()]
    assert stretches[0][0] == 0
    assert stretches[-1][1] == sum(sizes)
    assert all(a[1] == b[0] for a, b in pairwise(stretches))
    assert all(start < stop for start, stop in stretches)
    assert [each.index for each in parts] == list(range(len(parts)))
    assert sum(each.rows for each in parts) == sum(sizes)


@given(SIZES, LIMITS, LIMITS)
def test_borders_stand_only_between_cities(sizes, block, part):
    ends = {0, *np.cumsum(sizes).tolist()}
    assert {b for each in cut_small(sizes, block, part) for b in each.bounds} <= ends


@given(SIZES, LIMITS, LIMITS)
def test_a_block_is_beyond_its_limit_only_where_one_city_is(sizes, block, part):
    whole = set(zip([0, *np.cumsum(sizes).tolist()], np.cumsum(sizes).tolist(), strict=False))
    for each in cut_small(sizes, block, part):
        assert all(b - a <= block or (a, b) in whole for a, b in each.blocks())
        # A part ends with the block that fills it.
        assert each.bounds[-2] - each.bounds[0] < part


@given(SIZES, LIMITS, LIMITS)
def test_blocks_and_parts_are_no_smaller_than_they_must_be(sizes, block, part):
    parts = cut_small(sizes, block, part)
    assert all(each.rows >= part for each in parts[:-1])
    stretches = [stretch for each in parts for stretch in each.blocks()]
    ends = np.cumsum(sizes)
    for (start, stop), _ in pairwise(stretches):
        following = ends[np.searchsorted(ends, stop) + 1]
        assert following - start > block


def test_names_of_files_sort_as_their_numbers_do():
    parts = cut_small([1] * 300, 1, 1)
    assert len(parts) == 300
    assert sorted(part.name for part in parts) == [part.name for part in parts]


@pytest.mark.parametrize(("block", "part"), [(1, 1), (30, 60), (10_000, 10_000)])
def test_cutting_changes_no_figure(tmp_path, monkeypatch, block, part):
    table = plain(100)
    monkeypatch.setattr(module, "BLOCK", block)
    monkeypatch.setattr(module, "PART", part)
    batch(lay(table, tmp_path / "source"), tmp_path / "ranked")
    assert_same(actors_of(tmp_path / "ranked"), in_memory(table))
    monkeypatch.undo()
    batch(tmp_path / "source" / "register.parquet", tmp_path / "whole")
    sides = [
        (tmp_path / name, "_cities.parquet", "_pillars.parquet") for name in ("ranked", "whole")
    ]
    found, expected = ([read(folder / name) for name in names] for folder, *names in sides)
    assert found == expected


def read(path):
    import pyarrow.parquet as pq

    return pq.read_table(path).to_pydict()
