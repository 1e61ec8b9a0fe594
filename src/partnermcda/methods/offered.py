"""The methods there are, by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from partnermcda.errors import Finding, MethodError
from partnermcda.methods import foreign, ours
from partnermcda.methods.model import Method, Score
from partnermcda.methods.parameters import (
    Parameter,
    norm,
    one_of,
    parse,
    read_all,
    share,
    threshold,
    written,
)


@dataclass(frozen=True, slots=True)
class _Offer:
    """A method before its parameters are known."""

    make: Callable[..., Score]
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    higher_is_better: bool = True
    fixed_scale: bool = False


def _choice(default: str, choices: tuple[str, ...]) -> Parameter:
    return Parameter(default, one_of(choices), "method.choice", choices)


_HALF: Final = Parameter(0.5, share, "method.share")
_DIFFERENCE: Final = Parameter(None, threshold, "method.threshold")
_OBSERVED: Final = {
    "normalization": _choice("vector", ours.NORMALIZATIONS),
    "p": Parameter(2, norm, "method.norm"),
}
_PAIRS: Final = {
    "preference_function": _choice("usual", tuple(foreign.PREFERENCES)),
    "p": _DIFFERENCE,
    "q": _DIFFERENCE,
}

METHODS: Final[Mapping[str, _Offer]] = MappingProxyType(
    {
        "topsis": _Offer(ours.topsis, fixed_scale=True),
        "topsis_observed": _Offer(ours.topsis_observed, _OBSERVED),
        "weighted_sum": _Offer(ours.weighted_sum, fixed_scale=True),
        "weighted_product": _Offer(ours.weighted_product, fixed_scale=True),
        "vikor": _Offer(ours.vikor, {"v": _HALF}, higher_is_better=False),
        "promethee_ii": _Offer(foreign.promethee_ii, _PAIRS),
        "marcos": _Offer(foreign.marcos),
        "copras": _Offer(ours.copras),
        "waspas": _Offer(foreign.waspas, {"l": _HALF}),
        "edas": _Offer(foreign.edas),
        "aras": _Offer(foreign.aras),
        "moora": _Offer(ours.moora),
    }
)
"""Every method offered has a published case that it meets."""


def method(name: str, **parameters: Any) -> Method:
    """Make a method: ours, or one of pymcdm's.

    Parameters
    ----------
    name : str
        ``"topsis"``, ``"weighted_sum"`` and ``"weighted_product"`` on the fixed scale from 0
        to 1; ``"topsis_observed"``, ``"vikor"``, ``"promethee_ii"``, ``"marcos"``, ``"copras"``,
        ``"waspas"``, ``"edas"``, ``"aras"`` and ``"moora"``, which measure actors by one another.
    **parameters
        What the method can be told: ``normalization`` ("vector", "minmax", "total", "peak") and
        ``p`` (1, 2, inf) of topsis_observed; ``v`` of vikor, the weight of S; ``l`` of waspas, the
        weight of the sum (the literature's lambda); ``preference_function`` ("usual", "vshape",
        "linear"), ``p`` and ``q`` of promethee_ii, each one for all criteria or one for each.

    Returns
    -------
    Method

    Raises
    ------
    MethodError
        If there is no such method or parameter, or a value does not fit.

    Examples
    --------
    >>> import numpy as np
    >>> import partnermcda as pm
    >>> vikor = pm.method("vikor", v=0.3)
    >>> vikor.name, vikor.higher_is_better
    ('vikor(v=0.3)', False)
    >>> x = np.array([[1, 3000], [2, 3750], [5, 4500]])
    >>> vikor.score(x, np.array([0.5, 0.5]), np.array([False, True]))
    array([1., 0., 1.])
    """
    if name not in METHODS:
        raise MethodError(Finding("method.unknown", {"name": name, "names": ", ".join(METHODS)}))
    offer = METHODS[name]
    told = read_all(name, offer.parameters, parameters)
    return Method(
        name=written(name, told),
        score=offer.make(**told),
        higher_is_better=offer.higher_is_better,
        fixed_scale=offer.fixed_scale,
    )


TOPSIS: Final = method("topsis")
TOPSIS_OBSERVED: Final = method("topsis_observed")
WEIGHTED_SUM: Final = method("weighted_sum")
WEIGHTED_PRODUCT: Final = method("weighted_product")


def as_method(given: str | Method) -> Method:
    """Find the method that a user or a result names.

    Parameters
    ----------
    given : str or Method
        A method, or its name, with or without parameters.

    Returns
    -------
    Method

    Raises
    ------
    MethodError
        If there is no such method.

    Examples
    --------
    >>> as_method("vikor(v=0.3)").name
    'vikor(v=0.3)'
    """
    if isinstance(given, Method):
        return given
    name, parameters = parse(given)
    return method(name, **parameters)


def parameters_of(method: Method) -> tuple[str, dict[str, Any]]:
    """Tell which of our own methods this is, with all its parameters.

    Parameters
    ----------
    method : Method

    Returns
    -------
    name : str
        As :func:`method` takes it; empty where the method is not computed by this library.
    parameters : dict of str to object

    Examples
    --------
    >>> parameters_of(TOPSIS_OBSERVED)
    ('topsis_observed', {'normalization': 'vector', 'p': 2})
    """
    name, parameters = parse(method.name)
    # A user's own method may carry the name of one of ours.
    if name not in METHODS or getattr(method.score, "__module__", "") != ours.__name__:
        return "", {}
    return name, read_all(name, METHODS[name].parameters, parameters)
