"""The tree: a goal, what it is made of, and so on down to the leaves that are rated."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from partnermcda.errors import WeightsError
from partnermcda.hierarchy.checks import tops, tree_faults


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """A tree of criteria, its leaves at any depth; checked on birth.

    A node compares the items right below it. An item is a node in turn, or a leaf.

    Raises
    ------
    WeightsError
        If the tree has several tops or none, a cycle, an item under two nodes, a node without
        items, or a name that is empty or repeated: with every fault.

    Examples
    --------
    >>> tree = Hierarchy("goal", {"goal": ("cost", "service"), "service": ("reach", "trust")})
    >>> tree.leaves
    ('cost', 'reach', 'trust')
    >>> tree.path("trust")
    ('goal', 'service', 'trust')
    """

    root: str
    """The goal: the node that stands under no other."""
    children: Mapping[str, tuple[str, ...]]
    """Items of every node, in their order."""
    _parents: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        faults = list(tree_faults(self.root, self.children))
        if faults:
            raise WeightsError(faults)
        own = {node: tuple(items) for node, items in self.children.items()}
        parents = {item: node for node, items in own.items() for item in items}
        object.__setattr__(self, "children", own)
        object.__setattr__(self, "_parents", parents)

    @classmethod
    def of(cls, children: Mapping[str, Sequence[str]]) -> "Hierarchy":
        """Make a hierarchy of its nodes; its root is the one that stands under no other.

        Parameters
        ----------
        children : mapping of str to sequence of str
            Items of every node, in any order of nodes.

        Returns
        -------
        Hierarchy

        Raises
        ------
        WeightsError
            With every fault, as for the class.

        Examples
        --------
        >>> Hierarchy.of({"service": ["reach", "trust"], "goal": ["cost", "service"]}).root
        'goal'
        """
        # Whatever sequences items come in, they are tuples from birth on.
        given = cast("Mapping[str, tuple[str, ...]]", children)
        return cls(next(iter(tops(children)), ""), given)

    @property
    def nodes(self) -> tuple[str, ...]:
        """What compares other things: the root first, then depth first."""
        return tuple(name for name in self._down() if name in self.children)

    @property
    def leaves(self) -> tuple[str, ...]:
        """What is not divided further, from left to right."""
        return tuple(name for name in self._down() if name not in self.children)

    def parent(self, name: str) -> str:
        """Node that an item stands under.

        Parameters
        ----------
        name : str
            A node or a leaf.

        Returns
        -------
        str

        Raises
        ------
        KeyError
            For the root, which stands under none, or if there is no such name.

        Examples
        --------
        >>> Hierarchy("goal", {"goal": ("cost", "reach")}).parent("cost")
        'goal'
        """
        return self._parents[name]

    def path(self, name: str) -> tuple[str, ...]:
        """Names from the root down to `name`.

        Parameters
        ----------
        name : str
            A node or a leaf.

        Returns
        -------
        tuple of str
            The root first, `name` last.

        Raises
        ------
        KeyError
            If there is no such name.

        Examples
        --------
        >>> Hierarchy("goal", {"goal": ("cost", "reach")}).path("cost")
        ('goal', 'cost')
        """
        upward = [name]
        while upward[-1] != self.root:
            upward.append(self.parent(upward[-1]))
        return tuple(reversed(upward))

    def level(self, name: str) -> int:
        """How far below the root a name stands.

        Parameters
        ----------
        name : str
            A node or a leaf.

        Returns
        -------
        int
            0 for the root.

        Raises
        ------
        KeyError
            If there is no such name.

        Examples
        --------
        >>> Hierarchy("goal", {"goal": ("cost", "reach")}).level("cost")
        1
        """
        return len(self.path(name)) - 1

    def _down(self) -> Iterator[str]:
        """All names, depth first, without recursion: a tree may be deeper than Python's stack."""
        ahead = [self.root]
        while ahead:
            name = ahead.pop()
            yield name
            ahead.extend(reversed(self.children.get(name, ())))
