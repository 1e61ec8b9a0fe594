"""What a file may call judges, nodes and the things compared in them."""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, Protocol

from partnermcda.errors import Finding, short
from partnermcda.judgements.checks import Answer

ROOT: Final = "goal"
"""The node where none is named."""
JUDGE: Final = "judge"
"""The judge where none is named."""


class Names(Protocol):
    """The nodes of a tree with what each compares, found by whatever they are called."""

    def node(self, label: str) -> str | None:
        """Give the id of the node so called; None if there is none."""

    def item(self, node: str, label: str) -> str | None:
        """Give the id of what a node compares and is so called; None if there is none."""

    def node_of(self, a: str, b: str) -> str | None:
        """Give the id of the only node that compares two things so called; None if none does."""

    def nearest_node(self, label: str) -> str:
        """Find the node whose name is nearest to one that is not known."""

    def nearest_item(self, node: str | None, label: str) -> str:
        """Find what a node, or any where it is None, compares and calls most like this."""


class Pair(NamedTuple):
    """Two things compared, and where."""

    node: str
    a: str
    b: str


def resolved(names: Names | None, node: str, a: str, b: str) -> Pair | tuple[Finding, ...]:
    """Find the ids of two things compared.

    Parameters
    ----------
    names : Names or None
        None: everything is called what it is.
    node : str
        What the file calls the node; empty where it does not say.
    a, b : str
        What the file calls the two.

    Returns
    -------
    Pair or tuple of Finding
        Without a place.
    """
    if names is None:
        return Pair(node or ROOT, a, b)
    where = names.node(node) if node else names.node_of(a, b)
    if where is None and node:
        near = {"name": short(node), "nearest": names.nearest_node(node)}
        return (Finding("judgements.node_unknown", near),)
    if where is None:
        near = {"near_a": names.nearest_item(None, a), "near_b": names.nearest_item(None, b)}
        return (Finding("judgements.apart", {"a": short(a), "b": short(b), **near}),)
    ids = [names.item(where, label) for label in (a, b)]
    unknown = [label for label, found in zip((a, b), ids, strict=True) if found is None]
    if unknown:
        return tuple(_unknown(names, where, label) for label in dict.fromkeys(unknown))
    return Pair(where, *filter(None, ids))


def _unknown(names: Names, node: str, label: str) -> Finding:
    told = {"name": short(label), "node": short(node), "nearest": names.nearest_item(node, label)}
    return Finding("judgements.item_unknown", told)


def spelling_faults(answers: Iterable[Answer]) -> Iterator[Finding]:
    """Find names that differ only in case, accents or spaces, and so are one name misspelled.

    Parameters
    ----------
    answers : iterable of Answer

    Yields
    ------
    Finding
    """
    first: dict[tuple[str, str, str], str] = {}
    told: set[tuple[str, str, str, str]] = set()
    for answer in answers:
        for kind, node, name in (
            ("judge", "", answer.judge),
            ("node", "", answer.node),
            ("item", answer.node, answer.a),
            ("item", answer.node, answer.b),
        ):
            other = first.setdefault((kind, node, _key(name)), name)
            if other != name and (kind, node, other, name) not in told:
                told.add((kind, node, other, name))
                yield answer.found("judgements.spelling", name=short(name), other=short(other))


def _key(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    # Cf: characters without a width, which nobody sees.
    kept = (c for c in letters if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    return "".join("".join(kept).split())
