"""The options of levers, coalitions and maps; see :mod:`partnermcda.cli.options`."""

from collections.abc import Sequence
from typing import Annotated, Literal, TypeAlias

import typer

from partnermcda.errors import Finding, MethodError, capped, short

Needs = Annotated[
    str, typer.Option("--needs", "-n", help="cli.partnership.needs", metavar="cli.meta.name")
]
Levels = Annotated[
    list[str] | None,
    typer.Option("--need", help="cli.partnership.need", metavar="cli.meta.level"),
]
NeedsOrientation = Annotated[
    str | None,
    typer.Option(
        "--orientation", "-w", help="cli.partnership.orientation", metavar="cli.meta.name"
    ),
]
OnlyCity = Annotated[
    str | None, typer.Option("--city", help="cli.partnership.city", metavar="cli.meta.name")
]
By: TypeAlias = Annotated[Literal["city", "none"], typer.Option("--by", help="cli.partnership.by")]
MostLevers = Annotated[
    int,
    typer.Option("--most", min=1, help="cli.partnership.most_levers", metavar="cli.meta.number"),
]
MostPartners = Annotated[
    int,
    typer.Option("--most", min=0, help="cli.partnership.most_partners", metavar="cli.meta.number"),
]
Threshold = Annotated[
    float,
    typer.Option(
        "--threshold", min=0.01, max=1, help="cli.partnership.threshold", metavar="cli.meta.share"
    ),
]
Shown = Annotated[
    int, typer.Option("--top", min=1, help="cli.partnership.top", metavar="cli.meta.number")
]
LeversTable: TypeAlias = Annotated[
    Literal["levers", "sheets"] | None, typer.Option("--table", help="cli.partnership.table")
]
CoalitionTable: TypeAlias = Annotated[
    Literal["members", "needs", "cities"] | None,
    typer.Option("--table", help="cli.partnership.table"),
]
MapTable: TypeAlias = Annotated[
    Literal["actors", "layers", "edges"] | None,
    typer.Option("--table", help="cli.partnership.table"),
]
Size = Annotated[
    int, typer.Option("--size", min=1, help="cli.partnership.size", metavar="cli.meta.number")
]
Budget = Annotated[
    float | None,
    typer.Option("--budget", min=0, help="cli.partnership.budget", metavar="cli.meta.number"),
]
MustHave = Annotated[
    list[str] | None,
    typer.Option("--must-have", help="cli.partnership.must_have", metavar="cli.meta.id"),
]
MustNot = Annotated[
    list[str] | None,
    typer.Option("--must-not", help="cli.partnership.must_not", metavar="cli.meta.id"),
]
Incompatible = Annotated[
    list[str] | None,
    typer.Option("--incompatible", help="cli.partnership.incompatible", metavar="cli.meta.ids"),
]
Gates: TypeAlias = Annotated[
    Literal["exclude", "show"], typer.Option("--gates", help="cli.partnership.gates")
]
Districts = Annotated[
    list[str] | None,
    typer.Option("--district", help="cli.partnership.district", metavar="cli.meta.name"),
]
Counting = Annotated[
    list[str] | None,
    typer.Option("--counts", help="cli.partnership.counts", metavar="cli.meta.counting"),
]
Penalty = Annotated[
    float,
    typer.Option(
        "--penalty", min=0, max=1, help="cli.partnership.penalty", metavar="cli.meta.share"
    ),
]
Robust: TypeAlias = Annotated[
    Literal["worst", "nominal", "expected"], typer.Option("--robust", help="cli.partnership.robust")
]
States = Annotated[
    int,
    typer.Option(
        "--draws", min=1, max=10_000, help="cli.partnership.draws", metavar="cli.meta.number"
    ),
]
Plans = Annotated[
    int, typer.Option("--best", min=1, help="cli.partnership.best", metavar="cli.meta.number")
]
Enough = Annotated[
    float,
    typer.Option("--enough", min=0, max=1, help="cli.partnership.enough", metavar="cli.meta.share"),
]
TimeLimit = Annotated[
    float,
    typer.Option(
        "--time-limit", min=0.1, help="cli.partnership.time_limit", metavar="cli.meta.number"
    ),
]
Processes = Annotated[
    int | None,
    typer.Option("--processes", min=1, help="cli.partnership.processes", metavar="cli.meta.number"),
]


def as_pairs(option: str, given: Sequence[str] | None) -> tuple[tuple[str, str], ...]:
    """Read pairs of ids, as a user types them.

    Parameters
    ----------
    option : str
        The option, as typed.
    given : sequence of str or None
        Each two ids with an equals sign between.

    Returns
    -------
    tuple of pairs of str

    Raises
    ------
    MethodError
        With each that is no pair of two different ids.

    Examples
    --------
    >>> as_pairs("--incompatible", ["a=b"])
    (('a', 'b'),)
    """
    pairs = [tuple(part.strip() for part in text.split("=")) for text in given or ()]
    wrong = [t for t, p in zip(given or (), pairs, strict=True) if len(set(p) - {""}) != 2]
    if wrong:
        details = {"option": option}
        findings = (Finding("partnership.pair", details, value=short(text)) for text in wrong)
        raise MethodError(capped(findings))
    return tuple((pair[0], pair[1]) for pair in pairs)


def as_figures(option: str, given: Sequence[str] | None) -> dict[str, float]:
    """Read names with a figure each, as a user types them.

    Parameters
    ----------
    option : str
        The option, as typed.
    given : sequence of str or None
        Each a name, an equals sign and a number with a point or a comma.

    Returns
    -------
    dict of str to float

    Raises
    ------
    MethodError
        With each that is not so, or names what another names.

    Examples
    --------
    >>> as_figures("--need", ["funds=0,5", "platform=1"])
    {'funds': 0.5, 'platform': 1.0}
    """
    found: dict[str, float] = {}
    findings = []
    for text in given or ():
        name, _, figure = (part.strip() for part in text.partition("="))
        try:
            number = float(figure.replace(",", "."))
        except ValueError:
            findings.append(Finding("partnership.figure", {"option": option}, value=short(text)))
            continue
        if name in found:
            details = {"option": option, "name": short(name)}
            findings.append(Finding("partnership.twice", details, value=short(text)))
        found[name] = number
    if findings:
        raise MethodError(capped(findings))
    return found
