"""All the weights that agree with what is known of them, and draws from these."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np

from partnermcda.core.arguments import one_of
from partnermcda.core.arrays import Floats
from partnermcda.core.weight_space import as_generator, rng_faults, size_faults
from partnermcda.core.weight_space.proposals import candidates, kept
from partnermcda.core.weight_space.region import Region
from partnermcda.core.weight_space.sources import BLOCK, random_points
from partnermcda.core.weight_space.walk import Walked, walk
from partnermcda.errors import Finding, WeightsError, capped
from partnermcda.weighing.conflicts import inner_weights
from partnermcda.weighing.draws import WeightDraws
from partnermcda.weighing.space_statements import Constraint, Said

Points = Literal["random", "sobol"]


@dataclass(frozen=True, slots=True, eq=False)
class WeightSpace:
    """Weights of which no more is known than an order, bounds, and linear statements.

    Raises
    ------
    WeightsError
        With every fault of what is said; otherwise, if no weights agree with all of it or these
        have no room, with as few statements as can be found that clash.

    Notes
    -----
    A statement that is an equation leaves one dimension less, and so does a weight with two equal
    bounds. Equalities that only follow from inequalities are refused: they are mistakes as a rule,
    and can be said outright.

    Examples
    --------
    >>> space = WeightSpace(("cost", "reach", "speed"), order=[("cost", "reach", "speed")])
    >>> space.draw(10_000, 7).values.mean(axis=0).round(2)
    array([0.61, 0.28, 0.11])
    """

    names: tuple[str, ...]
    """Criteria."""
    order: Sequence[Sequence[str]] = ()
    """Chains of names, each criterion counting at least as much as the next; any partial order."""
    lower: Mapping[str, float] = field(default_factory=dict)
    """Least weights, from 0 to 1, of criteria that have one."""
    upper: Mapping[str, float] = field(default_factory=dict)
    """Largest weights; one that is equal to the least fixes the weight."""
    constraints: Sequence[Constraint] = ()
    """Linear statements: ``({"cost": 1, "reach": -2}, ">=", 0)`` says that cost counts at least
    twice as much as reach. Also ``"<="`` and ``"=="``."""
    _inner: Floats = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(self.names))
        said = self._said
        faults = list(said.faults())
        if faults:
            raise WeightsError(capped(faults))
        for given in ("lower", "upper"):
            object.__setattr__(self, given, dict(getattr(self, given)))
        object.__setattr__(self, "_inner", inner_weights(said.statements(), len(self.names)))

    def __len__(self) -> int:
        return len(self.names)

    def draw(
        self,
        size: int,
        rng: np.random.Generator | int,
        *,
        sequence: Points = "random",
    ) -> WeightDraws:
        """Draw weights, each as likely as any other that agrees with all that is said.

        Parameters
        ----------
        size : int
            Number s of draws.
        rng : numpy.random.Generator or int
            Where the random numbers come from, or a seed. The first rows of a longer draw from a
            seed are those of a shorter one.
        sequence : {"random", "sobol"}
            Independent draws, or a scrambled Sobol' sequence, which covers the weights more evenly
            and is best in powers of two.

        Returns
        -------
        WeightDraws
            Its notes tell whether draws are exactly uniform, or come from a random walk and how
            well that mixed.

        Raises
        ------
        WeightsError
            If `size` or `rng` cannot be used, a random walk does not mix, or a Sobol' sequence is
            asked for where only a walk comes through.
        MethodError
            If there is no such sequence.

        Notes
        -----
        As :func:`partnermcda.core.draw_weights` draws in an order and within bounds; what does not
        agree with the other statements is drawn again. Equations always take a walk.
        """
        one_of("draws.sequence", sequence, get_args(Points))
        faults = [*size_faults(size), *rng_faults(rng)]
        if faults:
            raise WeightsError(faults)
        generator = as_generator(rng)
        found = self._kept(size, generator, sequence)
        if found is not None:
            return WeightDraws(self.names, found, "uniform", tuple(_notes(found, sequence)))
        if sequence == "sobol":
            raise WeightsError(Finding("draws.sobol_walk"))
        walked = walk(self._region, self._inner, size, generator, self._equations)
        return WeightDraws(self.names, walked.weights, "uniform", (_walk_note(walked, size),))

    @property
    def _said(self) -> Said:
        return Said(self.names, self.order, self.lower, self.upper, self.constraints)

    @property
    def _equations(self) -> Floats:
        return np.reshape([one.row for one in self._said.linear() if one.equal], (-1, len(self)))

    @property
    def _region(self) -> Region:
        said = self._said
        loose = [one for one in said.linear() if not one.equal]
        rows = np.reshape([one.row for one in loose], (-1, len(self)))
        most = np.array([one.most for one in loose])
        return Region.of(len(self), said.pairs(), *said.bounds(), rows, most)

    def _kept(self, size: int, generator: np.random.Generator, sequence: str) -> Floats | None:
        if len(self._equations):
            return None
        points = random_points(generator) if sequence == "random" else _sobol_points(generator)
        region = self._region
        return kept(candidates(region, points), region, size)


def _sobol_points(generator: np.random.Generator) -> Callable[[int], Iterator[Floats]]:
    from scipy.stats.qmc import Sobol

    def points(dimensions: int) -> Iterator[Floats]:
        engine = Sobol(dimensions, scramble=True, seed=generator)
        while True:
            yield engine.random(BLOCK)

    return points


def _notes(drawn: Floats, sequence: str) -> Iterator[Finding]:
    size = len(drawn)
    yield Finding("draws.exact")
    if sequence == "sobol":
        yield Finding("draws.sobol")
        if size & (size - 1):
            yield Finding("draws.sobol_size", {"size": size, "next": 1 << size.bit_length()})


def _walk_note(walked: Walked, size: int) -> Finding:
    mixing = walked.mixing
    worth = round(mixing.effective * size)
    return Finding("draws.walk", {"r_hat": mixing.r_hat, "size": size, "worth": worth})
