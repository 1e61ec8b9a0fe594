"""Several methods on the same actors."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from partnermcda.comparing.comparison import Comparison
from partnermcda.comparing.notes import flat, middle
from partnermcda.core.arrays import Floats
from partnermcda.errors import Finding, MethodError
from partnermcda.matrix import DecisionMatrix, ValueMatrix
from partnermcda.methods import Method, as_method
from partnermcda.ranking import Ranking
from partnermcda.ranking.contest import as_contest
from partnermcda.ranking.ranks import score_contest
from partnermcda.weights import Weights


def compare(
    values: Ranking | ValueMatrix | DecisionMatrix,
    weights: Weights | Mapping[str, float] | Sequence[float] | Floats | None = None,
    methods: str | Method | Sequence[str | Method] = ("topsis", "weighted_sum"),
) -> Comparison:
    """Rank the same actors by several methods.

    Parameters
    ----------
    values : Ranking, ValueMatrix or DecisionMatrix
        A ranking, whose weights and options hold; or values.
    weights : Weights, mapping of str to float, or (n,) array, optional
        One weight per criterion of the values.
    methods : str, Method, or sequence of them
        See :func:`partnermcda.method`: ours or pymcdm's, each with its own scale.

    Returns
    -------
    Comparison
        With correlations, agreement on the best, and a consensus.

    Raises
    ------
    MethodError
        If there are no methods, one is named twice or not offered, or one cannot take these values:
        all of them at once.
    WeightsError
        If values come without weights, or weights do not fit them.

    Notes
    -----
    Values that are not known count with their central value where a method is on the fixed scale;
    methods that measure actors by one another refuse them. The notes count such values, and the
    cities that correlations pass over, as some method tells nobody apart there.

    Examples
    --------
    >>> import partnermcda as pm
    >>> phones = pm.DecisionMatrix([[250, 3], [200, 2], [300, 4]], criteria=["price", "memory"],
    ...                            benefit=[False, True], alternatives=["x", "y", "z"])
    >>> found = compare(phones, [1, 1], methods=["topsis_observed", "vikor", "edas"])
    >>> found.ranks[0], found.correlations("ws").round(2)[0]
    (array([2, 3, 1]), array([1.  , 0.34, 1.  ]))
    """
    contest = as_contest(values, weights)
    names: list[str] = []
    found = []
    faults: list[Finding] = []
    for one in (methods,) if isinstance(methods, (str, Method)) else methods:
        try:
            method = as_method(one)
            names.append(method.name)
            found.append(score_contest(replace(contest, method=method)))
        except MethodError as error:
            faults += error.findings
    if len(set(names)) < len(names) or not (names or faults):
        faults.append(Finding("compare.methods", {"names": ", ".join(names) or "–"}))
    if faults:
        raise MethodError(faults)
    ranks = np.array([one.rank for one in found])
    return Comparison(
        contest=contest,
        methods=tuple(names),
        scores=np.array([one.score for one in found]),
        ranks=ranks,
        notes=middle(contest) + flat(contest, ranks),
    )
