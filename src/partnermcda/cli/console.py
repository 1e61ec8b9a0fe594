"""The terminal: where results and complaints are printed."""

import sys
from typing import Final

from rich.console import Console
from rich.text import Text

_PIPED_WIDTH: Final = 140
# Names come from files: control characters in them must not reach a terminal.
_CONTROL: Final = dict.fromkeys((*range(32), *range(127, 160), 8238, 8237), "�")


def terminal(*, error: bool = False) -> Console:
    """Open a console on standard output, or on standard error.

    Parameters
    ----------
    error : bool
        Whether to print to standard error.

    Returns
    -------
    Console
        Plain text only: what looks like markup in a name stays as it is.
    """
    stream = sys.stderr if error else sys.stdout
    width = None if stream.isatty() else _PIPED_WIDTH
    return Console(file=stream, width=width, markup=False, highlight=False, emoji=False)


def plain(value: object, style: str = "") -> Text:
    r"""Make a text of anything, free of control characters.

    Parameters
    ----------
    value : object
        Anything.
    style : str
        A style of rich.

    Returns
    -------
    Text

    Examples
    --------
    >>> plain("a\x1b[31mb").plain
    'a�[31mb'
    """
    return Text(str(value).translate(_CONTROL), style=style)
