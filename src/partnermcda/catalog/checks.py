"""Whether a catalog means something: what its form alone cannot say.

All checks run on plain data, see :mod:`partnermcda.catalog.plain`, and tell every fault they find.
"""

from collections.abc import Iterable
from typing import Any

from pydantic_core import PydanticCustomError

from partnermcda.catalog.check_names import name_faults, synonym_faults
from partnermcda.catalog.check_numbers import number_faults
from partnermcda.catalog.check_references import (
    derivation_faults,
    engagement_faults,
    type_faults,
)
from partnermcda.catalog.plain import Fault


def meaning_faults(data: Any) -> list[Fault]:
    """Everything in a catalog's data that its form allows and its meaning does not.

    Parameters
    ----------
    data : mapping
        A catalog as plain data; parts that are misshapen are passed over.

    Returns
    -------
    list of (place, code, details)
        Place in the data, key of the sentence, fields of the sentence.

    Examples
    --------
    >>> criterion = {"id": "reach", "low": 5, "high": 1}
    >>> faults = meaning_faults({"pillars": [{"id": "access", "criteria": [criterion]}]})
    >>> [(place, code) for place, code, _ in faults]
    [(('pillars', 0, 'criteria', 0, 'low'), 'catalog.bounds_reversed')]
    """
    checks = (
        *(name_faults, synonym_faults, number_faults),
        *(type_faults, engagement_faults, derivation_faults),
    )
    return [fault for check in checks for fault in check(data)]


def refuse(faults: Iterable[Fault]) -> None:
    """Refuse a model with faults.

    Parameters
    ----------
    faults : iterable of (place, code, details)

    Raises
    ------
    PydanticCustomError
        Of type ``findings``, if there are any.
    """
    found = list(faults)
    if found:
        raise PydanticCustomError("findings", "faults of meaning", {"findings": found})
