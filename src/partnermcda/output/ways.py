"""How weights came about, in words."""

from partnermcda.messages import message_table, say


def in_words(names: str, language: str) -> str:
    """Say how judgements became weights, as a reader would.

    Parameters
    ----------
    names : str
        What was asked for, as ``eigenvector``; or a table of random indices, and how it was gone
        beyond, as ``alonso-lamata, incomplete``.
    language : {"en", "fr"}
        Language of the words.

    Returns
    -------
    str
        What is a name already, as that of a table, stays as it is.

    Examples
    --------
    >>> in_words("alonso-lamata, incomplete", "fr")
    'alonso-lamata, adapté aux paires non jugées'
    """
    return ", ".join(_word(name, language) for name in names.split(", "))


def _word(name: str, language: str) -> str:
    known = f"output.way.{name}" in message_table()
    return say(f"output.way.{name}", language) if known else name
