"""Orders that weights are to keep, and all the ways to complete them drawn as often."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import comb
from typing import Final, Protocol

import numpy as np

from partnermcda.core.arrays import Bools, Floats, Ints

_MOST_SETS: Final = 30_000
"""Down-sets of one part of an order that are counted: half a second, and some megabytes."""


class Completions(Protocol):
    """The total orders that keep a partial one (its linear extensions)."""

    @property
    def size(self) -> int:
        """How many members are ordered."""
        ...

    @property
    def count(self) -> int:
        """How many there are."""
        ...

    @property
    def uniforms(self) -> int:
        """How many uniform numbers choose one of them."""
        ...

    def of(self, u: Floats) -> Ints:
        """Bring (s, uniforms) numbers to (s, k) members, the largest first."""
        ...


def closure(n: int, order: Iterable[tuple[int, int]]) -> Bools:
    """Find all that is said of two weights, directly or through others.

    Parameters
    ----------
    n : int
    order : iterable of (int, int)
        Positions a, b of weights of which a is to be at least b.

    Returns
    -------
    (n, n) array of bool
        True where the weight of the row is to be at least that of the column.

    Examples
    --------
    >>> closure(3, [(2, 1), (1, 0)])[2]
    array([ True,  True, False])
    """
    above = np.zeros((n, n), dtype=bool)
    for a, b in order:
        above[a, b] = True
    for middle in range(n):
        above |= above[:, middle, None] & above[middle]
    return above


def completions(above: Bools) -> Completions | None:
    """Make ready to draw total orders that keep a partial one, each as often as any other.

    Parameters
    ----------
    above : (k, k) array of bool
        As `closure` gives it, without a circle.

    Returns
    -------
    Completions or None
        None where a part of the order that cannot be taken apart has too many down-sets.

    Notes
    -----
    Parts of which nothing is said between them are shuffled; parts one above another are put one
    after another; what can be taken apart in neither way is counted: the number of ways to go on
    from each set of members already placed is the sum over who may come next [1]_.

    References
    ----------
    .. [1] G. Brightwell and P. Winkler, "Counting linear extensions", Order 8, 1991,
       :doi:`10.1007/BF00383444`.

    Examples
    --------
    >>> completions(closure(4, [(0, 1), (0, 2), (0, 3), (1, 2)])).count
    3
    """
    return _completions(tuple(range(len(above))), above)


def _completions(members: Sequence[int], above: Bools) -> Completions | None:
    if len(members) == 1:
        return _One(members[0])
    either = above | above.T
    for kind, linked in ((_Shuffled, either), (_Stacked, ~either)):
        parts = list(_parts(members, linked))
        if len(parts) > 1:
            # Of parts that are stacked, each member of one is above each of the next.
            parts.sort(key=lambda part: int(above[np.ix_(members, part)].sum()) / len(part))
            made = [_completions(part, above) for part in parts]
            whole = [part for part in made if part is not None]
            return kind(tuple(whole)) if len(whole) == len(made) else None
    return _counted(members, above)


def _parts(members: Sequence[int], linked: Bools) -> Iterator[list[int]]:
    """Members that hang together."""
    left = set(members)
    while left:
        part = {min(left)}
        while more := {b for a in part for b in left if linked[a, b]} - part:
            part |= more
        left -= part
        yield sorted(part)


@dataclass(frozen=True, slots=True)
class _One:
    member: int
    size: int = 1
    count: int = 1
    uniforms: int = 0

    def of(self, u: Floats) -> Ints:
        return np.full((len(u), 1), self.member, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Stacked:
    """One part above another."""

    parts: tuple[Completions, ...]

    @property
    def size(self) -> int:
        return sum(part.size for part in self.parts)

    @property
    def count(self) -> int:
        product = 1
        for part in self.parts:
            product *= part.count
        return product

    @property
    def uniforms(self) -> int:
        return sum(part.uniforms for part in self.parts)

    def of(self, u: Floats) -> Ints:
        return np.concatenate(_each(self.parts, u), axis=1)


@dataclass(frozen=True, slots=True)
class _Shuffled:
    """Parts of which nothing is said between them."""

    parts: tuple[Completions, ...]

    @property
    def size(self) -> int:
        return sum(part.size for part in self.parts)

    @property
    def count(self) -> int:
        product, placed = 1, 0
        for part in self.parts:
            placed += part.size
            product *= part.count * comb(placed, part.size)
        return product

    @property
    def uniforms(self) -> int:
        return self.size + sum(part.uniforms for part in self.parts)

    def of(self, u: Floats) -> Ints:
        places = np.argsort(u[:, : self.size], axis=1, kind="stable")
        out = np.empty_like(places)
        cuts = np.cumsum([part.size for part in self.parts])[:-1]
        made = _each(self.parts, u[:, self.size :])
        for own, drawn in zip(np.split(places, cuts, axis=1), made, strict=True):
            np.put_along_axis(out, np.sort(own, axis=1), drawn, axis=1)
        return out


@dataclass(frozen=True, slots=True, eq=False)
class _Counted:
    """Sets of members placed already, with who comes next how likely."""

    members: Ints
    count: int
    likely: Floats
    """(sets, k) running sums of probabilities over the members."""
    then: Ints
    """(sets, k) the set that it becomes."""

    @property
    def size(self) -> int:
        return len(self.members)

    @property
    def uniforms(self) -> int:
        return len(self.members)

    def of(self, u: Floats) -> Ints:
        placed = np.zeros(len(u), dtype=np.int64)
        out = np.empty(u.shape, dtype=np.int64)
        for step, number in enumerate(u.T):
            chosen = np.count_nonzero(number[:, None] >= self.likely[placed], axis=1)
            out[:, step] = self.members[chosen]
            placed = self.then[placed, chosen]
        return out


def _each(parts: Sequence[Completions], u: Floats) -> list[Ints]:
    cuts = np.cumsum([part.uniforms for part in parts])[:-1]
    return [part.of(own) for part, own in zip(parts, np.split(u, cuts, axis=1), strict=True)]


def _counted(members: Sequence[int], above: Bools) -> _Counted | None:
    k = len(members)
    before = [sum(1 << j for j in range(k) if above[members[j], members[i]]) for i in range(k)]
    sets = {0: 0}
    queue = [0]
    for placed in queue:
        for i in range(k):
            more = placed | 1 << i
            if more not in sets and before[i] & ~placed == 0:
                sets[more] = len(sets)
                queue.append(more)
        if len(sets) > _MOST_SETS:
            return None
    return _table(members, queue, sets)


def _table(members: Sequence[int], queue: list[int], sets: dict[int, int]) -> _Counted:
    """Count the ways to go on from each set, beginning with the fullest."""
    k = len(members)
    ways = [1] * len(queue)
    likely, then = np.ones((len(queue), k)), np.zeros((len(queue), k), dtype=np.int64)
    for place in range(len(queue) - 2, -1, -1):
        placed = queue[place]
        running, sums = 0, []
        for i in range(k):
            after = sets.get(placed | 1 << i) if not placed >> i & 1 else None
            if after is not None:
                running += ways[after]
                then[place, i] = after
            sums.append(running)
        ways[place] = running
        likely[place] = [part / running for part in sums]
    return _Counted(np.array(members), ways[0], likely, then)
