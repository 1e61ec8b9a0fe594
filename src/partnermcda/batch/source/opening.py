"""Open a register: everything that can be known without reading its rows, and all its faults."""

from collections.abc import Callable, Iterable, Sequence
from os import PathLike, fsdecode
from typing import Any, Final

import pyarrow as pa

from partnermcda.batch.source.footers import Footer, read_footers
from partnermcda.batch.source.layout import Layout, laid_out
from partnermcda.batch.source.model import Group, Source, SourceFile
from partnermcda.batch.source.places import Found, place_of
from partnermcda.errors import Finding, InventoryError, capped, short
from partnermcda.tables.frames import check_names, refuse_types
from partnermcda.tables.parquet import INDEX, differences
from partnermcda.tables.reading import told_of
from partnermcda.tables.table import fault

_LARGE: Final = 1 << 21


def open_source(source: str | PathLike[str]) -> Source:
    """Open a register in Parquet; its rows are not read, only the ends of its files.

    Parameters
    ----------
    source : str or path
        A Parquet file; a folder of Parquet files, read in the order of their names; or a folder of
        folders ``key=value`` of any depth, whose keys become columns of text. Names that begin
        with ``.`` or ``_`` are passed over. An address such as ``s3://bucket/folder`` is read
        through fsspec, which knows the way in from its own settings; a name with a password in it
        would stand in every message. Folders above the source are no keys.

    Returns
    -------
    Source
        The first row of the first file is row 1; the count goes on from file to file.

    Raises
    ------
    InventoryError
        If files are damaged or do not fit together; all that the ends of the files show is told.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> import pyarrow.parquet as pq
    >>> with TemporaryDirectory() as folder:
    ...     pq.write_to_dataset(pa.table({"id": ["a", "b"], "city": ["Thiès", "Dakar"]}),
    ...                         folder, partition_cols=["city"])
    ...     register = open_source(folder)
    >>> register.schema.names, [file.hive for file in register.files]
    (['id', 'city'], [(('city', 'Dakar'),), (('city', 'Thiès'),)])
    """
    name = fsdecode(source)
    with told_of(name):
        place = place_of(name)
        layout = laid_out(place.found())
        read = read_footers(place, layout.files)
        footers = [footer for footer in read if isinstance(footer, Footer)]
        if len(footers) < len(read):
            raise InventoryError(capped(found for found in read if isinstance(found, Finding)))
        _refuse_faults(layout, footers)
        if not any(sum(footer.groups) for footer in footers):
            raise fault("tables.no_rows")
        return _source(name, layout, footers)


def _source(name: str, layout: Layout, footers: Sequence[Footer]) -> Source:
    kept = [column for column in footers[0].schema if not column.name.startswith(INDEX)]
    notes = [note.at(name) for note in layout.notes]
    if len(kept) < len(footers[0].schema):
        notes.append(Finding("tables.index_dropped", file=name))
    columns = [(column.name.strip(), column.type) for column in kept]
    columns += [(key, pa.string()) for key, _ in layout.hive[0]]
    groups = _groups(footers)
    notes += _large(layout.files, groups)
    return Source(
        name,
        tuple(map(_file, layout.files, layout.hive, footers)),
        pa.schema(columns),
        {column.name.strip(): column.name for column in kept},
        groups,
        sum(group.rows for group in groups),
        tuple(notes),
    )


def _file(found: Found, hive: Any, footer: Footer) -> SourceFile:
    return SourceFile(
        found.path,
        found.name,
        "/".join(found.parts),
        found.size or 0,
        found.modified,
        footer.size,
        footer.sha256,
        hive,
        footer.groups,
        footer.nulls,
    )


def _groups(footers: Iterable[Footer]) -> tuple[Group, ...]:
    groups: list[Group] = []
    first = 1
    for file, footer in enumerate(footers):
        for number, rows in enumerate(footer.groups):
            if rows:
                groups.append(Group(len(groups), file, number, rows, first))
                first += rows
    return tuple(groups)


def _large(files: Sequence[Found], groups: Iterable[Group]) -> list[Finding]:
    largest = max(groups, key=lambda group: group.rows)
    if largest.rows <= _LARGE:
        return []
    details = {"group": largest.number + 1, "rows": largest.rows}
    return [Finding("batch.source.group_large", details, file=files[largest.file].name)]


def _refuse_faults(layout: Layout, footers: Sequence[Footer]) -> None:
    """Tell what is wrong with the columns, of all files at once."""
    faults: list[Finding] = []
    first = footers[0].schema
    for file, hive, footer in zip(layout.files, layout.hive, footers, strict=True):
        schema = footer.schema
        keys = [key for key, _ in hive]
        if file is not layout.files[0] and schema.equals(first):
            continue
        names = [column.strip() for column in schema.names]
        faults += _twice(file, names, keys)
        faults += _told(check_names, names, file)
        faults += _told(refuse_types, schema, file)
        faults += differences(file.name, schema, short("/".join(layout.files[0].parts)), first)
    if faults:
        raise InventoryError(capped(faults))


def _told(check: Callable[[Any], None], checked: Any, file: Found) -> list[Finding]:
    try:
        check(checked)
    except InventoryError as error:
        return [found.at(file.name) for found in error.findings]
    return []


def _twice(file: Found, names: Sequence[str], keys: Sequence[str]) -> list[Finding]:
    return [
        Finding("batch.source.hive_column", {"name": short(key)}, file=file.name, column=short(key))
        for key in keys
        if key in names
    ]
