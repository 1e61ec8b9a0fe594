"""Parquet: one file, or a folder of files of one schema."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from partnermcda.errors import Finding, InventoryError, capped, short
from partnermcda.tables.frames import check_names, refuse_types, to_frame
from partnermcda.tables.table import Table, fault, row_numbers

INDEX: Final = "__index_level_"
"""How the columns begin in which pandas keeps an index."""


def read_parquet(path: Path) -> Table:
    """Read a Parquet file, or all Parquet files of a folder in the order of their names.

    Parameters
    ----------
    path : Path
        The file or the folder.

    Returns
    -------
    Table
        The first row of the first file is row 1; the count goes on from file to file.

    Raises
    ------
    InventoryError
        If a file is damaged, the files differ, or a column is of no use here.
    """
    files, notes = _files(path)
    schemas = [_schema(file) for file in files]
    faults = [
        fault
        for file, schema in zip(files[1:], schemas[1:], strict=True)
        for fault in differences(str(file), schema, files[0].name, schemas[0])
    ]
    if faults:
        raise InventoryError(capped(faults))
    check_names([name.strip() for name in schemas[0].names])
    refuse_types(schemas[0])
    names = [name for name in schemas[0].names if not name.startswith(INDEX)]
    if len(names) < len(schemas[0].names):
        notes.append(Finding("tables.index_dropped"))
    frame = to_frame(_read(files, names))
    if not len(frame):
        raise fault("tables.no_rows")
    frame.columns = frame.columns.str.strip()
    frame.index = row_numbers(len(frame))
    return Table(frame, "", "", "typed", notes=tuple(notes))


def _files(path: Path) -> tuple[list[Path], list[Finding]]:
    if not path.is_dir():
        return [path], []
    inside = [child for child in sorted(path.iterdir()) if not child.name.startswith((".", "_"))]
    files = [child for child in inside if child.suffix == ".parquet" and child.is_file()]
    if any(child.is_dir() and any(child.glob("*.parquet")) for child in inside):
        raise fault("tables.folder_deep")
    if not files:
        raise fault("tables.folder_empty")
    others = [child.name for child in inside if child not in files]
    notes = [Finding("tables.others_left", {"names": short(", ".join(others))})] if others else []
    return files, notes


def _open(file: Path) -> pq.ParquetFile:
    return pq.ParquetFile(file, page_checksum_verification=True)


def _schema(file: Path) -> pa.Schema:
    try:
        with _open(file) as opened:
            return opened.schema_arrow.remove_metadata()
    except (pa.ArrowException, OSError) as error:
        raise _damaged(file, error) from None


def _damaged(file: Path, error: Exception) -> InventoryError:
    if isinstance(error, PermissionError):
        return InventoryError(Finding("tables.unreadable", file=str(file)))
    return InventoryError(Finding("tables.parquet_damaged", file=str(file)))


def differences(file: str, schema: pa.Schema, first: str, expected: pa.Schema) -> list[Finding]:
    """Say how a file's columns differ from those of the first file; their order may.

    Parameters
    ----------
    file : str
        The file as the user knows it.
    schema : pyarrow.Schema
        Its columns.
    first : str
        The first file.
    expected : pyarrow.Schema
        Its columns.

    Returns
    -------
    list of Finding
    """
    ours, theirs = _types(schema), _types(expected)
    details = {"first": first}
    return [
        Finding(
            "tables.parquet_schema",
            {**details, "found": ours.get(name, "–"), "expected": theirs.get(name, "–")},
            file=file,
            column=short(name),
        )
        for name in {**theirs, **ours}
        if ours.get(name) != theirs.get(name)
    ]


def _types(schema: pa.Schema) -> dict[str, str]:
    return {column.name: str(column.type) for column in schema}


def _read(files: Sequence[Path], names: list[str]) -> pa.Table:
    return pa.concat_tables([_columns(file, names) for file in files])


def _columns(file: Path, names: list[str]) -> pa.Table:
    with _open(file) as opened:
        try:
            # By name and values only: that a column may have no gaps is no part of its type.
            return pa.table(opened.read().select(names).columns, names=names)
        except (pa.ArrowException, OSError):
            raise InventoryError(capped(_broken_groups(file, opened, names))) from None


def _broken_groups(file: Path, opened: pq.ParquetFile, names: list[str]) -> list[Finding]:
    broken = []
    for group in range(opened.num_row_groups):
        for name in names:
            try:
                opened.read_row_group(group, [name])
            except (pa.ArrowException, OSError):
                broken.append(
                    Finding(
                        "tables.parquet_group",
                        {"group": group + 1, "groups": opened.num_row_groups},
                        file=str(file),
                        column=short(name),
                    )
                )
    return broken or [Finding("tables.parquet_damaged", file=str(file))]
