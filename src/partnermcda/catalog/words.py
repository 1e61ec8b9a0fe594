"""Match the words people write with the words of a catalog, whatever their spelling."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

import numpy as np

from partnermcda.catalog.parts import ActorType, Gate, Rating, Words
from partnermcda.core.arrays import Ints
from partnermcda.errors import short

IDENTITY_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "actor_id": ("actor id", "id", "identifiant", "identifier", "id acteur", "identifiant acteur"),
    "actor": ("actor", "acteur", "name", "nom", "actor name", "nom de l'acteur", "nom acteur"),
    "actor_type": ("actor type", "type", "type d'acteur", "type acteur", "type of actor"),
    "city": ("city", "ville", "commune", "municipality", "municipalité"),
}
"""Columns every inventory has, with the words they are known by."""

IDENTITY: Final = tuple(IDENTITY_WORDS)
"""Columns every inventory has."""


def fold(word: str) -> str:
    """Bring a word to the form in which words are compared: no case, accents or punctuation.

    Parameters
    ----------
    word : str

    Returns
    -------
    str

    Examples
    --------
    >>> fold("  Élevée "), fold("Start-up"), fold("Chef d’œuvre"), fold("actor_type")
    ('elevee', 'start up', 'chef d oeuvre', 'actor type')
    >>> fold("Straße") == fold("STRASSE")
    True
    """
    decomposed = unicodedata.normalize("NFKD", word)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    lower = bare.casefold().replace("œ", "oe")
    spaced = "".join(letter if letter.isalnum() else " " for letter in lower)
    return " ".join(spaced.split())


def nearest(word: str, words: Iterable[str]) -> str:
    """Find the word most like another.

    Parameters
    ----------
    word : str
        Only its first 80 characters are looked at.
    words : iterable of str

    Returns
    -------
    str
        The first of those most alike; empty if there are no words.

    Examples
    --------
    >>> nearest("res_humain", ["res_data", "res_human"])
    'res_human'
    """
    matcher = SequenceMatcher(b=short(word))
    best, likeness = "", -1.0
    for other in words:
        matcher.set_seq1(other)
        # The quick ratios are upper bounds, which spare most of the slow comparisons.
        if matcher.real_quick_ratio() > likeness and matcher.quick_ratio() > likeness:
            ratio = matcher.ratio()
            best, likeness = (other, ratio) if ratio > likeness else (best, likeness)
    return best


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words with what they mean."""

    meanings: tuple[str, ...]
    """What each word means; several words may mean the same."""
    spoken: tuple[str, ...]
    """The same words as they are written."""
    positions: Mapping[str, int] = field(repr=False)
    """Position of each word as :func:`fold` leaves it."""

    @classmethod
    def of(cls, entries: Iterable[tuple[str, Iterable[str]]]) -> "Vocabulary":
        """Make a vocabulary of meanings with their words.

        A word with two meanings is not understood at all, rather than understood as the first.
        """
        found: dict[str, tuple[str, set[str]]] = {}
        for meaning, words in entries:
            for word in words:
                found.setdefault(fold(word), (word, set()))[1].add(meaning)
        clear = {k: (word, min(m)) for k, (word, m) in found.items() if len(m) == 1 and k}
        spoken, meanings = ([pair[i] for pair in clear.values()] for i in (0, 1))
        return cls(tuple(meanings), tuple(spoken), {key: i for i, key in enumerate(clear)})

    def find(self, texts: Iterable[str]) -> Ints:
        """Look texts up.

        Parameters
        ----------
        texts : iterable of str
            The m distinct texts of a column.

        Returns
        -------
        (m,) array of int
            Position in `meanings`; -1 where the text is not known.
        """
        return np.array([self.positions.get(fold(text), -1) for text in texts], dtype=np.int64)

    def meaning(self, text: str) -> str | None:
        """Look one text up; None if it is not known."""
        position = self.positions.get(fold(text))
        return None if position is None else self.meanings[position]

    def nearest(self, text: str) -> str:
        """Find the word nearest to a text that is not known; empty if there are no words."""
        near = nearest(fold(short(text)), self.positions)
        return self.spoken[self.positions[near]] if near else ""


def spellings(name: str, label: Words, synonyms: Iterable[str] = ()) -> tuple[str, ...]:
    """Every way to write something of a catalog: its id, its labels, its synonyms."""
    return (name, label.en, label.fr, *synonyms)


def type_words(types: Iterable[ActorType]) -> Vocabulary:
    """Words for types of actors, meaning their ids."""
    return Vocabulary.of((t.id, spellings(t.id, t.label, t.synonyms)) for t in types)


def rating_words(ratings: Iterable[Rating]) -> Vocabulary:
    """Words for steps of a scale, meaning the ids of ratings."""
    return Vocabulary.of((r.id, spellings(r.id, r.label, r.synonyms)) for r in ratings)


def gate_words(gate: Gate) -> Vocabulary:
    """Words for a gate's answers, meaning the ids of its tiers."""
    return Vocabulary.of((tier.id, spellings(tier.id, tier.label)) for tier in gate.tiers)


def flag_words() -> Vocabulary:
    """Words for yes and no, meaning ``true`` and ``false``."""
    return Vocabulary.of(
        (
            ("true", ("true", "yes", "y", "vrai", "oui", "o", "1")),
            ("false", ("false", "no", "n", "faux", "non", "0")),
        )
    )
