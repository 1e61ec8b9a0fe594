"""Reasons as text, each different one written once, however many actors share it."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from partnermcda.core.arrays import Ints, Texts
from partnermcda.engagement.told import Told

_SEPARATOR = "; "


def because(told: Told, subjects: Sequence[str]) -> Texts:
    """Write what each lever was read from, with the figures.

    Parameters
    ----------
    told : Told
        e levers.
    subjects : sequence of str
        What the numbers stand for.

    Returns
    -------
    (e,) array of str
    """
    parts = []
    for causes, figures in zip(told.causes.T, told.figures.T, strict=True):
        shown, which = _distinct(np.round(figures, 2))
        codes = causes.astype(np.int64) * len(shown) + which

        def write(code: int, shown: Any = shown) -> str:
            cause, at = divmod(code, len(shown))
            if cause < 0:
                return ""
            figure = shown[at]
            return subjects[cause] if np.isnan(figure) else f"{subjects[cause]} {figure:.10g}"

        parts.append(_written(codes, write))
    return joined(parts, len(told.rows))


def to_find_out(told: Told, subjects: Sequence[str]) -> Texts:
    """Write what decides each lever and is not known.

    Parameters
    ----------
    told : Told
        e levers.
    subjects : sequence of str
        What the numbers stand for.

    Returns
    -------
    (e,) array of str
    """
    patterns, which = _patterns(told.decides)
    listed = [
        _SEPARATOR.join(
            name
            for name, decides in zip(subjects, np.unpackbits(bits)[: len(subjects)], strict=True)
            if decides
        )
        for bits in patterns
    ]
    return np.array([*listed, ""], dtype=object)[which]


def to_settle(settle: Ints, tiers: Sequence[Sequence[str]]) -> Texts:
    """Write which gates are to be settled first, and how each stands.

    Parameters
    ----------
    settle : (m, G) array of int
        Tier at each gate; -1 where nothing is to be settled.
    tiers : sequence of sequence of str
        Gates with the texts of their tiers.

    Returns
    -------
    (m,) array of str
    """
    parts = [
        np.array([*names, ""], dtype=object)[at] for names, at in zip(tiers, settle.T, strict=True)
    ]
    return joined(parts, len(settle))


def joined(parts: Sequence[Texts], size: int) -> Texts:
    """Join texts row by row, with semicolons between those that are not empty.

    Parameters
    ----------
    parts : sequence of (e,) arrays of str
    size : int
        How many rows: e.

    Returns
    -------
    (e,) array of str
    """
    text = np.full(size, "", dtype=object)
    for part in parts:
        both = (text != "") & (part != "")
        text = text + np.where(both, _SEPARATOR, "").astype(object) + part
    return text


def _written(codes: Ints, write: Callable[[int], str]) -> Texts:
    found, which = _distinct(codes)
    return np.array([*(write(int(code)) for code in found), ""], dtype=object)[which]


def _patterns(rows: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], Ints]:
    """Distinct rows of bytes, and which of them each row is."""
    which = np.zeros(len(rows), dtype=np.int64)
    for column in rows.T:
        which = _distinct(which * 256 + column)[1]
    first = np.full(which.max(initial=-1) + 1, 0)
    first[which] = np.arange(len(rows))
    return rows[first], which


def _distinct(x: Any) -> tuple[Any, Ints]:
    """Distinct figures, NaN among them, and which of them each is."""
    import pandas as pd

    which, found = pd.factorize(x, use_na_sentinel=False)
    return found, which
