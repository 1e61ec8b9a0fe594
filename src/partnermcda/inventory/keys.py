"""Number texts, so that many are compared as fast as numbers."""

from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from partnermcda.core.arrays import Ints

Keys: TypeAlias = NDArray[np.uint64]

_WORD: Final = 8
_FACTORS: Final = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93))


def text_keys(texts: Any) -> Keys:
    """Give every text a number.

    Parameters
    ----------
    texts : (m,) pyarrow array of large_string
        Without nulls.

    Returns
    -------
    (m,) array of uint64
        Equal where texts are equal; where they differ, equal once in 2^64 times.

    Examples
    --------
    >>> import pyarrow as pa
    >>> a, b, c = text_keys(pa.array(["Dakar", "Dakar", "Thiès"], pa.large_string()))
    >>> bool(a == b), bool(a == c)
    (True, False)
    """
    starts, data = text_bytes(texts)
    padded = np.zeros(len(data) + _WORD, dtype=np.uint8)
    padded[: len(data)] = data
    # Eight bytes from each byte on: a text is read word by word, all texts at once.
    words: Keys = np.ndarray(len(data) + 1, "<u8", padded, strides=(1,))
    at, sizes = starts[:-1], np.diff(starts)
    longest = sizes.max(initial=0)
    shortest = sizes.min(initial=longest)
    keys = mixed(sizes.astype(np.uint64))
    for done in range(0, int(longest), _WORD):
        rows = slice(None) if done < shortest else np.flatnonzero(sizes > done)
        word = words[at[rows] + done]
        if shortest < done + _WORD:
            # What follows the end of a text is pushed out of its last word.
            beyond = np.maximum(done + _WORD - sizes[rows], 0)
            word <<= 8 * beyond.astype(np.uint64)
        keys[rows] = mixed(keys[rows] ^ word)
    return keys


def text_bytes(texts: Any) -> tuple[Ints, NDArray[np.uint8]]:
    """Show where texts lie in memory.

    Parameters
    ----------
    texts : (m,) pyarrow array of large_string

    Returns
    -------
    starts : (m + 1,) array of int
        First byte of each text, and the end of the last.
    data : array of uint8
        The bytes of all texts, in UTF-8.
    """
    _, borders, letters = texts.buffers()
    if not len(texts):
        return np.zeros(1, dtype=np.int64), np.empty(0, dtype=np.uint8)
    offset = texts.offset
    ends = np.frombuffer(borders, np.int64)[offset : offset + len(texts) + 1]
    data = np.frombuffer(letters, np.uint8) if letters is not None else np.empty(0, np.uint8)
    return ends - ends[0], data[ends[0] : ends[-1]]


def mixed(keys: Keys) -> Keys:
    """Spread numbers over all there are, so that sums of a few tell them apart."""
    spread = keys * _FACTORS[0]
    spread ^= spread >> np.uint64(32)
    spread *= _FACTORS[1]
    spread ^= spread >> np.uint64(32)
    return spread
