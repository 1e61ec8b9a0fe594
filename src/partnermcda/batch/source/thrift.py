"""The compact encoding of Thrift, in which the footers of Parquet files are written.

pyarrow ends the whole process where it is asked for the statistics of a damaged footer, so what a
footer counts is read here, from its bytes.
"""

from typing import Any, Final

_DEEPEST: Final = 16
_TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _LIST, _SET, _STRUCT = 1, 2, 3, 7, 8, 9, 10, 12
_WHOLE: Final = frozenset((4, 5, 6))


def read_struct(data: bytes) -> dict[int, Any]:
    """Read a struct: its fields by their numbers.

    Parameters
    ----------
    data : bytes
        The struct; what stands behind it is not looked at.

    Returns
    -------
    dict of int to object
        Whole numbers and booleans as such, texts as bytes, lists and structs likewise.

    Raises
    ------
    ValueError
        If this is no struct.

    References
    ----------
    Apache Thrift, compact protocol encoding; Apache Parquet, parquet.thrift.

    Examples
    --------
    >>> read_struct(bytes([0x15, 0x02, 0x18, 0x01, 0x61, 0x00]))
    {1: 1, 2: b'a'}
    """
    try:
        return _Cursor(data).struct(0)
    except IndexError:
        raise ValueError("the bytes end too early") from None


class _Cursor:
    """A place in bytes, moved on by whatever is read."""

    __slots__ = ("_at", "_data")

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def struct(self, depth: int) -> dict[int, Any]:
        if depth > _DEEPEST:
            raise ValueError("structs lie too deep in one another")
        fields: dict[int, Any] = {}
        number = 0
        while head := self._byte():
            # The number of a field is told by its distance from the one before, if that is short.
            number = number + (head >> 4) if head >> 4 else self._whole()
            kind = head & 15
            fields[number] = kind == _TRUE if kind in (_TRUE, _FALSE) else self._value(kind, depth)
        return fields

    def _value(self, kind: int, depth: int) -> Any:
        if kind in _WHOLE:
            return self._whole()
        if kind == _BINARY:
            return self._bytes(self._count())
        if kind == _STRUCT:
            return self.struct(depth + 1)
        if kind in (_LIST, _SET):
            return self._list(depth)
        if kind in (_TRUE, _FALSE, _BYTE):
            return self._byte()
        if kind == _DOUBLE:
            return self._bytes(8)
        raise ValueError("no footer has values of this kind")

    def _list(self, depth: int) -> list[Any]:
        head = self._byte()
        count = self._count() if head >> 4 == 15 else head >> 4
        return [self._value(head & 15, depth) for _ in range(count)]

    def _byte(self) -> int:
        byte = self._data[self._at]
        self._at += 1
        return byte

    def _bytes(self, count: int) -> bytes:
        self._at += count
        if self._at > len(self._data):
            raise IndexError
        return self._data[self._at - count : self._at]

    def _count(self) -> int:
        """Read seven bits a byte, the lowest first, as long as the eighth is set."""
        number = shift = 0
        while (byte := self._byte()) & 128:
            number |= (byte & 127) << shift
            shift += 7
        return number | byte << shift

    def _whole(self) -> int:
        """Read a number whose sign stands in its lowest bit."""
        number = self._count()
        return number >> 1 ^ -(number & 1)
