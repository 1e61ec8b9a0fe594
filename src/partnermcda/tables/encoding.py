"""In which encoding a text file was saved."""

import codecs
import re
from typing import Final

from partnermcda.errors import Finding, InventoryError

_BLOCK: Final = 1 << 24
_SAMPLE: Final = 1 << 16
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SEQUENCE: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_LINE_END: Final = re.compile(rb"\r\n|\r|\n")


def to_utf8(data: bytes) -> tuple[bytes, str]:
    """Recognize the encoding of a text and bring it to UTF-8 without a mark.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    (bytes, str)
        The text in UTF-8, and the encoding it was in.

    Raises
    ------
    InventoryError
        If the bytes are no text, or text of two encodings.

    Examples
    --------
    >>> text, encoding = to_utf8("café".encode("cp1252"))
    >>> text.decode(), encoding
    ('café', 'windows-1252')
    """
    mark, encoding = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", ""))
    body = data[len(mark) :] if mark else data
    text, encoding = _decode(body, encoding or _unmarked(body))
    if b"\0" in text:
        raise InventoryError(Finding("tables.nul", row=row_at(text, text.index(b"\0"))))
    return text, encoding


def row_at(text: bytes, offset: int) -> int:
    """Find the row a byte stands in; line ends inside quotes start no row."""
    outside = text[:offset].split(b'"')[::2]
    return 1 + sum(len(_LINE_END.findall(part)) for part in outside)


def _unmarked(body: bytes) -> str:
    wide = _wide(body[:_SAMPLE])
    if wide:
        return wide
    return "utf-8" if _is_utf8(body) else "windows-1252"


def _wide(sample: bytes) -> str:
    """Tell UTF-16 by the zero bytes of its separators, digits and Latin letters."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 8 < len(sample):
        return ""
    if odd > 10 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 10 * odd else ""


def _is_utf8(body: bytes) -> bool:
    # In blocks: one str of the whole would take up to four times the file.
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(body)
    try:
        for start in range(0, len(view), _BLOCK):
            decoder.decode(view[start : start + _BLOCK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _decode(body: bytes, encoding: str) -> tuple[bytes, str]:
    if encoding == "windows-1252" and _is_damaged_utf8(body):
        raise _undecodable("tables.encoding_mixed", body, "utf-8")
    if encoding in {"utf-8", "utf-8-sig"}:
        if not _is_utf8(body):
            raise _undecodable("tables.encoding", body, "utf-8")
        return body, encoding
    try:
        return body.decode(encoding).encode("utf-8"), encoding
    except UnicodeError:
        raise _undecodable("tables.encoding", body, encoding) from None


def _is_damaged_utf8(body: bytes) -> bool:
    """Tell UTF-8 with a few broken bytes from Windows-1252, where valid sequences are rare."""
    whole = sum(map(len, _SEQUENCE.findall(body)))
    return 2 * whole > len(_HIGH.findall(body))


def _undecodable(code: str, body: bytes, encoding: str) -> InventoryError:
    row = None
    try:
        body.decode(encoding)
    except UnicodeDecodeError as error:
        if not encoding.startswith("utf-16"):
            row = row_at(body, error.start)
    details = {"encoding": encoding}
    return InventoryError(Finding(code, details, row=row))
