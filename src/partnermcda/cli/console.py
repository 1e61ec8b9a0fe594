"""The terminal: where results and complaints are printed."""

import sys
from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

_PIPED_WIDTH: Final = 140
# Names come from files: control characters in them must not reach a terminal.
_UNSEEN: Final = (range(0x20), range(0x7F, 0xA0), range(0x202A, 0x202F), range(0x2066, 0x206A))
_CONTROL: Final = {code: "�" for codes in _UNSEEN for code in codes}


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


def cut(name: object, most: int) -> str:
    """Leave out the end of a name that is too long for a table; files have it in full.

    Parameters
    ----------
    name : object
        Anything.
    most : int
        Characters to keep.

    Returns
    -------
    str

    Examples
    --------
    >>> cut("Coopérative Eau", 8)
    'Coopéra…'
    """
    text = str(name)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def first_few(names: Sequence[str], most: int, by: str = ", ") -> str:
    """List the first few of some names, and say how many more there are.

    Parameters
    ----------
    names : sequence of str
    most : int
    by : str
        What stands between them.

    Returns
    -------
    str

    Examples
    --------
    >>> first_few(["Ada", "Bo", "Cy"], 2)
    'Ada, Bo (+1)'
    """
    more = f" (+{len(names) - most})" if len(names) > most else ""
    return by.join(names[:most]) + more


def grid(*headings: str, right: Sequence[int] = ()) -> Table:
    """Make an empty table without lines.

    Parameters
    ----------
    *headings : str
        What stands above the columns.
    right : sequence of int
        Columns whose cells stand to the right.

    Returns
    -------
    Table
    """
    table = Table(box=None, pad_edge=False, header_style="bold")
    for position, heading in enumerate(headings):
        table.add_column(heading, justify="right" if position in right else "left")
    return table
