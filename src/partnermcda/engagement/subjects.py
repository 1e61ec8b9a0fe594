"""What the reasons for a lever can name, each with a number."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from partnermcda.catalog import Catalog, Words
from partnermcda.messages import say

Key: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Subjects:
    """All that a catalog's conditions can look at."""

    keys: tuple[Key, ...]
    """Kind, and the ids that tell which of the kind."""
    words: tuple[Words | None, ...]
    """Labels; None for what the catalog has none for."""

    @classmethod
    def of(cls, catalog: Catalog) -> "Subjects":
        """List what a catalog's conditions can look at."""
        found = list(_found(catalog))
        return cls(tuple(key for key, _ in found), tuple(words for _, words in found))

    def __len__(self) -> int:
        return len(self.keys)

    def index(self, *key: str) -> int:
        """Find the number of one of them."""
        return self.keys.index(key)

    def texts(self) -> list[str]:
        """Write each as it stands in tables."""
        return [_text(key) for key in self.keys]

    def labels(self, language: str) -> list[str]:
        """Write each for a reader."""
        return [
            _label(key, words, language) for key, words in zip(self.keys, self.words, strict=True)
        ]


def _found(catalog: Catalog) -> Iterator[tuple[Key, Words | None]]:
    for criterion in catalog.criteria:
        yield ("criterion", criterion.id), criterion.label
        yield ("unknown", criterion.id), criterion.label
    for kind, parts in (
        *(("pillar", catalog.pillars), ("flag", catalog.flags)),
        *(("type", catalog.actor_types), ("capability", catalog.capabilities)),
    ):
        for part in parts:
            yield (kind, part.id), part.label
    for gate in catalog.gates:
        yield ("gate", gate.id), gate.label
        for tier in gate.tiers:
            both = {k: f"{gate.label[k]}{say('colon', k)}{tier.label[k]}" for k in ("en", "fr")}
            yield ("tier", gate.id, tier.id), Words(**both)
    yield ("evidence",), None
    yield ("actor_type",), None


def _text(key: Key) -> str:
    kind, *names = key
    if kind in ("evidence", "actor_type"):
        return kind
    if kind == "unknown":
        return f"{names[0]} ?"
    return f"actor_type: {names[0]}" if kind == "type" else ": ".join(names)


def _label(key: Key, words: Words | None, language: str) -> str:
    if words is None:
        return say(
            "engagement.share_known" if key[0] == "evidence" else "engagement.type_of_actor",
            language,
        )
    if key[0] == "unknown":
        return say("engagement.not_known", language, name=words[language])
    return words[language]
