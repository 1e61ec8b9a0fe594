"""Two results, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from pandas.api.types import is_float_dtype

from partnermcda.core.arrays import Bools, Floats
from partnermcda.errors import OutputError
from partnermcda.output.document import RESULT_FORMAT, RankingDocument
from partnermcda.output.files import fingerprint
from partnermcda.output.reading import Shape, not_a_result, read_table
from partnermcda.output.tables import NUMBERS, SCHEMA

_KEY: Final = ("city", "actor_id")


@dataclass(frozen=True, slots=True)
class Comparison:
    """How much two results differ."""

    same_bytes: bool
    """Whether the files are the same, byte for byte."""
    same_ranks: bool
    """Whether both rank the same actors, of the same names and types, and each alike: rank, best
    and worst rank. Only figures can differ then."""
    largest_difference: float
    """Largest difference of a figure (score, bound of a score, evidence) among actors in both."""
    only_old: int
    """Actors in the old result only."""
    only_new: int
    """Actors in the new result only."""
    differing: int
    """Actors in both, with something that differs."""


def compare_results(old: str | Path, new: str | Path) -> Comparison:
    """Compare two results, of the same format or of different ones.

    Parameters
    ----------
    old, new : str or Path

    Returns
    -------
    Comparison

    Raises
    ------
    OutputError
        If one of them cannot be read, or is not a result.
    """
    if fingerprint(old) == fingerprint(new):
        return Comparison(True, True, 0.0, 0, 0, 0)
    return compare_tables(read_result(old), read_result(new), _KEY)


def compare_tables(old: pd.DataFrame, new: pd.DataFrame, key: Sequence[str]) -> Comparison:
    """Compare two tables of the same columns, row by row.

    Parameters
    ----------
    old, new : DataFrame
    key : sequence of str
        Columns that say which row is which.

    Returns
    -------
    Comparison
        Of rows; columns of floating point hold figures, all others must be the same.

    Examples
    --------
    >>> old = pd.DataFrame({"id": ["a", "b"], "share": [0.5, 0.25]})
    >>> compare_tables(old, old.assign(share=[0.5, 0.125]), ["id"]).largest_difference
    0.125
    """
    keys = [*key, "turn"]
    rows = _counted(old, key).merge(
        _counted(new, key), "outer", keys, suffixes=("_old", "_new"), indicator=True
    )
    both = rows[rows["_merge"] == "both"]
    only_old, only_new = (
        int((rows["_merge"] == side).sum()) for side in ("left_only", "right_only")
    )
    others = [str(name) for name in old if name not in key]
    figures = [name for name in others if is_float_dtype(old[name])]
    apart = {name: _apart(both, name) for name in figures}
    placed = _any(both, [_unlike(both, name) for name in others if name not in apart])
    placed |= _any(both, [_only_one(both, name) for name in figures])
    valued = _any(both, [far > 0 for far in apart.values()])
    largest = (float(far.max(initial=0.0)) for far in apart.values())
    return Comparison(
        same_bytes=False,
        same_ranks=not (only_old or only_new or placed.any()),
        largest_difference=max(largest, default=0.0),
        only_old=only_old,
        only_new=only_new,
        differing=int((placed | valued).sum()),
    )


def read_result(path: str | Path) -> pd.DataFrame:
    """Read a result back as it was written.

    Parameters
    ----------
    path : str or Path
        Ends in ``.csv``, ``.parquet``, ``.xlsx`` or ``.json``.

    Returns
    -------
    DataFrame
        The columns of a ranking; an unknown actor type is empty.

    Raises
    ------
    OutputError
        If it cannot be read, is not a result, or was written by a newer version.
    """
    frame = read_table(path, _RANKING)
    if not np.isfinite(frame[[*NUMBERS]].to_numpy(float)).all():
        raise OutputError(not_a_result(Path(path)))
    return frame


def _ranking_rows(raw: bytes) -> list[dict[str, Any]]:
    document = RankingDocument.model_validate_json(raw)
    return [row.model_dump() for row in document.ranking]


_RANKING: Final = Shape(SCHEMA, RESULT_FORMAT, 0, _ranking_rows)


def _counted(frame: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    # A file someone has edited may name an actor twice; the first is compared with the first.
    return frame.assign(turn=frame.groupby([*key]).cumcount())


def _unlike(both: pd.DataFrame, name: str) -> Bools:
    return (both[f"{name}_old"] != both[f"{name}_new"]).to_numpy(bool)


def _only_one(both: pd.DataFrame, name: str) -> Bools:
    """Whether a figure is there in one of the two results only."""
    return np.asarray(both[f"{name}_old"].isna() != both[f"{name}_new"].isna())


def _apart(both: pd.DataFrame, name: str) -> Floats:
    """How far two figures are apart; 0 unless both are there."""
    return (both[f"{name}_old"] - both[f"{name}_new"]).abs().fillna(0.0).to_numpy(float)


def _any(both: pd.DataFrame, which: list[Bools]) -> Bools:
    return np.asarray(np.any([np.zeros(len(both), dtype=bool), *which], axis=0))
