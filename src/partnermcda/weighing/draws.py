"""How unsure people were, and how they differ, carried on to draws of weights."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np

from partnermcda.core.arguments import one_of
from partnermcda.core.arrays import Floats
from partnermcda.core.weight_space import as_generator, rng_faults, size_faults
from partnermcda.errors import Finding, WeightsError
from partnermcda.judgements.model import Judgements
from partnermcda.weighing.ahp import ahp_weights
from partnermcda.weighing.node_draws import Panel, Rules, Spread, Within, draw_node
from partnermcda.weighing.result import JudgedWeights
from partnermcda.weights import places_of

_WORDS: Final = 4
"""Of 32 bits each: a seed as long as numpy's own."""


@dataclass(frozen=True, slots=True, eq=False)
class WeightDraws:
    """Weight vectors drawn at random, with the names of their columns.

    ``core.closeness(values.mid, draws.along(values.criteria))`` scores every actor under each.

    Examples
    --------
    >>> draws = WeightDraws(("cost", "reach"), np.array([[0.4, 0.6]]), "judges")
    >>> draws.along(("reach", "cost"))
    array([[0.6, 0.4]])
    """

    names: tuple[str, ...]
    """Criteria: of judgements, the leaves of the hierarchy from left to right."""
    values: Floats
    """(s, n) array, not to be written to: none negative, each row summing to 1."""
    spread: Spread | Literal["uniform"]
    """What makes the draws differ: judgements, or that nothing more is known."""
    notes: tuple[Finding, ...] = ()
    """What was found in the judgements, where there was nothing to draw from, and how it was."""

    def __post_init__(self) -> None:
        values = np.array(self.values, dtype=float)
        values.setflags(write=False)
        object.__setattr__(self, "values", values)

    def __len__(self) -> int:
        return len(self.values)

    def along(self, names: Sequence[str]) -> Floats:
        """Weights in the order of the criteria of a matrix.

        Parameters
        ----------
        names : sequence of str
            All the criteria there are, in another order or the same.

        Returns
        -------
        (s, n) array
            As :func:`partnermcda.core.closeness` takes it.

        Raises
        ------
        WeightsError
            If a name is missing or unknown.
        """
        return self.values[:, places_of(names, self.names)]


def draw_weights(
    judgements: Judgements,
    size: int,
    rng: np.random.Generator | int,
    *,
    spread: Spread = "judgements",
    within: Within = "as_said",
    judged: JudgedWeights | None = None,
) -> WeightDraws:
    r"""Draw weights that agree with what people said.

    Parameters
    ----------
    judgements : Judgements
        Of one judge or many, certain or as intervals.
    size : int
        Number s of draws.
    rng : numpy.random.Generator or int
        Where the random numbers come from, or a seed. A node's draws hang on the seed and on the
        names of the node and its judges: nodes that are added, left out or read in another order
        do not change them. The first rows of a longer draw from a seed are those of a shorter one.
    spread : {"judgements", "judges", "both"}
        What makes the draws differ: how unsure judges were, the group's weights being drawn as
        often; how judges differ from one another, a draw being what one more judge might say; or
        one on top of the other.
    within : {"as_said", "uniform", "triangular"}
        How a judgement lies within its bounds, in the logarithm: anywhere (uniform), or close to
        the most likely value (triangular), see :func:`partnermcda.core.draw_priorities`. As said
        is triangular where a most likely value was given, uniform where bounds alone were. A value
        just in the middle of its bounds is what bounds alone are read as, so it is uniform, too.
    judged : JudgedWeights, optional
        What :func:`ahp_weights` made of these judgements: its hierarchy, method, ways to fill gaps
        and to pool, weights of judges and those left out hold for the draws. Otherwise made with
        nothing but defaults.

    Returns
    -------
    WeightDraws

    Raises
    ------
    WeightsError
        If `size`, `rng` or `judged` cannot be used, or as for :func:`ahp_weights`.
    MethodError
        If there is no such `spread` or `within`.

    Notes
    -----
    Every node is drawn by itself, and the weight of a leaf is the product on its way from the
    root. Within a node, each judge's judgements are drawn within their bounds, then pooled and
    brought to priorities as `judged` was. The spread between judges is a normal distribution of
    log-ratios with the (weighted) covariance of the judges' priorities, around the group's: see
    :func:`partnermcda.core.draw_weights`.

    Examples
    --------
    >>> said = {("cost", "reach"): 3, ("cost", "speed"): 5, ("reach", "speed"): 2}
    >>> draws = draw_weights(Judgements.from_pairs(said), 1_000, 7)
    >>> draws.values[0].round(3), [note.code for note in draws.notes]
    (array([0.648, 0.23 , 0.122]), ['draws.certain'])
    """
    one_of("draws.spread", spread, get_args(Spread))
    one_of("draws.within", within, get_args(Within))
    faults = [*size_faults(size), *rng_faults(rng)]
    if faults:
        raise WeightsError(faults)
    weighed = ahp_weights(judgements) if judged is None else judged
    faults = list(_strangers(judgements, weighed))
    if faults:
        raise WeightsError(faults)
    panels = [Panel.of(judgements, node) for node in weighed.nodes]
    seed = tuple(as_generator(rng).integers(2**32, size=_WORDS).tolist())
    rules = Rules.of(weighed, size, seed, spread, within)
    notes = (*weighed.notes, *_notes(panels, spread))
    local = {panel.node.name: draw_node(panel, rules) for panel in panels}
    return WeightDraws(weighed.weights.names, _composed(weighed, local, size), spread, notes)


def _strangers(judgements: Judgements, judged: JudgedWeights) -> Iterator[Finding]:
    """Nodes that were not weighed from these judgements."""
    for node in judged.nodes:
        items = judgements.items.get(node.name, ())
        if set(items) != set(node.items) or not set(node.judges) <= set(judgements.judges):
            yield Finding("draws.stranger", {"node": node.name})


def _notes(panels: Sequence[Panel], spread: Spread) -> Iterator[Finding]:
    """Tell where there is nothing to draw from."""
    if spread != "judges" and all(panel.certain for panel in panels):
        yield Finding("draws.certain")
    if spread == "judgements":
        return
    for panel in panels:
        if not panel.divided:
            yield Finding("draws.undivided", {"node": panel.node.name})
        for judge, heard in zip(panel.judges, panel.heard, strict=True):
            if not heard:
                yield Finding("draws.unheard", {"node": panel.node.name, "judge": judge})


def _composed(judged: JudgedWeights, local: Mapping[str, Floats], size: int) -> Floats:
    """Weights of the leaves: the product of what was drawn on the way from the root."""
    tree = judged.hierarchy
    found = {tree.root: np.ones(size)}
    for node in tree.nodes:
        shares = local.get(node, judged.local[node])
        for place, item in enumerate(tree.children[node]):
            found[item] = found[node] * shares[..., place]
    return np.column_stack([found[leaf] for leaf in tree.leaves])
