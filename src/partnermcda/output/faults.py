"""What the system says when a file cannot be written or read, in words."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from partnermcda.errors import Finding, OutputError

_CODES: Final = {
    errno.ENOSPC: "output.full",
    errno.EDQUOT: "output.full",
    errno.EFBIG: "output.too_big",
    errno.EIO: "output.device",
    errno.EACCES: "output.denied",
    errno.EPERM: "output.denied",
    errno.EROFS: "output.read_only_disk",
    errno.ENOENT: "output.gone",
    errno.ENOTDIR: "output.folder_is_file",
    errno.EISDIR: "output.is_folder",
    errno.ENAMETOOLONG: "output.name_too_long",
    errno.EBUSY: "output.busy",
    errno.ETXTBSY: "output.busy",
    errno.EMFILE: "output.handles",
    errno.ENFILE: "output.handles",
}


def os_finding(error: OSError, path: Path) -> Finding:
    """Say in a finding why the system refused.

    Parameters
    ----------
    error : OSError
        What the system raised.
    path : Path
        The file a user would look at.

    Returns
    -------
    Finding

    Examples
    --------
    >>> os_finding(OSError(errno.ENOSPC, "x"), Path("a.csv")).problem()
    'the disk is full'
    """
    number = error.errno or 0
    reason = errno.errorcode.get(number, type(error).__name__)
    return Finding(_CODES.get(number, "output.system"), {"reason": reason}, file=str(path))


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Raise what the system refuses within as an `OutputError` about `path`.

    Parameters
    ----------
    path : Path
        The file a user would look at.

    Raises
    ------
    OutputError
        In place of any OSError.
    """
    try:
        yield
    except OSError as error:
        raise OutputError(os_finding(error, path)) from None
