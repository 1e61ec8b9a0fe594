"""What is told of an inventory's reading: how much each criterion got, and what was done."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import pandas as pd

from partnermcda.errors import Finding, InventoryError


@dataclass(frozen=True, slots=True)
class CriterionCount:
    """How many answers a criterion got, of the actors that are candidates."""

    criterion: str
    """Id of the criterion."""
    source: str
    """Column it came from; with its denominator as ``column / per``; empty if from nowhere."""
    known: int
    """Actors whose answer is known."""
    unknown: int
    """Actors whose answer is not known."""
    limited: int = 0
    """Answers a mapping's limits cut or set to not known."""
    zero_denominators: int = 0
    """Answers not known because the denominator was zero."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How an inventory was read; see :func:`reading_of`."""

    file: str
    """File as the user named it; empty for a frame."""
    sheet: str
    """Sheet of a workbook."""
    facts: Mapping[str, str]
    """What was recognized about the file, as its encoding."""
    rows: int
    """Rows read, all of them in the frame."""
    outside: int
    """Rows outside what a mapping keeps; they are in the frame and are not candidates."""
    criteria: tuple[CriterionCount, ...]
    """One count per criterion of the catalog, in its order."""
    notes: tuple[Finding, ...]
    """What was done and the user should know."""
    mapping: str = ""
    """Name of the mapping; empty if there is none."""
    mapping_version: str = ""
    """Version of the mapping."""
    mapping_sha256: str = ""
    """Hash of the mapping."""


def reading_of(inventory: pd.DataFrame) -> Reading:
    """Tell how an inventory was read.

    Parameters
    ----------
    inventory : DataFrame
        As :func:`partnermcda.read_inventory` returned it, or a part of it.

    Returns
    -------
    Reading

    Raises
    ------
    InventoryError
        If the frame was not read by :func:`partnermcda.read_inventory`.

    Examples
    --------
    >>> import partnermcda as pm
    >>> actors = pd.DataFrame({"actor_id": ["1"], "actor": ["Ada"], "actor_type": ["ngo"],
    ...                        "city": ["Dakar"], "res_data": [4]})
    >>> reading = reading_of(pm.read_inventory(actors, pm.load_catalog("urban-services")))
    >>> reading.rows, [count.criterion for count in reading.criteria if count.known]
    (1, ['res_data'])
    """
    told = inventory.attrs.get("reading")
    if told is None:
        raise InventoryError(Finding("inventory.not_read"))
    criteria = tuple(CriterionCount(**count) for count in told["criteria"])
    notes = tuple(Finding(**note) for note in told["notes"])
    return Reading(**{**told, "criteria": criteria, "notes": notes})


def note_reading(inventory: pd.DataFrame, reading: Reading) -> None:
    """Leave word in a frame of how it was read.

    Parameters
    ----------
    inventory : DataFrame
        The checked frame.
    reading : Reading
        How it was read.
    """
    # Plain data, as pandas writes the attributes of a frame as JSON when the frame is saved.
    inventory.attrs["reading"] = asdict(reading)
