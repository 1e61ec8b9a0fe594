"""JSON read as strictly as YAML: nothing named twice, no numbers that are none."""

import json
from typing import Any


def read_json(raw: bytes) -> Any:
    """Turn the bytes of a JSON file into plain data.

    Parameters
    ----------
    raw : bytes
        UTF-8, with or without a mark.

    Returns
    -------
    object

    Raises
    ------
    ValueError
        If it is no JSON, names something twice, is nested too deeply, or holds ``NaN`` or
        ``Infinity``.

    Examples
    --------
    >>> read_json(b'{"a": [1, 0.5]}')
    {'a': [1, 0.5]}
    >>> read_json(b'{"a": 1, "a": 2}')
    Traceback (most recent call last):
    ValueError: a
    """
    try:
        return json.loads(
            raw.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_refuse_constant
        )
    except RecursionError:
        raise ValueError("depth") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse an object that names something twice: readers would differ in which counts."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(name)
        found[name] = value
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(name)
