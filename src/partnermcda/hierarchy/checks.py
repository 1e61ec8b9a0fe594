"""Whether nodes and their items are a tree."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from partnermcda.errors import Finding, short


def tree_faults(root: str, children: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """Find everything that keeps nodes and their items from being a tree.

    Parameters
    ----------
    root : str
        The node that is to stand at the top.
    children : mapping of str to sequence of str
        Items of every node.

    Yields
    ------
    Finding
    """
    yield from _form_faults(children)
    yield from _top_faults(root, tops(children))
    sound = _sound(children)
    yield from _item_faults(sound)
    for cycle in _cycles(sound):
        yield Finding("hierarchy.cycle", {"path": " > ".join(cycle)})


def tops(children: Mapping[str, Sequence[str]]) -> list[str]:
    """Nodes that stand under no other.

    Parameters
    ----------
    children : mapping of str to sequence of str
        Items of every node.

    Returns
    -------
    list of str
    """
    sound = _sound(children)
    below = {item for items in sound.values() for item in items}
    return [node for node in sound if node not in below]


def _sound(children: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Nodes and items with names, so that one fault of form does not hide the others."""
    return {
        node: [item for item in items if _is_name(item)] if _is_list(items) else []
        for node, items in children.items()
        if _is_name(node)
    }


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_list(value: object) -> bool:
    # A text is a row of letters to Python; to a reader it is one item whose brackets are missing.
    return isinstance(value, Sequence) and not isinstance(value, str)


def _form_faults(children: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    for node, items in children.items():
        if not _is_name(node):
            yield Finding("hierarchy.node_name", value=short(repr(node)))
        if not _is_list(items):
            yield Finding("hierarchy.items", {"node": node}, value=short(repr(items)))
        elif not items:
            yield Finding("hierarchy.no_items", {"node": node})
        else:
            for item in items:
                if not _is_name(item):
                    yield Finding("hierarchy.item_name", {"node": node}, value=short(repr(item)))


def _top_faults(root: str, found: list[str]) -> Iterator[Finding]:
    if not found:
        yield Finding("hierarchy.no_top")
    elif len(found) > 1:
        yield Finding("hierarchy.tops", {"names": ", ".join(found)})
    elif root != found[0]:
        yield Finding("hierarchy.root", {"root": short(root), "top": found[0]})


def _item_faults(children: Mapping[str, list[str]]) -> Iterator[Finding]:
    above: dict[str, list[str]] = {}
    for node, items in children.items():
        for item, count in Counter(items).items():
            above.setdefault(item, []).append(node)
            if count > 1:
                yield Finding("hierarchy.repeated", {"node": node, "item": item})
    for item, nodes in above.items():
        if len(nodes) > 1:
            yield Finding("hierarchy.two_nodes", {"item": item, "nodes": ", ".join(nodes)})


def _cycles(children: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """Cycles that share no node, each from a node down to itself."""
    rest = dict(children)
    while True:
        try:
            TopologicalSorter(rest).prepare()
        except CycleError as error:
            upward: list[str] = error.args[1]
            yield upward[::-1]
            rest = {node: items for node, items in rest.items() if node not in upward}
        else:
            return
