"""What methods can be told: each parameter with its default, and its form in a text."""

import ast
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from partnermcda.errors import Finding, MethodError, short


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that a method can be told."""

    default: Any
    """What holds where nothing is said."""
    read: Callable[[Any], Any]
    """Brings what is said into its form; raises TypeError or ValueError if it has none."""
    fault: str
    """Key of the sentence about what has none."""
    choices: tuple[str, ...] = ()
    """What can be chosen, where that is a list of names."""


def share(value: Any) -> float:
    """Read a number from 0 to 1."""
    if isinstance(value, bool) or not 0 <= float(value) <= 1:
        raise ValueError
    return float(value)


def norm(value: Any) -> float:
    """Read a norm of distances: 1, 2 or infinity."""
    if isinstance(value, bool) or float(value) not in (1, 2, math.inf):
        raise ValueError
    return math.inf if math.isinf(float(value)) else int(value)


def one_of(choices: tuple[str, ...]) -> Callable[[Any], Any]:
    """Read one of some names, or a name for each criterion."""

    def read(value: Any) -> Any:
        if isinstance(value, str):
            return choices[choices.index(value)]
        return tuple(choices[choices.index(one)] for one in value)

    return read


def threshold(value: Any) -> Any:
    """Read a difference, or one for each criterion; None where there is none."""
    if value is None:
        return None
    if isinstance(value, Sequence | np.ndarray) and not isinstance(value, str):
        return tuple(threshold(one) for one in value)
    if isinstance(value, bool) or not 0 <= float(value) < math.inf:
        raise ValueError
    return float(value)


def read_all(
    method: str, parameters: Mapping[str, Parameter], given: Mapping[str, Any]
) -> dict[str, Any]:
    """Read what a method is told.

    Parameters
    ----------
    method : str
        Name of the method.
    parameters : mapping of str to Parameter
        What it can be told.
    given : mapping of str to object
        What it is told.

    Returns
    -------
    dict of str to object
        Every parameter, those of which nothing is said with their default.

    Raises
    ------
    MethodError
        If there is no such parameter, or a value has not its form: all that is wrong at once.
    """
    names = ", ".join(parameters) or "–"
    findings = [
        Finding("method.parameter", {"method": method, "parameter": name, "names": names})
        for name in given
        if name not in parameters
    ]
    read = {name: parameter.default for name, parameter in parameters.items()}
    for name in parameters.keys() & given.keys():
        try:
            read[name] = parameters[name].read(given[name])
        except (TypeError, ValueError, OverflowError):
            findings.append(_misread(method, name, parameters[name], given[name]))
    if findings:
        raise MethodError(findings)
    return read


def written(method: str, parameters: Mapping[str, Any]) -> str:
    """Write a method with its parameters.

    Parameters
    ----------
    method : str
        Name of the method.
    parameters : mapping of str to object
        What it is told; what is None is left out.

    Returns
    -------
    str

    Examples
    --------
    >>> written("promethee_ii", {"preference_function": ("usual", "linear"), "p": (None, 4.0)})
    'promethee_ii(preference_function=(usual, linear), p=(None, 4))'
    """
    told = [f"{name}={_text(value)}" for name, value in parameters.items() if value is not None]
    return f"{method}({', '.join(told)})" if told else method


def parse(text: str) -> tuple[str, dict[str, Any]]:
    """Read a method as it is written.

    Parameters
    ----------
    text : str
        A name, or a name with parameters as :func:`written` gives it.

    Returns
    -------
    name : str
        The whole text where it has another form.
    parameters : dict of str to object

    Examples
    --------
    >>> parse("vikor(v=0.3)"), parse("topsis")
    (('vikor', {'v': 0.3}), ('topsis', {}))
    """
    try:
        call = ast.parse(text, mode="eval").body
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and not call.args:
            return call.func.id, {str(k.arg): _value(k.value) for k in call.keywords}
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return text, {}
    return text, {}


def _value(node: ast.expr) -> Any:
    """Take a bare name as a text: ``inf``, ``vector``."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Tuple):
        return tuple(_value(one) for one in node.elts)
    return ast.literal_eval(node)


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return f"({', '.join(_text(one) for one in value)}{',' * (len(value) == 1)})"
    return str(value).removesuffix(".0")


def _misread(method: str, name: str, parameter: Parameter, value: Any) -> Finding:
    choices = ", ".join(parameter.choices)
    details = {"method": method, "parameter": name, "choices": choices}
    return Finding(parameter.fault, details, value=short(value))
