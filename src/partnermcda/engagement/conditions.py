"""One condition of a lever, read off what is known: how far it holds, why, and what could move it.

Everything here is data of the catalog; a condition never runs code.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import numpy as np
import pandas as pd

from partnermcda.capability.needs import answer_worth
from partnermcda.catalog import Catalog, Condition
from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.engagement.inputs import TOLERANCE, Foremost, Inputs, Sides
from partnermcda.engagement.subjects import Subjects
from partnermcda.evaluation.standing import Types

_Test: TypeAlias = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """How far a condition holds of m actors."""

    degree: Sides
    """(m,) bounds of how far it holds, in [0, 1]."""
    cause: Ints
    """(m,) what it was read from, centrally: a number of :class:`Subjects`; -1 for nothing."""
    figure: Floats
    """(m,) the figure read there; NaN where it is none."""
    open: tuple[tuple[int, Bools], ...]
    """What could move it once found out, and (m,) of whom."""


def test_of(condition: Condition, catalog: Catalog) -> _Test:
    """Make the test of a condition: a figure to how far it holds, rising or falling throughout.

    Parameters
    ----------
    condition : Condition
    catalog : Catalog
        With the ramps.

    Returns
    -------
    callable
        Of an array of figures to one of degrees in [0, 1].
    """
    if condition.at_least is not None:
        least = condition.at_least - TOLERANCE
        return lambda x: (x >= least).astype(float)
    if condition.at_most is not None:
        most = condition.at_most + TOLERANCE
        return lambda x: (x <= most).astype(float)
    (ramp,) = (ramp for ramp in catalog.ramps if ramp.id == condition.ramp)
    return lambda x: np.clip((x - ramp.zero) / (ramp.one - ramp.zero), 0.0, 1.0)


def read(condition: Condition, inputs: Inputs, subjects: Subjects) -> Reading:
    """Read a condition off what is known of m actors.

    Parameters
    ----------
    condition : Condition
    inputs : Inputs
    subjects : Subjects
        Numbers of what can be named.

    Returns
    -------
    Reading
    """
    return _READ[condition.on](condition, inputs, subjects)


def _value(condition: Condition, inputs: Inputs, subjects: Subjects) -> Reading:
    columns = [inputs.criterion(name) for name in condition.names]
    values = inputs.values
    low, mid, high = (x[:, columns] for x in (values.low, values.mid, values.high))
    best = Sides(*(x.max(axis=1) for x in (low, mid, high)))
    numbers = np.array([subjects.index("criterion", name) for name in condition.names])
    open_ = [
        (int(number), (low[:, j] < high[:, j]) & (high[:, j] > best.low))
        for j, number in enumerate(numbers)
    ]
    return _tested(condition, inputs, best, numbers[mid.argmax(axis=1)], open_)


def _answer(condition: Condition, inputs: Inputs, subjects: Subjects) -> Reading:
    (name,) = condition.names
    j, criterion = inputs.criterion(name), inputs.catalog.criterion(name)
    given = inputs.frame[name].to_numpy(dtype=float)
    known, scale = ~np.isnan(given), criterion.possible
    ends = scale.minimum, scale.maximum
    worst, best = ends if criterion.direction == "benefit" else ends[::-1]

    def answers(v: Floats) -> Floats:
        # Beyond a bound values stand still, so there an answer may be anything beyond it.
        worth = answer_worth(criterion, v)
        return np.where(known, given, np.where(v <= 0, worst, np.where(v >= 1, best, worth)))

    values = inputs.values
    found = Sides(*(answers(x[:, j]) for x in (values.low, values.mid, values.high)))
    number = subjects.index("criterion", name)
    return _tested(condition, inputs, found, _all(inputs, number), [(number, ~known)])


def _unknown(condition: Condition, inputs: Inputs, subjects: Subjects) -> Reading:
    columns = [inputs.criterion(name) for name in condition.names]
    nothing = np.all(inputs.values.evidence[:, columns] <= 0, axis=1)
    today = nothing.astype(float)
    open_ = tuple((subjects.index("criterion", name), nothing) for name in condition.names)
    cause = _all(inputs, subjects.index("unknown", condition.names[0]))
    return Reading(Sides(np.zeros(len(inputs)), today, today), cause, _no_figure(inputs), open_)


def _pillar(condition: Condition, inputs: Inputs, subjects: Subjects) -> Reading:
    (name,) = condition.names
    sides, columns = inputs.pillar(name)
    open_ = [
        (
            subjects.index("criterion", inputs.catalog.criteria[j].id),
            inputs.values.low[:, j] < inputs.values.high[:, j],
        )
        for j in columns
    ]
    cause = _all(inputs, subjects.index("pillar", name))
    return _tested(condition, inputs, sides, cause, open_)


def _evidence(condition: Condition, inputs: Inputs, subjects: Subjects) -> Reading:
    today = inputs.evidence()
    number = subjects.index("evidence")
    sides = Sides(today, today, np.ones(len(inputs)))
    return _tested(condition, inputs, sides, _all(inputs, number), [(number, today < 1)])


def _flag(condition: Condition, inputs: Inputs, subjects: Subjects) -> Reading:
    frame, holds, asked = inputs.frame, [], []
    unsaid_type = frame["actor_type"].isna().to_numpy(dtype=bool)
    for name in condition.names:
        column = frame[name]
        said = column.notna().to_numpy(dtype=bool)
        true = column.fillna(value=False).to_numpy(dtype=bool)
        types = {t for role in inputs.catalog.roles if role.flag == name for t in role.types}
        if types:
            # A role is known by the type where its flag says nothing.
            by_type = frame["actor_type"].isin(types).fillna(value=False).to_numpy(dtype=bool)
            true, said = np.where(said, true, by_type), said | ~unsaid_type
        holds.append(true)
        asked.append(~said)
    numbers = [subjects.index("flag", name) for name in condition.names]
    which = np.array(numbers)[np.argmax(holds, axis=0)]
    open_ = tuple(zip(numbers, asked, strict=True))
    return _yes_or_no(np.any(holds, axis=0), np.any(asked, axis=0), which, open_)


def _type(condition: Condition, inputs: Inputs, subjects: Subjects) -> Reading:
    numbers = {name: subjects.index("type", name) for name in condition.names}
    return _one_of(numbers, inputs.frame["actor_type"], subjects.index("actor_type"))


def _tier(condition: Condition, inputs: Inputs, subjects: Subjects) -> Reading:
    gate = str(condition.gate)
    numbers = {name: subjects.index("tier", gate, name) for name in condition.names}
    return _one_of(numbers, inputs.frame[gate], subjects.index("gate", gate))


def _one_of(numbers: Mapping[str, int], answers: pd.Series, unasked: int) -> Reading:
    """Read whether an answer is one of some; `unasked` is what to find out where there is none."""
    said = Types.of(answers)
    cause = said.spread([numbers.get(name, unasked) for name in said.names], empty=unasked)
    silent = said.codes < 0
    return _yes_or_no(said.among(numbers), silent, cause, ((unasked, silent),))


def _brings(condition: Condition, inputs: Inputs, subjects: Subjects) -> Reading:
    return _foremost(condition, inputs, inputs.brings_missing(), subjects)


def _lacks(condition: Condition, inputs: Inputs, subjects: Subjects) -> Reading:
    return _foremost(condition, inputs, inputs.lacks_held(), subjects)


def _foremost(condition: Condition, inputs: Inputs, found: Foremost, subjects: Subjects) -> Reading:
    names = [capability.id for capability in inputs.catalog.capabilities]
    numbers = np.array([*(subjects.index("capability", name) for name in names), -1])
    open_ = [(int(numbers[k]), found.open[:, k]) for k in np.flatnonzero(inputs.asked)]
    test = test_of(condition, inputs.catalog)
    # Of those that lead to the same, one that is known is named first.
    fits = test(found.shares) == test(found.sides.mid)[:, None]
    order = np.where(fits, 1 + found.sure, 0)
    which = np.where(fits.any(axis=1), order.argmax(axis=1), -1)
    reading = _tested(condition, inputs, found.sides, numbers[which], open_)
    shown = found.shares[np.arange(len(inputs)), which]
    return replace(reading, figure=np.where(which < 0, np.nan, shown))


def _tested(
    condition: Condition,
    inputs: Inputs,
    figure: Sides,
    cause: Ints,
    open_: Iterable[tuple[int, Bools]],
) -> Reading:
    test = test_of(condition, inputs.catalog)
    one, mid, other = (test(side) for side in figure.each())
    # A test that falls is weakest where the figure is highest.
    degree = Sides(np.minimum(one, other), mid, np.maximum(one, other))
    moves = degree.low < degree.high
    return Reading(
        degree, cause, figure.mid, tuple((number, rows & moves) for number, rows in open_)
    )


def _yes_or_no(
    holds: Bools, unasked: Bools, cause: Ints, open_: tuple[tuple[int, Bools], ...]
) -> Reading:
    low = holds.astype(float)
    high = np.where(holds, 1.0, unasked.astype(float))
    doubtful = low < high
    return Reading(
        Sides(low, (low + high) / 2, high),
        cause,
        np.full(len(low), np.nan),
        tuple((number, rows & doubtful) for number, rows in open_),
    )


def _all(inputs: Inputs, number: int) -> Ints:
    return np.full(len(inputs), number)


def _no_figure(inputs: Inputs) -> Floats:
    return np.full(len(inputs), np.nan)


_READ: Final[Mapping[str, Callable[[Condition, Inputs, Subjects], Reading]]] = {
    "value": _value,
    "answer": _answer,
    "unknown": _unknown,
    "pillar": _pillar,
    "evidence": _evidence,
    "flag": _flag,
    "type": _type,
    "tier": _tier,
    "brings_missing": _brings,
    "lacks_held": _lacks,
}
