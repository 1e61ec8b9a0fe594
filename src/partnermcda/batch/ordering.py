"""Sort record batches beyond memory: DuckDB sorts within a limit, Arrow goes in and comes out."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import pyarrow as pa

from partnermcda.batch.carrying import Carrier
from partnermcda.errors import Finding, MethodError, OutputError, PartnerMCDAError

ROWS: Final = 1 << 14
"""Most rows of a batch that comes out: what is under way counts against no limit."""

_ROOM_OF_A_THREAD: Final = 192 << 20
"""Bytes from which a further thread pays: at the end each holds a page of every sorted run."""
_ENOUGH: Final = 256 << 20
_MIB: Final = 1 << 20
_BLINK: Final = 0.1
Answer = TypeVar("Answer")


def in_order(
    batches: Iterator[pa.RecordBatch],
    schema: pa.Schema,
    keys: Sequence[str],
    folder: Path,
    *,
    memory: int,
    threads: int,
) -> Iterator[pa.RecordBatch]:
    """Sort rows that need not fit into memory.

    Parameters
    ----------
    batches : iterator of RecordBatch
        Rows, read as they are needed, in a thread of their own.
    schema : Schema
        Of every batch; columns of dictionaries come out plain.
    keys : sequence of str
        What to sort by: whole numbers, finite numbers or texts, without nulls. Texts are in the
        order of their bytes. Rows that are equal in all keys come in any order.
    folder : Path
        Where sorted runs are put down meanwhile; it exists.
    memory : int
        Bytes DuckDB may use. The process takes about 250 MB more.
    threads : int
        Most threads; fewer where memory is short.

    Yields
    ------
    RecordBatch
        The same rows with the same values, sorted.

    Raises
    ------
    MethodError
        If DuckDB is not installed, or the memory is too little.
    OutputError
        If the disk is full, the system refuses, or rows were lost.

    Notes
    -----
    What `batches` raises comes out as it is. Ctrl-C stops within a second.
    """
    carrier, incoming = Carrier.of(schema), _Incoming(batches)
    order = ", ".join(carrier.name(key) for key in keys)
    rows = 0
    with _database(folder, memory, threads) as database, _Aside(database) as aside:

        def asked(question: Callable[[], Answer]) -> Callable[[], Answer]:
            answer = aside.begin(question)
            return lambda: _answered(answer, incoming, folder, memory)

        def opened() -> pa.RecordBatchReader:
            carried = (carrier.carried(batch) for batch in incoming)
            stream = pa.RecordBatchReader.from_batches(carrier.schema, carried)
            database.register("incoming", stream)
            # Through execute() the whole result would be held.
            return database.sql(f"SELECT * FROM incoming ORDER BY {order}").to_arrow_reader(ROWS)  # noqa: S608

        reader = asked(opened)()
        following = asked(lambda: next(reader, None))
        while (batch := following()) is not None:
            following = asked(lambda: next(reader, None))
            rows += len(batch)
            yield carrier.restored(batch)
    if rows != incoming.rows:
        details = {"read": incoming.rows, "sorted": rows}
        raise OutputError(Finding("batch.sort.lost", details, file=str(folder)))


class _Incoming:
    """Counts what comes in, and keeps what was raised meanwhile: DuckDB makes a text of it."""

    def __init__(self, batches: Iterator[pa.RecordBatch]) -> None:
        self._batches = batches
        self.rows = 0
        self.raised: BaseException | None = None

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        try:
            for batch in self._batches:
                self.rows += len(batch)
                yield batch
        except GeneratorExit:  # nobody asks any more
            raise
        except BaseException as error:
            self.raised = error
            raise


class _Aside:
    """A thread in which DuckDB works: itself it would hear of Ctrl-C when it is done."""

    def __init__(self, database: Any) -> None:
        self._database = database
        self._thread = ThreadPoolExecutor(1, "sorting")
        self._last: Future[Any] | None = None

    def __enter__(self) -> "_Aside":
        return self

    def begin(self, question: Callable[[], Answer]) -> "Future[Answer]":
        answer = self._thread.submit(question)
        self._last = answer
        return answer

    def __exit__(self, *_: object) -> None:
        try:
            # An interruption that comes before the query has begun goes unheard.
            while self._last is not None and not self._last.done():
                self._database.interrupt()
                wait([self._last], _BLINK)
        finally:  # a second Ctrl-C
            self._thread.shutdown()


@contextmanager
def _database(folder: Path, memory: int, threads: int) -> Iterator[Any]:
    """Open a database in memory that touches nothing but its folder."""
    duckdb = _duckdb()
    config = {
        "memory_limit": f"{memory}B",
        "threads": max(1, min(threads, memory // _ROOM_OF_A_THREAD)),
        "temp_directory": str(folder),
        "preserve_insertion_order": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "python_enable_replacements": False,
    }
    try:
        database = duckdb.connect(":memory:", config=config)
    except duckdb.Error as error:
        raise _in_words(error, folder, memory) from None
    try:
        database.execute("SET enable_external_access = false")
        yield database
    finally:
        database.close()


def _duckdb() -> Any:
    try:
        import duckdb
    except ModuleNotFoundError:
        raise MethodError(Finding("batch.sort.duckdb")) from None
    return duckdb


def _answered(answer: "Future[Answer]", incoming: _Incoming, folder: Path, memory: int) -> Answer:
    # Waiting without an end cannot be interrupted on every system.
    while not wait([answer], _BLINK).done:
        pass
    error = answer.exception()
    if error is None:
        return answer.result()
    if incoming.raised is not None:
        raise incoming.raised
    if isinstance(error, (_duckdb().Error, pa.ArrowException, OSError)):
        raise _in_words(error, folder, memory) from None
    raise error


def _in_words(error: BaseException, folder: Path, memory: int) -> PartnerMCDAError:
    """Tell what DuckDB ran into; through Arrow its own kinds of errors become texts."""
    text = str(error)
    if "No space left" in text or "max_temp_directory_size" in text:
        return OutputError(Finding("output.full", file=str(folder)))
    if "File too large" in text:
        return OutputError(Finding("output.too_big", file=str(folder)))
    if "Out of Memory" in text:
        enough = max(2 * memory, _ENOUGH)
        details = {"memory": memory // _MIB, "enough": -(-enough // _MIB)}
        return MethodError(Finding("batch.sort.memory", details))
    reason = text.split("\n", 1)[0]
    return OutputError(Finding("output.system", {"reason": reason}, file=str(folder)))
