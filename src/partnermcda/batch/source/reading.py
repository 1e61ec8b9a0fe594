"""Read row groups, and tell what is wrong with the file of one that cannot be read."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.types as kinds

from partnermcda.batch.source.footers import DAMAGE, MAGIC
from partnermcda.batch.source.model import Group, Source, SourceFile
from partnermcda.batch.source.places import Place, place_of
from partnermcda.errors import Finding, InventoryError, capped, short

_TEXTS: Final = (kinds.is_string, kinds.is_large_string, kinds.is_string_view)


class Reader:
    """Reads row groups of a source; a context manager, for one thread.

    It holds the file open that was read last, so groups are best read in their order.

    Parameters
    ----------
    source : Source
    use_threads : bool
        Whether pyarrow may decode columns side by side.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from partnermcda.batch.source import open_source
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "actors.parquet"
    ...     pq.write_table(pa.table({"id": ["a", "b"], "reach": [1, 2]}), file)
    ...     register = open_source(file)
    ...     with Reader(register) as reader:
    ...         reader.read(register.groups[0], ["reach"]).to_pydict()
    {'reach': [1, 2]}
    """

    def __init__(self, source: Source, *, use_threads: bool = False) -> None:
        self._source, self._use_threads = source, use_threads
        self._place = place_of(source.name)
        self._opened: _Opened | None = None

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *_: object) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def read(
        self, group: Group, columns: Sequence[str], dictionary: Collection[str] = ()
    ) -> pa.Table:
        """Read columns of a row group.

        Parameters
        ----------
        group : Group
            One of the source's.
        columns : sequence of str
            Names as in the source's schema; at least one.
        dictionary : collection of str
            Columns of text whose values are wanted as numbers of a dictionary, as
            ``dictionary<int32, string>``.

        Returns
        -------
        pyarrow.Table
            The columns in the order asked for.

        Raises
        ------
        InventoryError
            If the file is gone, is no longer what was opened, cannot be read, or is damaged.
        """
        hive = dict(self._source.files[group.file].hive)
        written = [name for name in columns if name not in hive]
        read = self._file(group, dictionary).read(group, written) if written else {}
        arrays = [
            _constant(hive[name], group.rows, coded=name in dictionary)
            if name in hive
            else read[name]
            for name in columns
        ]
        return pa.table(arrays, names=list(columns))

    def _file(self, group: Group, dictionary: Collection[str]) -> "_Opened":
        source = self._source
        coded = frozenset(
            written
            for name, written in source.written.items()
            if name in dictionary and _is_text(source.schema.field(name).type)
        )
        if self._opened is None or (self._opened.index, self._opened.coded) != (group.file, coded):
            self.__exit__()
            self._opened = _Opened(source, group.file, self._place, coded, self._use_threads)
        return self._opened


class _Opened:
    """A file that is what it was when its source was opened, as long as it is read."""

    def __init__(
        self, source: Source, index: int, place: Place, coded: frozenset[str], use_threads: bool
    ) -> None:
        self.index, self.coded = index, coded
        self._about, self._written = source.files[index], source.written
        self._place, self._use_threads = place, use_threads
        try:
            self._handle = place.open(self._about.path)
        except OSError as error:
            raise _unopened(self._about, error) from None
        self._stamp = place.stamp(self._handle)
        self._parquet = pq.ParquetFile(
            self._handle,
            metadata=pq.read_metadata(pa.BufferReader(MAGIC + self._same_end())),
            read_dictionary=sorted(coded),
            page_checksum_verification=True,
            memory_map=False,
            pre_buffer=place.remote,
        )

    def close(self) -> None:
        self._handle.close()

    def read(self, group: Group, columns: Sequence[str]) -> dict[str, pa.ChunkedArray]:
        try:
            read = self._columns(group, columns)
        except FileNotFoundError as error:
            raise _unopened(self._about, error) from None
        except DAMAGE as error:
            self._refuse_changed()
            raise InventoryError(self._damage(group, columns, error)) from None
        self._refuse_changed()
        faults = [fault for name in columns for fault in self._unsound(group, name, read[name])]
        if faults:
            raise InventoryError(capped(faults))
        return read

    def _columns(self, group: Group, columns: Iterable[str]) -> dict[str, pa.ChunkedArray]:
        written = {name: self._written[name] for name in columns}
        # A name that others begin with and a point brings them along: "a" brings "a.b".
        read = self._parquet.read_row_group(
            group.number, columns=list(written.values()), use_threads=self._use_threads
        )
        return {name: read.column(column) for name, column in written.items()}

    def _unsound(self, group: Group, name: str, column: pa.ChunkedArray) -> list[Finding]:
        """Compare a column with what the footer says of it."""
        if len(column) != group.rows:
            return [self._found("tables.parquet_group", group, name)]
        told = self._about.nulls[group.number].get(name, column.null_count)
        if told != column.null_count:
            counts = {"told": told, "count": column.null_count}
            return [self._found("batch.source.gaps", group, name, **counts)]
        return []

    def _damage(
        self, group: Group, columns: Sequence[str], error: BaseException
    ) -> tuple[Finding, ...]:
        """Find the columns that cannot be read; if each can, the trouble was a passing one."""
        faults = []
        for name in columns:
            try:
                self._columns(group, [name])
            except DAMAGE as own:
                faults.append(self._why(group, name, own))
        return capped(faults or [self._unread(group, "", error)])

    def _why(self, group: Group, name: str, error: BaseException) -> Finding:
        # pyarrow tells damage by the plainest of such errors, which no operating system numbered.
        plain = type(error) is OSError and error.errno is None
        if plain or (isinstance(error, pa.ArrowException) and not isinstance(error, MemoryError)):
            return self._found("tables.parquet_group", group, name)
        return self._unread(group, name, error)

    def _unread(self, group: Group, name: str, error: BaseException) -> Finding:
        return self._found("batch.source.group_unread", group, name, reason=short(error))

    def _found(self, code: str, group: Group, name: str, **details: object) -> Finding:
        numbers = {"group": group.number + 1, "groups": len(self._about.groups)}
        return Finding(code, {**numbers, **details}, file=self._about.name, column=short(name))

    def _refuse_changed(self) -> None:
        """Look again at the end of the file if it was written to since."""
        stamp = self._place.stamp(self._handle)
        if stamp != self._stamp:
            self._stamp = stamp
            self._same_end()

    def _same_end(self) -> bytes:
        """Read the footer, and refuse another than the one its source was opened with."""
        try:
            end = _end(self._handle, self._stamp[0], self._about)
        except OSError as error:
            self.close()
            raise _unopened(self._about, error) from None
        if hashlib.sha256(end).hexdigest() != self._about.footer_sha256:
            self.close()
            raise InventoryError(Finding("batch.source.changed", file=self._about.name))
        return end


def _end(handle: pa.NativeFile, size: int, file: SourceFile) -> bytes:
    """Read the end of a file that has the right size; nothing of any other."""
    if size != file.size:
        return b""
    handle.seek(size - file.footer_size)
    end: bytes = handle.read(file.footer_size)
    return end


def _unopened(file: SourceFile, error: OSError) -> InventoryError:
    missing = isinstance(error, FileNotFoundError | NotADirectoryError)
    code = "batch.source.vanished" if missing else "tables.unreadable"
    return InventoryError(Finding(code, file=file.name))


def _is_text(kind: pa.DataType) -> bool:
    return any(is_kind(kind) for is_kind in _TEXTS)


def _constant(value: str | None, count: int, *, coded: bool) -> pa.Array:
    if not coded:
        return pa.repeat(pa.scalar(value, pa.string()), count)
    codes = pa.repeat(pa.scalar(None if value is None else 0, pa.int32()), count)
    return pa.DictionaryArray.from_arrays(codes, pa.array([value or ""], pa.string()))
