"""Values that a formula cannot take are refused, all at once, with the place of each."""

from collections.abc import Callable, Mapping

import numpy as np

from partnermcda.core.arrays import Bools, Floats
from partnermcda.errors import Finding, MethodError


def refuse_columns(x: Floats, faults: Callable[[int], Mapping[str, Bools]]) -> None:
    """Refuse an array if any of its columns has faults.

    Parameters
    ----------
    x : (m, n) array
        Values.
    faults : callable
        For column j counted from 0: each kind of fault, as the code of its sentence, and the (m,)
        array of bool that tells which values have it.

    Raises
    ------
    MethodError
        With one finding for each kind of fault and column: the first such value, and how many
        there are beside it. Rows and columns are counted from 1, as people do.

    Examples
    --------
    >>> x = np.array([[1.0, 0.0], [2.0, -3.0]])
    >>> refuse_columns(x, lambda j: {"core.negative": x[:, j] < 0})  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    partnermcda.errors.MethodError: row 2, column 2: the value -3 is negative; ...
    """
    findings = [
        first_of(code, x[:, j], j, faulty)
        for j in range(x.shape[1])
        for code, faulty in faults(j).items()
        if faulty.any()
    ]
    if findings:
        raise MethodError(findings)


def not_finite(t: Floats) -> dict[str, Bools]:
    """Tell which values of a column are NaN or infinite.

    Parameters
    ----------
    t : (m,) array
        Values.

    Returns
    -------
    dict of str to (m,) array of bool
        Under the code of the sentence that says so.

    Examples
    --------
    >>> not_finite(np.array([1.0, np.inf]))
    {'core.not_finite': array([False,  True])}
    """
    return {"core.not_finite": ~np.isfinite(t)}


def no_share(t: Floats, *, cost: bool) -> dict[str, Bools]:
    """Tell which values of a column cannot be a share of anything.

    Parameters
    ----------
    t : (m,) array
        Values.
    cost : bool
        Whether less is better.

    Returns
    -------
    dict of str to (m,) array of bool
        Under the codes of the sentences that say so.

    Examples
    --------
    >>> no_share(np.array([0.0, -1.0]), cost=True)["core.zero_cost"]
    array([ True, False])
    """
    negative = np.isfinite(t) & (t < 0)
    return {**not_finite(t), "core.negative": negative, "core.zero_cost": cost & (t == 0)}


def first_of(
    code: str, t: Floats, j: int, faulty: Bools, details: Mapping[str, object] | None = None
) -> Finding:
    """Tell the first faulty value of a column, and how many there are beside it.

    Parameters
    ----------
    code : str
        Of the sentence that says what is wrong.
    t : (m,) array
        Values.
    j : int
        Number of the column, counted from 0.
    faulty : (m,) array of bool
        Which values are faulty; at least one.
    details : mapping of str to object, optional
        What the sentence tells beside the value.

    Returns
    -------
    Finding

    Examples
    --------
    >>> found = first_of("core.negative", np.array([1.0, -3.0]), 0, np.array([False, True]))
    >>> found.row, found.column, found.value, found.more
    (2, '1', '-3', 0)
    """
    rows = np.flatnonzero(faulty)
    first = int(rows[0])
    return Finding(
        code,
        details or {},
        row=first + 1,
        column=str(j + 1),
        value=f"{t[first]:g}",
        more=len(rows) - 1,
    )
