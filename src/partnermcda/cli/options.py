"""The arguments and options that commands share.

Help texts here are keys of the message table; :mod:`partnermcda.cli.words` puts the sentences in.
"""

import re
from typing import Annotated, Final, Literal, TypeAlias

import typer

Lang = Annotated[
    Literal["en", "fr"],
    typer.Option("--lang", envvar="PARTNERMCDA_LANG", help="cli.lang", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="cli.json")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="cli.quiet")]

Inventory = Annotated[str, typer.Argument(help="cli.inventory", metavar="cli.meta.inventory")]
CatalogName = Annotated[
    str, typer.Option("--catalog", "-c", help="cli.catalog", metavar="cli.meta.catalog")
]
MappingFile = Annotated[
    str | None, typer.Option("--mapping", "-m", help="cli.mapping", metavar="cli.meta.file")
]
Sheet = Annotated[str | None, typer.Option("--sheet", help="cli.sheet", metavar="cli.meta.name")]
Decimal = Annotated[Literal["point", "comma"] | None, typer.Option("--decimal", help="cli.decimal")]
Orientation = Annotated[
    str, typer.Option("--orientation", "-w", help="cli.orientation", metavar="cli.meta.name")
]
WeightsFile = Annotated[
    str | None, typer.Option("--weights", help="cli.weights_file", metavar="cli.meta.file")
]
Output = Annotated[
    str | None, typer.Option("--output", "-o", help="cli.output", metavar="cli.meta.file")
]
Top = Annotated[int, typer.Option("--top", min=1, help="cli.top", metavar="cli.meta.number")]
By: TypeAlias = Annotated[Literal["city", "none"], typer.Option("--by", help="cli.by")]
Unknown: TypeAlias = Annotated[
    Literal["interval", "prior", "refuse"], typer.Option("--unknown", help="cli.unknown")
]
MethodName = Annotated[
    Literal[
        "topsis",
        "topsis_observed",
        "weighted_sum",
        "weighted_product",
        "vikor",
        "promethee_ii",
        "marcos",
        "copras",
        "waspas",
        "edas",
        "aras",
        "moora",
    ],
    typer.Option("--method", help="cli.method"),
]
SetAside = Annotated[
    str, typer.Option("--set-aside", help="cli.set_aside", metavar="cli.meta.set_aside")
]
Roles = Annotated[
    list[str] | None,
    typer.Option("--rank-role", help="cli.rank_role", metavar="cli.meta.name"),
]
Gates: TypeAlias = Annotated[Literal["show", "exclude"], typer.Option("--gates", help="cli.gates")]
MinEvidence = Annotated[
    float,
    typer.Option("--min-evidence", min=0, max=1, help="cli.min_evidence", metavar="cli.meta.share"),
]
AcceptInconsistent = Annotated[
    bool, typer.Option("--accept-inconsistent", help="cli.accept_inconsistent")
]
CatalogArgument = Annotated[str, typer.Argument(help="cli.catalog", metavar="cli.meta.catalog")]
CatalogFile = Annotated[str, typer.Argument(help="cli.catalog_file", metavar="cli.meta.file")]
ManifestFile = Annotated[str, typer.Argument(help="cli.manifest", metavar="cli.meta.file")]
JudgementsFile = Annotated[
    str, typer.Argument(help="cli.judgements", metavar="cli.meta.judgements")
]
WeightsCatalog = Annotated[
    str, typer.Option("--catalog", "-c", help="cli.weights_catalog", metavar="cli.meta.catalog")
]
RestOrientation = Annotated[
    str | None, typer.Option("--orientation", "-w", help="cli.rest", metavar="cli.meta.name")
]
Negative: TypeAlias = Annotated[
    Literal["first", "second"] | None, typer.Option("--negative", help="cli.negative")
]
Priorities: TypeAlias = Annotated[
    Literal["eigenvector", "geometric_mean", "column_mean"],
    typer.Option("--method", help="cli.priorities"),
]
Missing: TypeAlias = Annotated[
    Literal["least_squares", "harker", "optimal"], typer.Option("--missing", help="cli.missing")
]
Pooling: TypeAlias = Annotated[
    Literal["aij", "aip_geometric", "aip_arithmetic"],
    typer.Option("--pooling", help="cli.pooling"),
]
JudgeWeights = Annotated[
    list[str] | None,
    typer.Option("--judge-weight", help="cli.judge_weight", metavar="cli.meta.judge_weight"),
]
MaxRatio = Annotated[
    float | None, typer.Option("--max-cr", min=0, help="cli.max_cr", metavar="cli.meta.ratio")
]
RandomIndex = Annotated[
    str, typer.Option("--random-index", help="cli.random_index", metavar="cli.meta.index")
]
Beyond: TypeAlias = Annotated[
    Literal["refuse", "simulate"], typer.Option("--beyond", help="cli.beyond")
]
WeightsOutput = Annotated[
    str | None, typer.Option("--output", "-o", help="cli.weights_output", metavar="cli.meta.file")
]
Draws = Annotated[
    int, typer.Option("--draws", min=1, max=1_000_000, help="cli.draws", metavar="cli.meta.number")
]
Seed = Annotated[int, typer.Option("--seed", min=0, help="cli.seed", metavar="cli.meta.number")]
Spread: TypeAlias = Annotated[
    Literal["around", "uniform"], typer.Option("--spread", help="cli.spread")
]
Concentration = Annotated[
    float | None,
    typer.Option(
        "--concentration", min=0.1, max=1e9, help="cli.concentration", metavar="cli.meta.number"
    ),
]
Best = Annotated[int, typer.Option("--top", min=1, help="cli.best", metavar="cli.meta.number")]
City = Annotated[str | None, typer.Option("--city", help="cli.city", metavar="cli.meta.name")]
Table: TypeAlias = Annotated[
    Literal["actors", "weights", "survey"] | None, typer.Option("--table", help="cli.table")
]

_POWERS: Final = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}
_SIZE: Final = re.compile(
    r"(\d{1,9}(?:[.,]\d{1,9})?)\s*([kmgt]?)(i?)[bo]", re.ASCII | re.IGNORECASE
)


def as_bytes(text: str) -> int:
    """Read a size of memory as a user types it.

    Parameters
    ----------
    text : str
        A number and its unit: B, kB, MB, GB, TB, powers of 1000, with an i in between of 1024;
        French octets are welcome.

    Returns
    -------
    int

    Raises
    ------
    typer.BadParameter
        If it is anything else.

    Examples
    --------
    >>> as_bytes("1GB"), as_bytes("256 MiB"), as_bytes("1,5 Go")
    (1000000000, 268435456, 1500000000)
    """
    found = _SIZE.fullmatch(text.strip())
    if found is None:
        raise typer.BadParameter(text)
    figure, power, binary = found.groups()
    unit = (1024 if binary else 1000) ** _POWERS[power.lower()]
    return int(float(figure.replace(",", ".")) * unit)


def _checked_bytes(text: str) -> str:
    as_bytes(text)
    return text


Register = Annotated[str, typer.Argument(help="cli.register", metavar="cli.meta.register")]
ResultFolder = Annotated[str, typer.Argument(help="cli.result_folder", metavar="cli.meta.folder")]
TopWritten = Annotated[
    int | None, typer.Option("--top", min=1, help="cli.top_written", metavar="cli.meta.number")
]
MaxFaults = Annotated[
    int, typer.Option("--max-faults", min=0, help="cli.max_faults", metavar="cli.meta.number")
]
Memory = Annotated[
    str,
    typer.Option("--memory", callback=_checked_bytes, help="cli.memory", metavar="cli.meta.memory"),
]
Threads = Annotated[
    int, typer.Option("--threads", min=1, help="cli.threads", metavar="cli.meta.number")
]
Engine: TypeAlias = Annotated[
    Literal["threads", "dask"], typer.Option("--engine", help="cli.engine")
]
Scheduler = Annotated[
    str | None, typer.Option("--scheduler", help="cli.scheduler", metavar="cli.meta.address")
]
Workers = Annotated[
    int, typer.Option("--workers", min=1, help="cli.workers", metavar="cli.meta.number")
]
Restart = Annotated[bool, typer.Option("--restart", help="cli.restart")]
JsonProgress = Annotated[bool, typer.Option("--json-progress", help="cli.json_progress")]


def asked_orientation(context: typer.Context, orientation: str, weights: str | None) -> str:
    """Pass over the default where there is a file of weights, and only the default.

    Parameters
    ----------
    context : typer.Context
        Knows what was typed.
    orientation : str
        Typed, or the default.
    weights : str or None
        File of weights.

    Returns
    -------
    str
        Empty where the file counts.
    """
    source = context.get_parameter_source("orientation")
    defaulted = source is not None and source.name == "DEFAULT"
    return "" if weights is not None and defaulted else orientation
