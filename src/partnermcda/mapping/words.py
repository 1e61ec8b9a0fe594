"""Match the words people write with the words of a catalog, whatever their spelling."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from partnermcda.catalog import Catalog, Gate, Rating, Words
from partnermcda.core.arrays import Ints


def plain_keys(texts: Any) -> Any:
    """Bring texts to what is left when case, accents and punctuation are set aside.

    Parameters
    ----------
    texts : (m,) pyarrow array of string

    Returns
    -------
    (m,) pyarrow array of string

    Examples
    --------
    >>> plain_keys(pa.array(["Type d’acteur", " START-up", "actor_type"])).to_pylist()
    ['type d acteur', 'start up', 'actor type']
    """
    bare = pc.replace_substring_regex(pc.utf8_normalize(texts, form="NFKD"), r"\p{M}+", "")
    lower = pc.replace_substring(pc.utf8_lower(bare), "œ", "oe")
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(lower, r"[^\p{L}\p{N}]+", " "))


def plain_key(text: str) -> str:
    """Bring one text to what :func:`plain_keys` leaves of it."""
    return str(plain_keys(pa.array([text], pa.large_string()))[0].as_py())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words with what they mean."""

    keys: tuple[str, ...]
    """Words as :func:`plain_keys` leaves them."""
    spoken: tuple[str, ...]
    """The same words as they are written."""
    meanings: tuple[str, ...]
    """What each word means; several words may mean the same."""

    @classmethod
    def of(cls, entries: Iterable[tuple[str, Iterable[str]]]) -> "Vocabulary":
        """Make a vocabulary of meanings with their words.

        A word with two meanings is not understood at all, rather than understood as the first.
        """
        said = [(word, meaning) for meaning, words in entries for word in words]
        found: dict[str, tuple[str, set[str]]] = {}
        keys = plain_keys(pa.array([word for word, _ in said], pa.large_string())).to_pylist()
        for key, (word, meaning) in zip(keys, said, strict=True):
            found.setdefault(key, (word, set()))[1].add(meaning)
        clear = {k: (word, min(m)) for k, (word, m) in found.items() if len(m) == 1 and k}
        spoken = tuple(word for word, _ in clear.values())
        return cls(tuple(clear), spoken, tuple(meaning for _, meaning in clear.values()))

    def find(self, texts: Any) -> Ints:
        """Look texts up.

        Parameters
        ----------
        texts : (m,) pyarrow array of string

        Returns
        -------
        (m,) array of int
            Position in `meanings`; -1 where the text is not known.
        """
        known = pa.array(self.keys, pa.large_string())
        position = pc.index_in(plain_keys(texts), value_set=known, skip_nulls=True)
        return np.asarray(pc.fill_null(position, -1), dtype=np.int64)

    def meaning(self, text: str) -> str | None:
        """Look one text up; None if it is not known."""
        key = plain_key(text)
        return self.meanings[self.keys.index(key)] if key in self.keys else None

    def nearest(self, text: str) -> str:
        """Find the word nearest to a text that is not known; empty if there are no words."""
        near = get_close_matches(plain_key(text), self.keys, n=1, cutoff=0)
        return self.spoken[self.keys.index(near[0])] if near else ""


def spellings(name: str, label: Words, synonyms: Iterable[str] = ()) -> tuple[str, ...]:
    """Every way to write something of a catalog: its id, its labels, its synonyms."""
    return (name, label.en, label.fr, *synonyms)


def type_words(catalog: Catalog) -> Vocabulary:
    """Words for types of actors, meaning their ids."""
    return Vocabulary.of(
        (kind.id, spellings(kind.id, kind.label, kind.synonyms)) for kind in catalog.actor_types
    )


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
