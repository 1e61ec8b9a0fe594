"""The decision matrix: raw values with names."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from partnermcda.core.arrays import Bools, Floats, Texts
from partnermcda.errors import Finding, MethodError, capped, short
from partnermcda.matrix.values import texts


@dataclass(frozen=True, slots=True, eq=False, init=False)
class DecisionMatrix:
    """Raw values of m alternatives on n criteria, all known; checked on birth.

    Parameters
    ----------
    x : (m, n) array, list of lists or frame
        Raw values, each column in its own unit. An array of floats is not copied: do not write
        to it afterwards.
    benefit : sequence of bool, or mapping of str to bool
        True where more is better, false where less is; for each criterion.
    criteria : sequence of str, optional
        Names of the columns; "C1", "C2" and so on without it.
    alternatives : sequence of str, optional
        Names of the rows; "A1", "A2" and so on without it.
    cities : sequence of str, optional
        City of each row, where the matrix holds several.

    Raises
    ------
    MethodError
        If `x` is no table of finite numbers, or names are repeated or in the wrong number: every
        fault at once.

    Examples
    --------
    >>> matrix = DecisionMatrix([[250, 3], [200, 2]], criteria=["price", "reach"],
    ...                         benefit={"price": False, "reach": True})
    >>> len(matrix), matrix.criteria, matrix.benefit
    (2, ('price', 'reach'), array([False,  True]))
    """

    x: Floats
    """(m, n) raw values; read-only."""
    criteria: tuple[str, ...]
    """Names of the n columns."""
    benefit: Bools
    """(n,) true where more is better."""
    alternatives: Texts
    """(m,) names of the rows."""
    cities: Texts | None
    """(m,) cities; None where all rows are one."""

    def __init__(
        self,
        x: ArrayLike,
        *,
        benefit: Sequence[bool] | Bools | Mapping[str, bool],
        criteria: Sequence[str] | None = None,
        alternatives: Sequence[str] | Texts | None = None,
        cities: Sequence[str] | Texts | None = None,
    ) -> None:
        table = _table(x)
        m, n = table.shape
        columns = _names("C", n, criteria)
        rows = _names("A", m, alternatives)
        findings = [
            *_misnamed(("matrix.criteria_number", "matrix.criteria_repeated"), columns, n),
            *_misnamed(("matrix.alternatives_number", "matrix.alternatives_repeated"), rows, m),
            *_misplaced(cities, m),
            *_misdirected(benefit, columns),
        ]
        findings += _not_finite(table, rows, columns)
        if findings:
            raise MethodError(capped(findings))
        values = (table, columns, _directions(benefit, columns), texts(rows))
        for name, value in zip(("x", "criteria", "benefit", "alternatives"), values, strict=True):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "cities", None if cities is None else texts(list(cities)))

    def __len__(self) -> int:
        return len(self.x)

    def column(self, name: str) -> int:
        """Position of a criterion."""
        return self.criteria.index(name)


def _table(x: ArrayLike) -> Floats:
    """Look at the values read-only, and leave the owner's own array as it was."""
    try:
        table = np.asarray(x)
        if table.dtype != np.float32:
            table = np.asarray(table, dtype=_float_of(table))
    except (TypeError, ValueError, OverflowError):
        raise MethodError(Finding("matrix.numbers")) from None
    if table.ndim != 2 or not table.size:
        raise MethodError(Finding("matrix.table", {"shape": table.shape}))
    view = table.view()
    view.setflags(write=False)
    return view


def _float_of(table: np.ndarray[Any, Any]) -> type[np.float64]:
    """Texts are no numbers even where they look like some, nor are dates and complex numbers."""
    if table.dtype.kind not in "biufO":
        raise TypeError
    return np.float64


def _names(letter: str, count: int, given: Sequence[str] | Texts | None) -> tuple[str, ...]:
    if given is None:
        return tuple(f"{letter}{k}" for k in range(1, count + 1))
    return tuple(str(name) for name in given)


def _misnamed(codes: tuple[str, str], names: tuple[str, ...], count: int) -> Iterator[Finding]:
    wrong_number, repetition = codes
    if len(names) != count:
        yield Finding(wrong_number, {"names": len(names), "count": count})
    elif len(set(names)) != count:
        repeated = [name for name, times in Counter(names).items() if times > 1]
        for name in repeated:
            yield Finding(repetition, {"name": name})


def _misplaced(cities: Sequence[str] | Texts | None, m: int) -> Iterator[Finding]:
    if cities is not None and len(cities) != m:
        yield Finding("matrix.cities", {"names": len(cities), "count": m})


def _misdirected(
    benefit: Sequence[bool] | Bools | Mapping[str, bool], criteria: tuple[str, ...]
) -> Iterator[Finding]:
    if isinstance(benefit, Mapping):
        for name in criteria:
            if name not in benefit:
                yield Finding("matrix.no_direction", {"name": name})
        for name in benefit:
            if name not in criteria:
                names = ", ".join(criteria)
                yield Finding("matrix.unknown_direction", {"name": name, "names": names})
    elif len(benefit) != len(criteria):
        yield Finding("matrix.directions", {"directions": len(benefit), "count": len(criteria)})
    for said in benefit.values() if isinstance(benefit, Mapping) else benefit:
        # Not what counts as true: -1 and "min" would.
        if not isinstance(said, bool | np.bool_):
            yield Finding("matrix.direction", value=short(said))


def _directions(
    benefit: Sequence[bool] | Bools | Mapping[str, bool], criteria: tuple[str, ...]
) -> Bools:
    said = [benefit[name] for name in criteria] if isinstance(benefit, Mapping) else benefit
    directions = np.array(said, dtype=bool)
    directions.setflags(write=False)
    return directions


def _not_finite(
    x: Floats, alternatives: tuple[str, ...], criteria: tuple[str, ...]
) -> Iterator[Finding]:
    """Column by column, which needs no second table of the size of the first."""
    for j in range(x.shape[1]):
        finite = np.isfinite(x[:, j])
        if not finite.all():
            for i in np.flatnonzero(~finite):
                # Where names are in the wrong number, places are told by number.
                row = alternatives[i] if len(alternatives) == len(x) else str(i + 1)
                column = criteria[j] if len(criteria) == x.shape[1] else str(j + 1)
                yield Finding(
                    "matrix.not_finite", {"row": row}, column=column, value=f"{x[i, j]:g}"
                )
