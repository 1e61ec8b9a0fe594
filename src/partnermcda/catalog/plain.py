"""Look into plain data that may be misshapen: what is not there, or not so, is passed over.

The checks of meaning run on plain data, so that a file whose form has faults is still told all the
rest that is wrong with it.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from partnermcda.yamlfile import Fault, Place

Found: TypeAlias = tuple[Place, Mapping[str, Any]]

__all__ = ["Fault", "Found", "Place", "as_list", "as_map", "each", "ids", "number", "text"]


def as_map(value: object) -> Mapping[str, Any]:
    """`value` if it is a mapping, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def as_list(value: object) -> list[Any]:
    """`value` as a list if it is a sequence, else an empty one."""
    return list(value) if isinstance(value, list | tuple) else []


def text(part: Mapping[str, Any], key: str) -> str:
    """Look up the text at `key`; empty if there is none."""
    value = part.get(key)
    return value if isinstance(value, str) else ""


def number(part: Mapping[str, Any], key: str) -> float | None:
    """Look up the number at `key`, if there is one."""
    value = part.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)


def each(data: object, *keys: str) -> Iterator[Found]:
    """Every mapping in the lists under `keys`, one list inside the other, with its place.

    Parameters
    ----------
    data : object
        Plain data.
    *keys : str
        Keys of lists, outermost first.

    Yields
    ------
    place : tuple of str and int
    part : mapping

    Examples
    --------
    >>> list(each({"a": [{"b": [{"id": "x"}]}, 3]}, "a", "b"))
    [(('a', 0, 'b', 0), {'id': 'x'})]
    """
    key, *inner = keys
    for i, part in enumerate(as_list(as_map(data).get(key))):
        if inner:
            yield from (((key, i, *place), found) for place, found in each(part, *inner))
        elif isinstance(part, Mapping):
            yield (key, i), part


def ids(data: object, *keys: str) -> dict[str, None]:
    """All ids of the parts under `keys`, in the order of the file."""
    names = (text(part, "id") for _, part in each(data, *keys))
    return dict.fromkeys(name for name in names if name)
