"""What findings in YAML files share: how a path is written, and how many are listed."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import Final, TypeAlias

from partnermcda.errors import Finding

Place: TypeAlias = tuple[str | int, ...]
"""Keys and positions from the root of a file to something in it."""

SHOWN: Final = 80
"""Characters of a value that are shown."""

_MOST: Final = 100


def path_text(place: Place) -> str:
    """Write a path as a reader looks for it.

    Parameters
    ----------
    place : tuple of str and int
        Keys and positions from the root.

    Returns
    -------
    str

    Examples
    --------
    >>> path_text(("pillars", 0, "criteria", 2, "low"))
    'pillars[0].criteria[2].low'
    """
    steps = (f"[{step}]" if isinstance(step, int) else f".{step[:SHOWN]}" for step in place)
    return "".join(steps).removeprefix(".")


def listed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Put findings in the order of the file, at most 100 of each kind.

    Parameters
    ----------
    findings : iterable of Finding

    Returns
    -------
    tuple of Finding
        The last one of a kind says how many more there are.
    """
    kept: list[Finding] = []
    for _, alike in groupby(sorted(findings, key=attrgetter("code")), key=attrgetter("code")):
        group = sorted(alike, key=_line)
        rest = len(group) - _MOST
        kept += [*group[: _MOST - 1], replace(group[_MOST - 1], more=rest)] if rest > 0 else group
    return tuple(sorted(kept, key=_line))


def _line(finding: Finding) -> int:
    return finding.line or 0
