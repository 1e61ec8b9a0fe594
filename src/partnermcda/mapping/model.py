"""What a mapping is made of: where each column of the inventory comes from."""

import re
from collections.abc import Mapping
from typing import Annotated, Final, Literal, Self, TypeAlias

from pydantic import BeforeValidator, Field, PrivateAttr, WithJsonSchema

from partnermcda.catalog.parts import Identifier, Part, Words

ColumnName = Annotated[str, Field(min_length=1, max_length=500)]
Code: TypeAlias = bool | float | str
"""A value as a register writes it."""


_QUOTIENT: Final = r"^(-?[0-9]{1,15}(?:\.[0-9]{1,15})?) ?/ ?([0-9]{1,15}(?:\.[0-9]{1,15})?)$"


def _quotient(value: object) -> object:
    """Read ``1/2.37`` as what it is, so that the reference stays legible in the file."""
    parts = re.match(_QUOTIENT, value) if isinstance(value, str) else None
    return float(parts[1]) / float(parts[2]) if parts and float(parts[2]) else value


Number = Annotated[
    float,
    BeforeValidator(_quotient),
    Field(allow_inf_nan=False),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": _QUOTIENT}]}),
]


class Keep(Part):
    """Rows that are candidates: those whose `column` holds one of `values`."""

    column: ColumnName
    values: Annotated[tuple[Code, ...], Field(min_length=1)]


class TextSource(Part):
    """Where an id, a name, a type, a city, a flag, a gate or an attribute comes from.

    One of `column`, `columns` and `value`; `recode` turns the register's words into ours, where
    ``null`` means that it is not known.
    """

    column: ColumnName | None = None
    columns: Annotated[tuple[ColumnName, ...], Field(min_length=2)] | None = None
    join: str = " "
    value: Code | None = None
    recode: Annotated[Mapping[str, Code | None], Field(min_length=1)] | None = None

    @property
    def reads(self) -> tuple[str, ...]:
        """Columns of the register it needs."""
        return self.columns or ((self.column,) if self.column else ())


class NumberSource(Part):
    """Where a number comes from: ``(column / per) * factor + offset``, a recode or a constant."""

    column: ColumnName | None = None
    per: ColumnName | None = None
    factor: Number = 1.0
    offset: Number = 0.0
    missing: tuple[Code, ...] = ()
    recode: Annotated[Mapping[str, float | str | None], Field(min_length=1)] | None = None
    limits: tuple[Number, Number] | None = None
    outside: Literal["clip", "missing", "fault"] = "fault"
    value: float | str | None = None

    @property
    def reads(self) -> tuple[str, ...]:
        """Columns of the register it needs."""
        return tuple(column for column in (self.column, self.per) if column)

    @property
    def computes(self) -> bool:
        """Whether the number is not simply the register's own."""
        return self.per is not None or self.factor != 1 or self.offset != 0


class CriterionSource(NumberSource):
    """Where a criterion's numbers come from, and why that is a fair reading."""

    why: Words


class Plan(Part):
    """Where every column of an inventory comes from."""

    decimal: Literal["point", "comma"] | None = None
    sheet: str | None = None
    keep: tuple[Keep, ...] = ()
    columns: Mapping[Identifier, TextSource] = {}
    criteria: Mapping[Identifier, NumberSource] = {}

    @property
    def reads(self) -> frozenset[str]:
        """Columns of the register that are used."""
        return frozenset(
            (
                *(keep.column for keep in self.keep),
                *(name for source in self.columns.values() for name in source.reads),
                *(name for source in self.criteria.values() for name in source.reads),
            )
        )


class RegisterMapping(Plan):
    """A mapping from a register to a catalog, as its file holds it."""

    format: Literal["partnermcda-mapping/1"]
    mapping: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,63}$")]
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    catalog: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,63}$")]
    title: Words
    source: Words
    columns: Mapping[Identifier, TextSource]
    criteria: Mapping[Identifier, CriterionSource]

    _sha256: str = PrivateAttr(default="")

    @property
    def sha256(self) -> str:
        """SHA-256 of the file; of its JSON for a mapping made in memory."""
        return self._sha256

    def read_from(self, sha256: str) -> Self:
        """Return the same mapping, with the hash of what it was read from."""
        mapping = self.model_copy()
        mapping._sha256 = sha256
        return mapping
