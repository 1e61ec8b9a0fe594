"""The fundamental scale of the AHP in words, English and French."""

from collections.abc import Sequence
from typing import Final

from partnermcda.catalog.words import Vocabulary, fold

_DEGREES: Final = {
    1: ("equal", "equally", "same", "as as", "égal", "égale", "également", "même", "aussi"),
    3: ("moderate", "moderately", "modéré", "modérée", "modérément"),
    5: ("strong", "strongly", "essential", "fort", "forte", "fortement"),
    7: ("very strong", "very strongly", "très fort", "très forte", "très fortement"),
    8: ("very very strong", "very very strongly", "très très fort", "très très fortement"),
    9: (
        *("extreme", "extremely", "absolute", "absolutely"),
        *("extrême", "extrêmement", "absolu", "absolue", "absolument"),
    ),
}
_FILLERS: Final = frozenset(
    {
        *("more", "important", "importance", "preferred", "preference", "of", "than", "the"),
        *("plus", "importante", "importants", "importantes", "prefere", "preferee"),
        *("d", "de", "que", "l", "une"),
    }
)
_LESS: Final = frozenset({"less", "moins"})
_PLUS: Final = {"moderate plus": 4, "strong plus": 6, "very strong plus": 8}
"""Names of steps in which "plus" is no filler."""
_BETWEEN: Final = (("between", "and"), ("entre", "et"), ("", "to"), ("de", "a"), ("", "a"))
_STEPS: Final = Vocabulary.of((str(step), words) for step, words in _DEGREES.items())
_SPOKEN: Final = Vocabulary.of(
    (phrase, [phrase])
    for phrase in (
        *("equally important", "d'importance égale"),
        *(f"{degree} more important" for degree in ("moderately", "strongly", "very strongly")),
        *(f"{degree} less important" for degree in ("moderately", "strongly", "very strongly")),
        *("extremely more important", "extremely less important"),
        *(f"{degree} plus important" for degree in ("modérément", "fortement", "très fortement")),
        *(f"{degree} moins important" for degree in ("modérément", "fortement", "très fortement")),
        *("extrêmement plus important", "extrêmement moins important"),
        *("between moderately and strongly", "entre modérément et fortement"),
    )
)


def ratio_of_words(text: str) -> float | None:
    """Read a judgement in words.

    Parameters
    ----------
    text : str
        A degree of the scale, English or French, or two neighboring degrees with what lies
        between them; with "less" or "moins" the other side counts more. Accents, case, and words
        such as "important" do not matter.

    Returns
    -------
    float or None
        From 1/9 to 9; None if the words are not plain. "Slightly", "weakly" and "nettement" are
        not: authors give them different steps.

    References
    ----------
    .. [1] T. L. Saaty, "Decision making with the analytic hierarchy process", Int. J. Services
       Sciences 1(1), 2008, :doi:`10.1504/IJSSCI.2008.017590`.

    Examples
    --------
    >>> ratio_of_words("d’importance égale"), ratio_of_words("très fortement moins important")
    (1.0, 0.14285714285714285)
    >>> ratio_of_words("between moderately and strongly more important")
    4.0
    """
    words = fold(text).split()
    less = any(word in _LESS for word in words)
    words = [word for word in words if word not in _LESS]
    if words[-1:] == ["plus"]:
        step = _PLUS.get(" ".join(words))
    else:
        step = _degree(words) or _between(words)
    if step is None or (step == 1 and less):
        return None
    return 1 / step if less else float(step)


def nearest_words(text: str) -> str:
    """Find the words of the scale nearest to a text.

    Examples
    --------
    >>> nearest_words("strongly more")
    'strongly more important'
    """
    return _SPOKEN.nearest(text)


def _degree(words: Sequence[str]) -> int | None:
    meaning = _STEPS.meaning(" ".join(word for word in words if word not in _FILLERS))
    return None if meaning is None else int(meaning)


def _between(words: Sequence[str]) -> int | None:
    """Step between two neighboring degrees."""
    for opening, middle in _BETWEEN:
        start = 1 if opening else 0
        if middle in words[start:] and (not opening or words[:1] == [opening]):
            cut = words.index(middle, start)
            ends = _degree(words[start:cut]), _degree(words[cut + 1 :])
            if ends[0] and ends[1] and abs(ends[0] - ends[1]) == 2:
                return (ends[0] + ends[1]) // 2
    return None
