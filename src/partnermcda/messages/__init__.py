"""The one table of every sentence a person reads, in English and French.

The table lies beside this file as JSON, one file a room, each entry ``key: {"en": …, "fr": …}``.
Sentences are filled in with :meth:`str.format`.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

LANGUAGES: Final = ("en", "fr")


@cache
def message_table() -> Mapping[str, Mapping[str, str]]:
    """Every message: key to language to sentence.

    Returns
    -------
    mapping of str to mapping of str to str
    """
    parts = [part for part in files(__name__).iterdir() if part.name.endswith(".json")]
    loaded = [json.loads(part.read_text(encoding="utf-8")) for part in parts]
    return {key: sentence for part in loaded for key, sentence in part.items()}


def say(key: str, language: str = "en", **values: object) -> str:
    """Fill in the sentence `key` in one language.

    Parameters
    ----------
    key : str
        A key of the message table.
    language : {"en", "fr"}
        Language of the sentence.
    **values
        What the sentence's fields stand for.

    Returns
    -------
    str

    Raises
    ------
    KeyError
        If the table has no such sentence, or not in that language.

    Examples
    --------
    >>> say("value", "fr")
    'valeur'
    """
    return message_table()[key][language].format(**values)
