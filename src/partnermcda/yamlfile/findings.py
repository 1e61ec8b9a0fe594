"""What findings in YAML files share: how a path is written, and how many are listed."""

from collections.abc import Iterable
from typing import TypeAlias

from partnermcda.errors import Finding, capped, short

Place: TypeAlias = tuple[str | int, ...]
"""Keys and positions from the root of a file to something in it."""


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
    steps = (f"[{step}]" if isinstance(step, int) else f".{short(step)}" for step in place)
    return "".join(steps).removeprefix(".")


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Put findings in the order of the file, at most 100 of each kind.

    Parameters
    ----------
    findings : iterable of Finding

    Returns
    -------
    tuple of Finding
        The last one of a kind says how many more there are.
    """
    by_kind = sorted(findings, key=lambda finding: (finding.code, _line(finding)))
    return tuple(sorted(capped(by_kind), key=_line))


def _line(finding: Finding) -> int:
    return finding.line or 0
