"""Make parts with the workers of a Dask cluster: of this machine, or of one that is running."""

import hashlib
import logging
import platform
import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache, partialmethod
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pyarrow as pa

from partnermcda.batch.parts import Part
from partnermcda.batch.working import Task, make_part
from partnermcda.batch.workshop import WORK, Done
from partnermcda.errors import Finding, MethodError, OutputError, short
from partnermcda.output.faults import told
from partnermcda.version import __version__

_PATIENCE: Final = 10
"""Seconds that a cluster has to answer."""
_TASK: Final = "task.bytes"
_KEPT_MEMORY: Final = {"distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": None}
"""Workers keep what they have freed: Dask has them give it back at once, and a block asks for the
same memory again as soon as the last is written. Clearing those pages was half of their time."""


@dataclass(frozen=True, slots=True)
class _Order:
    """What goes along with every part: where the task stands, which all workers read once."""

    path: Path
    """File of the task; it is there as long as the run goes on."""
    sha256: str
    """Hash of the file."""
    versions: str
    """What the run was begun with."""


def by_dask(
    task: Task,
    parts: Sequence[Part],
    heard: Callable[[int], None],
    *,
    scheduler: str | None,
    workers: int,
) -> Generator[Done]:
    """Make parts with the workers of a Dask cluster, which write them where this process sees them.

    Parameters
    ----------
    task : Task
        Its files, and the folder that is being filled, are seen by all workers by the same names.
    parts : sequence of Part
    heard : callable
        Told the number of rows of each part as it is done.
    scheduler : str, optional
        Address of the cluster, as ``"tcp://10.0.0.5:8786"``. Without it one is started on this
        machine, and closed at the end.
    workers : int
        Processes of the cluster on this machine, of one thread each.

    Yields
    ------
    Done
        Of each part as it is finished. A part whose worker is lost is made by another.

    Raises
    ------
    MethodError
        If Dask is not installed.
    OutputError
        If the cluster does not answer, has no workers, is lost, or its workers do not see the
        folder or have other versions than this process.
    PartnerMCDAError
        Whatever a worker raises of that kind.
    """
    if not parts:
        return
    rows = {part.index: part.rows for part in parts}
    with _room(task) as room, connected(scheduler, workers, room) as client:
        order = _order(task, room)
        _refuse_unfit(client, order)
        futures = client.map(_make, parts, order=order, pure=False)
        try:
            for done in _finished(client, futures):
                heard(rows[done.index])
                yield done
        finally:
            # Workers that cannot be told any more see that the file is gone, and stop.
            order.path.unlink(missing_ok=True)
            client.cancel(futures, force=True)


@contextmanager
def _room(task: Task) -> Iterator[Path]:
    """Make a folder for what the cluster leaves on the disk while it works."""
    with told(task.staging):
        room = TemporaryDirectory(
            prefix="dask-", dir=task.staging / WORK, ignore_cleanup_errors=True
        )
    with room as path:
        yield Path(path)


@contextmanager
def connected(scheduler: str | None, workers: int, folder: Path) -> Iterator[Any]:
    """Connect to a cluster that has workers, or start one.

    Parameters
    ----------
    scheduler : str, optional
        Its address.
    workers : int
        Processes of the cluster that is started without one.
    folder : Path
        Where that one puts what it needs on the disk.

    Yields
    ------
    distributed.Client

    Raises
    ------
    MethodError
        If Dask is not installed.
    OutputError
        If the cluster does not answer or has no workers.
    """
    distributed = _distributed()
    with ExitStack() as stack:
        if scheduler is None:
            scheduler = stack.enter_context(_local(workers, folder)).scheduler_address
        try:
            client = distributed.Client(scheduler, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError):
            raise OutputError(_about("silent", scheduler)) from None
        stack.enter_context(client)
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            raise OutputError(_about("idle", scheduler)) from None
        yield client


def _local(workers: int, folder: Path) -> Any:
    """Start a cluster on this machine."""
    distributed = _distributed()
    import dask

    # A worker has a second to stop: whatever it leaves unfinished does not count.
    close = partialmethod(distributed.Nanny.close, timeout=1)
    try:
        with dask.config.set(_KEPT_MEMORY):
            return distributed.LocalCluster(
                worker_class=type("Nanny", (distributed.Nanny,), {"close": close}),
                n_workers=workers,
                threads_per_worker=1,
                memory_limit=0,  # blocks bound what a worker needs; nothing waits in its memory
                dashboard_address="127.0.0.1:0",
                scheduler_kwargs={"dashboard": False},
                local_directory=str(folder),
                preload=[__name__],
                silence_logs=logging.CRITICAL,
            )
    except RuntimeError:
        raise OutputError(Finding("batch.dask_start", {"count": workers})) from None


def _distributed() -> Any:
    try:
        import distributed
    except ModuleNotFoundError:
        raise MethodError(Finding("batch.dask")) from None
    return distributed


def _about(what: str, scheduler: str) -> Finding:
    return Finding(f"batch.dask_{what}", {"address": scheduler, "seconds": _PATIENCE})


def _order(task: Task, room: Path) -> _Order:
    """Write the task down for the workers."""
    import cloudpickle

    # Methods are functions made by functions, which only cloudpickle takes.
    data = cloudpickle.dumps(task)
    path = room / _TASK
    path.write_bytes(data)
    return _Order(path, hashlib.sha256(data).hexdigest(), _versions())


def _versions() -> str:
    python = ".".join(platform.python_version_tuple()[:2])
    return f"partnermcda {__version__}, pyarrow {pa.__version__}, Python {python}"


def _refuse_unfit(client: Any, order: _Order) -> None:
    """Have all workers read the task, and refuse those that cannot."""
    try:
        client.run(_task, order)
    except ModuleNotFoundError as error:
        raise OutputError(Finding("batch.dask_module", {"reason": short(error)})) from None
    except OSError:
        raise OutputError(Finding("batch.dask_lost")) from None


def dask_setup(_: Any) -> None:
    """Prepare a worker of a cluster of ours; Dask calls it when one starts."""
    # Ctrl-C reaches all processes of a terminal; the one that began the run stops the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _make(part: Part, order: _Order) -> Done:
    """Make a part; on a worker."""
    done = make_part(_task(order), part, _unheard, lambda: not order.path.exists())
    pa.default_memory_pool().release_unused()
    return done


def _unheard(_: int) -> None:
    """Go on: whoever waits for the part is told when it is done."""


@lru_cache(maxsize=1)
def _task(order: _Order) -> Task:
    """Read the task; on a worker, once."""
    import cloudpickle

    host, own = platform.node(), _versions()
    if own != order.versions:
        details = {"host": host, "found": own, "needed": order.versions}
        raise OutputError(Finding("batch.dask_versions", details))
    folder = order.path.parents[2]
    try:
        data = order.path.read_bytes()
    except OSError:
        raise OutputError(Finding("batch.dask_folder", {"host": host}, file=str(folder))) from None
    # What is unpickled could run anything: only what this very run wrote.
    if hashlib.sha256(data).hexdigest() != order.sha256:
        raise OutputError(Finding("batch.dask_folder", {"host": host}, file=str(folder)))
    task: Task = cloudpickle.loads(data)
    return task


def _finished(client: Any, futures: Sequence[Any]) -> Iterator[Done]:
    """Wait for parts, and say in words what keeps one from being made."""
    distributed = _distributed()
    for future in distributed.as_completed(futures, loop=client.loop):
        try:
            yield future.result()
        except distributed.KilledWorker:
            raise OutputError(Finding("batch.dask_killed")) from None
        except distributed.CancelledError:
            raise OutputError(Finding("batch.dask_lost")) from None
