"""The arguments and options that commands share.

Help texts here are keys of the message table; :mod:`partnermcda.cli.words` puts the sentences in.
"""

from typing import Annotated, Literal, TypeAlias

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
SchemaName = Annotated[
    Literal["catalog", "mapping", "result", "manifest"],
    typer.Argument(help="cli.schema_name", metavar="cli.meta.name"),
]
