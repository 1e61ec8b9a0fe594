"""From independent uniform numbers to weights, which are not independent of one another."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from partnermcda.catalog import Catalog
from partnermcda.core.arrays import Floats, Ints
from partnermcda.core.weight_space import weights_from_uniforms
from partnermcda.sensitivity.choices import Choices
from partnermcda.weights import Weights


@dataclass(frozen=True, slots=True, eq=False)
class WeightInputs:
    """What weights of n columns are drawn from."""

    given: Floats
    """(n,) weights as they were chosen."""
    kind: str
    """Between which weights the choice is."""
    concentration: float | None
    pillars: Mapping[str, list[int]]
    """Columns of each pillar."""
    orientations: Floats
    """(o, n) weights of the catalog's orientations."""

    @property
    def groups(self) -> dict[str, int]:
        """Names of the choices, with how many uniform numbers are behind each."""
        sizes = {
            "any": {"weights": len(self.given) - 1},
            "around": {"weights": int((self.given > 0).sum()) - 1},
            "pillars": {"pillars": len(self.pillars) - 1}
            | {f"within {pillar}": len(columns) - 1 for pillar, columns in self.pillars.items()},
            "orientations": {"orientation": int(len(self.orientations) > 1)},
            "given": {},
        }
        return {name: size for name, size in sizes[self.kind].items() if size}

    def read(self, u: Mapping[str, Floats], s: int) -> Floats:
        """Turn uniform numbers into weights.

        Parameters
        ----------
        u : mapping of str to (s, ·) array
            Uniform numbers of each group.
        s : int
            Number of weight vectors.

        Returns
        -------
        (s, n) array
        """
        if "orientation" in u:
            return self.orientations[cut(u["orientation"], len(self.orientations))]
        if self.kind == "pillars":
            return self._by_pillar(u, s)
        if "weights" not in u:
            return np.tile(self.given, (s, 1))
        if self.concentration is None:
            return weights_from_uniforms(u["weights"])
        weights = np.zeros((s, len(self.given)))
        counted = self.given > 0
        weights[:, counted] = around(u["weights"], self.concentration * self.given[counted])
        return weights

    def _by_pillar(self, u: Mapping[str, Floats], s: int) -> Floats:
        weights = np.ones((s, len(self.given)))
        shares = weights_from_uniforms(u["pillars"]) if "pillars" in u else np.ones((s, 1))
        for share, (pillar, columns) in zip(shares.T, self.pillars.items(), strict=True):
            within = u.get(f"within {pillar}")
            inside = np.ones((s, 1)) if within is None else weights_from_uniforms(within)
            weights[:, columns] = share[:, None] * inside
        return weights


def around(u: Floats, alpha: Floats) -> Floats:
    r"""Map uniform numbers to Dirichlet weights.

    Parameters
    ----------
    u : (s, n - 1) array
        Independent uniform numbers in [0, 1).
    alpha : (n,) array
        Parameters of the distribution, all above 0.

    Returns
    -------
    (s, n) array
        Each row summing to 1.

    Notes
    -----
    Breaks a stick: with :math:`v_j` the quantile :math:`u_j` of Beta(:math:`\alpha_j`,
    :math:`\sum_{k>j} \alpha_k`), :math:`w_j = v_j \prod_{k<j} (1 - v_k)` [1]_.

    References
    ----------
    .. [1] L. Devroye, "Non-Uniform Random Variate Generation", Springer, 1986, chapter XI,
       :doi:`10.1007/978-1-4613-8643-8`.

    Examples
    --------
    >>> around(np.array([[0.5], [0.75]]), np.array([1.0, 1.0]))
    array([[0.5 , 0.5 ],
           [0.75, 0.25]])
    """
    from scipy.special import betaincinv

    rest = np.cumsum(alpha[::-1])[::-1]
    broken: Floats = np.append(betaincinv(alpha[:-1], rest[1:], u), np.ones((len(u), 1)), axis=1)
    left = np.cumprod(1 - broken, axis=1)
    broken[:, 1:] *= left[:, :-1]
    return broken


def cut(u: Floats, parts: int) -> Ints:
    """Cut [0, 1) into equal parts, and tell in which each number lies.

    Parameters
    ----------
    u : (s, 1) array
        Uniform numbers.
    parts : int

    Returns
    -------
    (s,) array of int

    Examples
    --------
    >>> cut(np.array([[0.0], [0.5], [0.999]]), 3)
    array([0, 1, 2])
    """
    return np.minimum((u[:, 0] * parts).astype(np.int64), parts - 1)


def make_weights(
    catalog: Catalog, weights: Weights, choices: Choices, pillars: Mapping[str, list[int]]
) -> WeightInputs:
    """Gather what weights are drawn from.

    Parameters
    ----------
    catalog : Catalog
        Its orientations.
    weights : Weights
        Of the n columns judged.
    choices : Choices
        Between which weights the choice is.
    pillars : mapping of str to list of int
        Columns of each pillar.

    Returns
    -------
    WeightInputs
    """
    aside = set(catalog.entries) - set(weights.names)
    orientations = [catalog.weights(o.id).without(aside).values for o in catalog.orientations]
    return WeightInputs(
        given=weights.values,
        kind=choices.weights,
        concentration=choices.concentration,
        pillars=pillars,
        orientations=np.array(orientations),
    )
