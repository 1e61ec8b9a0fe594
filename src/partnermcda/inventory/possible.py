"""What each column of an inventory can hold, and whether one plainly holds nothing else."""

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import pandera.pandas as pa
import pyarrow
import pyarrow.compute as pc

from partnermcda.catalog import Catalog, Scale
from partnermcda.core.arrays import Floats
from partnermcda.inventory.cells import as_text

TEXT: Final = pd.StringDtype("pyarrow")


@dataclass(frozen=True, slots=True)
class Possible:
    """What a column of an inventory can hold."""

    dtype: Any
    """Its type."""
    required: bool = False
    """Whether it must say something in every row."""
    words: tuple[str, ...] | None = None
    """What can be said; anything if None."""
    scale: Scale | None = None
    """Where its numbers lie."""

    def column(self) -> pa.Column:
        """Say it to pandera, which finds and words what is wrong."""
        checks: list[Any] = [pa.Check.ne("")] if self.required else []
        if self.words is not None:
            checks.append(pa.Check.isin(self.words))
        if self.scale is not None:
            low = pa.Check.gt if _is_open(self.scale) else pa.Check.ge
            high = pa.Check.lt if math.isinf(self.scale.maximum) else pa.Check.le
            checks += [low(self.scale.minimum), high(self.scale.maximum)]
        nullable = not self.required and self.dtype != np.dtype(bool)
        return pa.Column(self.dtype, checks or None, nullable=nullable)

    def plainly_holds(self, column: pd.Series) -> bool:
        """Tell whether a column is plainly sound; if not, it may be so all the same."""
        if self.dtype != column.dtype:
            return False
        if self.scale is not None:
            return _plainly_within(column.to_numpy(), self.scale)
        return self.dtype != TEXT or self._plainly_says(as_text(column))

    def _plainly_says(self, texts: Any) -> bool:
        if self.required:
            empty = pc.any(pc.equal(pc.binary_length(texts), 0)).as_py()
            return not texts.null_count and not empty
        if self.words is None or texts.null_count == len(texts):
            return True
        said = pc.is_in(texts, value_set=pyarrow.array(self.words, texts.type))
        return bool(said.true_count == len(texts) - texts.null_count)


def possible_columns(catalog: Catalog) -> dict[str, Possible]:
    """Say what each column of an inventory can hold.

    Parameters
    ----------
    catalog : Catalog

    Returns
    -------
    dict of str to Possible
        Of every column of an inventory.
    """
    types = tuple(kind.id for kind in catalog.actor_types)
    return {
        **dict.fromkeys(("actor_id", "actor", "city"), Possible(TEXT, required=True)),
        "actor_type": Possible(TEXT, words=types),
        **{c.id: _numbers(c.possible) for c in catalog.criteria},
        **{flag.id: Possible(pd.BooleanDtype()) for flag in catalog.flags},
        **{g.id: Possible(TEXT, words=tuple(t.id for t in g.tiers)) for g in catalog.gates},
        **{
            a.id: Possible(TEXT) if a.possible is None else _numbers(a.possible)
            for a in catalog.attributes
        },
        "outside": Possible(np.dtype(bool)),
    }


def _numbers(scale: Scale) -> Possible:
    return Possible(np.dtype(float), scale=scale)


def _is_open(scale: Scale) -> bool:
    """Whether the least number is itself not possible."""
    return scale.above or math.isinf(scale.minimum)


def _plainly_within(numbers: Floats, scale: Scale) -> bool:
    # What is not known is NaN, which these pass over.
    least = np.fmin.reduce(numbers, initial=np.inf)
    most = np.fmax.reduce(numbers, initial=-np.inf)
    low = least > scale.minimum if _is_open(scale) else least >= scale.minimum
    return bool(low and (most < np.inf if math.isinf(scale.maximum) else most <= scale.maximum))
