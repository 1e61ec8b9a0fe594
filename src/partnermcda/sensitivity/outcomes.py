"""What comes out of one way to make every choice: who leads, or how one actor fares."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import numpy as np

from partnermcda import core
from partnermcda.core.arrays import Bools, Floats
from partnermcda.errors import Finding, MethodError
from partnermcda.methods import Method, method, parameters_of
from partnermcda.ranking.scoring import Block, Scores, score_known
from partnermcda.sensitivity.choices import Choices
from partnermcda.sensitivity.inputs import Inputs, Settings

if TYPE_CHECKING:
    from collections.abc import Callable

Of: TypeAlias = Literal["leader", "rank", "score"]

_NORMALIZE: Final[MappingProxyType[str, "Callable[..., Floats]"]] = MappingProxyType(
    {"vector": core.vector, "minmax": core.minmax, "total": core.total, "peak": core.peak}
)


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """A method together with what values are measured by."""

    method: Method
    normalization: str
    """Brings values to a scale before they are scored; empty where the method does, or nobody."""

    def score(self, values: Floats, block: Block) -> Scores:
        """Score and rank.

        Parameters
        ----------
        values : (k, n) array
            In [0, 1]; in every column more is better.
        block : Block
            What they are.

        Returns
        -------
        Scores
        """
        if self.normalization:
            every = np.ones(values.shape[1], dtype=bool)
            values = _NORMALIZE[self.normalization](values, every, block.starts)
        return score_known(self.method, values, block)


def ways_of(choices: Choices) -> list[list[Way]]:
    """Put every normalization together with every method.

    Parameters
    ----------
    choices : Choices

    Returns
    -------
    list of list of Way
        For each normalization, one for each method.
    """
    return [[_way(found, name) for found in choices.methods] for name in choices.normalization]


def _way(found: Method, normalization: str) -> Way:
    """TOPSIS measured by one another has observed ideals, too; so it is the textbook's."""
    if normalization == "fixed":
        return Way(found, "")
    if parameters_of(found)[0] == "topsis":
        return Way(method("topsis_observed", normalization=normalization), "")
    return Way(found, normalization)


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """A question that every setting answers with a number."""

    of: Of
    inputs: Inputs
    ways: list[list[Way]]
    place: int | None
    """Whose rank or score it is."""
    leaders: Bools
    """(k,) true for those who are first as things were chosen."""

    def __call__(self, points: Floats) -> Floats:
        """Answer for points of the unit cube.

        Parameters
        ----------
        points : (s, d) array

        Returns
        -------
        (s,) array
        """
        return np.array([self._answer(setting) for setting in self.inputs.settings(points)])

    def _answer(self, setting: Settings) -> float:
        found = scores(self.inputs, self.ways, setting)
        if self.place is not None:
            return float((found.rank if self.of == "rank" else found.score)[self.place])
        stays = self.leaders & (found.rank == 1)
        starts = self.inputs.problem.starts
        return float(
            stays.any() if starts is None else np.logical_or.reduceat(stays, starts).mean()
        )


def scores(inputs: Inputs, ways: list[list[Way]], setting: Settings) -> Scores:
    """Score and rank the actors in one way to make every choice.

    Parameters
    ----------
    inputs : Inputs
        Who they are and what they answered.
    ways : list of list of Way
        As :func:`ways_of` makes them.
    setting : Settings
        The choices made.

    Returns
    -------
    Scores

    Raises
    ------
    MethodError
        If the method cannot take the values.
    """
    problem, way = inputs.problem, ways[setting.normalization][setting.method]
    values = problem.values(
        setting.low, setting.high, setting.logs, setting.unknown, setting.places
    )
    block = Block(problem.actors, problem.names, setting.weights, None, problem.starts)
    try:
        return way.score(values, block)
    except MethodError as error:
        refused = Finding("sensitivity.refused", {"method": way.method.name})
        raise MethodError([refused, *error.findings]) from None
