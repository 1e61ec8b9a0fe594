"""What the levers rest on: who was left out, stopped or not asked, and what was not looked for."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from partnermcda.errors import Finding

if TYPE_CHECKING:
    import pandas as pd

    from partnermcda.engagement.result import Levers


def notes_of(found: "Levers", frame: "pd.DataFrame", size: int, unsought: int) -> Iterator[Finding]:
    """Tell what the levers of some actors rest on.

    Parameters
    ----------
    found : Levers
        Of m actors.
    frame : DataFrame
        The same actors.
    size : int
        Actors of the inventory, left out or not.
    unsought : int
        Actors whose partner was not looked for.

    Yields
    ------
    Finding
    """
    if size > len(found):
        yield Finding("engagement.outside", {"count": size - len(found)})
    for gate in (gate for gate in found.catalog.gates if gate.stops_levers):
        unasked = int(frame[gate.id].isna().sum())
        if unasked:
            yield Finding("engagement.unasked", {"count": unasked, "gate": gate.id})
    if found.stopped.any():
        yield Finding("engagement.stopped", {"count": int(np.count_nonzero(found.stopped))})
    conditional = found.conditional
    if conditional.any():
        details = {"count": int(np.count_nonzero(conditional)), "total": len(conditional)}
        yield Finding("engagement.conditional", details)
    if unsought:
        yield Finding("engagement.unsought", {"count": unsought})
    if (found.districts != "").any():
        yield Finding("engagement.districts")
