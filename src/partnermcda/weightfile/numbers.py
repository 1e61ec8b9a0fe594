"""Numbers of a column as people write them: ``0.25``, ``0,25``, ``25 %``."""

import math
import re
from collections.abc import Sequence
from numbers import Real
from typing import Any, Final

_SPACES: Final = re.compile(r"\s")
_NUMBER: Final = re.compile(r"[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][+-]?\d{1,4})?%?")
# One and so many thousandths, or one thousand and so many.
_DOUBTFUL: Final = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}%?")


def read_numbers(cells: Sequence[Any]) -> list[float | str]:
    """Read the numbers of a column.

    Parameters
    ----------
    cells : sequence of object
        Texts or numbers.

    Returns
    -------
    list of float or str
        For each cell its number, or the code of what is wrong with it. What can be read in two
        ways is read as the other cells of the column are, and is a fault where these do not tell.

    Examples
    --------
    >>> read_numbers(["0,5", 2, "12", "1,250"])
    [0.5, 2.0, 12.0, 1.25]
    >>> read_numbers(["1,250", "many"])
    ['weightfile.doubtful', 'weightfile.text']
    """
    texts = [_plain(cell) if isinstance(cell, str) else None for cell in cells]
    written = [text for text in texts if text and _NUMBER.fullmatch(text)]
    signs = {
        sign for text in written for sign in ".," if sign in text and not _DOUBTFUL.fullmatch(text)
    }
    read = [
        _cell(cell) if text is None else _text(text, signs)
        for cell, text in zip(cells, texts, strict=True)
    ]
    shares = [text is not None and text.endswith("%") for text in texts]
    if any(shares):
        # Where some are in percent, a plain 25 may be 25 % or 2500 %.
        read = [
            "weightfile.percent"
            if not share and isinstance(number, float) and number > 1
            else number
            for share, number in zip(shares, read, strict=True)
        ]
    return read


def _plain(text: str) -> str:
    return _SPACES.sub("", text).replace("−", "-")


def _cell(cell: object) -> float | str:
    if isinstance(cell, bool) or not isinstance(cell, Real):
        return "weightfile.text"
    number = float(cell)
    return number if math.isfinite(number) else "weightfile.infinite"


def _text(text: str, signs: set[str]) -> float | str:
    if not _NUMBER.fullmatch(text):
        return "weightfile.text"
    if _DOUBTFUL.fullmatch(text):
        if len(signs) != 1:
            return "weightfile.doubtful"
        text = text if signs & set(text) else text.replace(".", "").replace(",", "")
    number = float(text.rstrip("%").replace(",", "."))
    if not math.isfinite(number):
        return "weightfile.infinite"
    return number / 100 if text.endswith("%") else number
