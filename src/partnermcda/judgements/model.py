"""What people said: pairwise judgements of one judge or many, in one node or many."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from os import PathLike, fspath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from partnermcda.core.arrays import Floats
from partnermcda.errors import Finding, JudgementsError, capped, short
from partnermcda.judgements.checks import gathered, name_faults, stack_faults
from partnermcda.judgements.pairs import Answers, pair_answers
from partnermcda.judgements.values import Said

if TYPE_CHECKING:
    from partnermcda.judgements.names import Names


@dataclass(frozen=True, slots=True, eq=False)
class Judgements:
    """Pairwise judgements; checked on birth.

    Raises
    ------
    JudgementsError
        If a judgement is no positive number, a pair is not reciprocal, bounds do not lie around
        their judgement, names are repeated or missing, a node compares more than 30 things, or
        matrices are of another shape: every fault at once.

    Examples
    --------
    >>> said = Judgements.from_pairs({("cost", "reach"): 3, ("cost", "speed"): "1/2"})
    >>> said.items["goal"], said.matrices["goal"][0]
    (('cost', 'reach', 'speed'), array([[1.        , 3.        , 0.5       ],
           [0.33333333, 1.        ,        nan],
           [2.        ,        nan, 1.        ]]))
    """

    judges: tuple[str, ...]
    """The k judges, in the same order for all nodes."""
    items: Mapping[str, tuple[str, ...]]
    """Each node with the j things it compares."""
    matrices: Mapping[str, Floats]
    """Each node with its (k, j, j) array: how many times more the row counts than the column.
    NaN = not asked; where a judge said nothing of a node, all but the diagonal is NaN."""
    low: Mapping[str, Floats] = field(default_factory=dict)
    """The same shapes: the lower ends of intervals. Equal to `matrices` where a judgement is
    certain, and for the nodes left out."""
    high: Mapping[str, Floats] = field(default_factory=dict)
    """The same shapes: the upper ends of intervals."""
    file: str = ""
    """The file they were read from, as the user named it."""
    notes: tuple[Finding, ...] = field(default=())
    """What was done that the user should know."""

    def __post_init__(self) -> None:
        items = {node: tuple(names) for node, names in self.items.items()}
        faults = [*name_faults(self.judges, items), *self._node_faults(items)]
        if faults:
            raise JudgementsError(capped(faults))
        matrices = {node: _frozen(self.matrices[node]) for node in items}
        arrays: dict[str, Mapping[str, Any]] = {"items": items, "matrices": matrices}
        for name, ends in (("low", self.low), ("high", self.high)):
            arrays[name] = {
                node: _frozen(ends[node]) if node in ends else matrices[node] for node in items
            }
        for name, value in arrays.items():
            object.__setattr__(self, name, MappingProxyType(value))

    def _node_faults(self, items: Mapping[str, tuple[str, ...]]) -> Iterable[Finding]:
        for mapping in (self.matrices, self.low, self.high):
            for node in mapping:
                if node not in items:
                    yield Finding("judgements.node_without_items", {"node": short(node)})
        for node, names in items.items():
            if node not in self.matrices:
                yield Finding("judgements.node_without_matrix", {"node": short(node)})
                continue
            mode = self.matrices[node]
            bounds = (self.low.get(node, mode), mode, self.high.get(node, mode))
            floats = tuple(np.asarray(a, dtype=float) for a in bounds)
            yield from stack_faults(node, names, self.judges, floats)

    @classmethod
    def from_pairs(
        cls,
        pairs: Mapping[tuple[str, ...], Said] | Iterable[tuple[Any, ...]],
        *,
        node: str = "goal",
        judge: str = "judge",
    ) -> "Judgements":
        """Take judgements pair by pair.

        Parameters
        ----------
        pairs : mapping, or iterable of tuples
            Mapping of ``(a, b)`` or ``(judge, node, a, b)`` to a judgement; or tuples with the
            judgement behind these names. It says how many times more `a` counts than `b`: a
            number, a text as ``"1/3"`` or ``"strongly more important"``, or how sure one is:
            ``(low, high)`` or ``(low, most likely, high)``. None or NaN: not asked.
        node : str
            The node of pairs that name none.
        judge : str
            The judge of pairs that name none.

        Returns
        -------
        Judgements
            Judges, nodes and things in the order in which they first appear.

        Raises
        ------
        JudgementsError
            With every fault; its rows count the pairs from 1.

        Examples
        --------
        >>> said = Judgements.from_pairs([("ngo", "goal", "cost", "reach", (2, 3, 4))])
        >>> said.judges, said.low["goal"][0, 0, 1], said.high["goal"][0, 1, 0]
        (('ngo',), np.float64(2.0), np.float64(0.5))
        """
        if isinstance(pairs, Mapping):
            pairs = [(*key, value) for key, value in pairs.items()]
        return cls.from_answers(pair_answers(pairs, node, judge))

    @classmethod
    def from_answers(cls, read: Answers, file: str = "") -> "Judgements":
        """Bring answers together.

        Parameters
        ----------
        read : Answers
            What was read, with the faults found so far.
        file : str
            Where it was read.

        Returns
        -------
        Judgements

        Raises
        ------
        JudgementsError
            With the faults found so far, and every contradiction between answers.
        """
        made = gathered(read.answers, read.judges, read.items)
        faults, notes = (
            tuple(found if found.file else found.at(file) for found in findings)
            for findings in ((*read.faults, *made.faults), (*read.notes, *made.notes))
        )
        if faults:
            raise JudgementsError(capped(faults))
        low, mode, high = ({node: made.stacks[node][i] for node in made.items} for i in range(3))
        return cls(made.judges, made.items, mode, low, high, file, notes)

    @classmethod
    def from_matrix(
        cls,
        a: Floats | Sequence[Any],
        names: Sequence[str],
        *,
        node: str = "goal",
        judge: str | Sequence[str] = "judge",
    ) -> "Judgements":
        """Take judgements of one node as a pairwise matrix, or one matrix a judge.

        Parameters
        ----------
        a : (j, j) or (k, j, j) array
            How many times more the row counts than the column; positive and reciprocal, ones on
            the diagonal; NaN = not asked, on both sides.
        names : sequence of str
            The j things compared.
        node : str
            What they are compared for.
        judge : str, or sequence of str
            The judge; of a stack, all k judges.

        Returns
        -------
        Judgements

        Raises
        ------
        JudgementsError
            With every fault.

        Examples
        --------
        >>> Judgements.from_matrix([[1, 2], [1 / 2, 1]], ["cost", "reach"]).judges
        ('judge',)
        """
        judges = (judge,) if isinstance(judge, str) else tuple(judge)
        try:
            # What a mask hides was not asked.
            values: Floats = np.ma.filled(np.ma.asarray(a, dtype=float), np.nan)
        except (TypeError, ValueError):
            raise JudgementsError(Finding("pairwise.numbers")) from None
        stack = values[None] if values.ndim == 2 else values
        things = tuple(name.strip() for name in names)
        return cls(
            tuple(name.strip() for name in judges), {node.strip(): things}, {node.strip(): stack}
        )

    @classmethod
    def read(
        cls,
        path: str | PathLike[str],
        *,
        sheet: str | None = None,
        names: "Names | None" = None,
        negative: Literal["first", "second"] | None = None,
    ) -> "Judgements":
        r"""Read judgements from a file: CSV, Excel (.xlsx) or Parquet.

        Parameters
        ----------
        path : str or path
            One of three shapes, told by the header. **Long**: columns ``a``, ``b``, ``value``, and
            if there are several ``judge`` and ``node``, or for bounds ``low`` and ``high``; one
            row a judgement. **Square**: names in the first row and the first column; each sheet
            of a workbook is one matrix, called ``node`` or ``node - judge``. **Survey**: one row
            a respondent and one column a pair, called ``A vs B`` or ``node: A vs B``. An empty
            cell: not asked.
        sheet : str, optional
            The only sheet of a workbook to be read.
        names : Names, optional
            What nodes and things compared may be called, as those of a catalog in either
            language; anything else is a fault, then.
        negative : {"first", "second"}, optional
            For surveys that tell by the sign which side counts more: the side, of the two in the
            column's name, that does where the number is negative. All numbers are then from 1 to
            9 with or without a sign.

        Returns
        -------
        Judgements
            Judges, nodes and things in the order in which they first appear.

        Raises
        ------
        JudgementsError
            With every fault of the file, and where it is.

        Examples
        --------
        >>> from pathlib import Path
        >>> file = Path(getfixture("tmp_path")) / "judgements.csv"
        >>> text = "juge;a;b;valeur\nville;coût;portée;1/3\nong;coût;portée;modérément"
        >>> _ = file.write_text(text, encoding="utf-8")
        >>> Judgements.read(file).matrices["goal"][:, 0, 1].round(2)
        array([0.33, 3.  ])
        """
        from partnermcda.judgements.reading import read_answers

        read = read_answers(fspath(path), sheet=sheet, names=names, negative=negative)
        return cls.from_answers(read, fspath(path))

    def judge(self, name: str) -> "Judgements":
        """Judgements of one judge.

        Parameters
        ----------
        name : str

        Returns
        -------
        Judgements
            With every node, also those the judge said nothing of.

        Raises
        ------
        JudgementsError
            If there is no such judge.
        """
        if name not in self.judges:
            details = {"judge": short(name), "judges": short(", ".join(self.judges))}
            raise JudgementsError(Finding("judgements.judge_unknown", details, file=self.file))
        place = self.judges.index(name)
        mode, low, high = (
            {node: a[place : place + 1] for node, a in arrays.items()}
            for arrays in (self.matrices, self.low, self.high)
        )
        return Judgements((name,), self.items, mode, low, high, self.file, self.notes)


def _frozen(a: object) -> Floats:
    """Copy an array, not to be written to."""
    copied = np.array(a, dtype=float)
    copied.setflags(write=False)
    return copied
