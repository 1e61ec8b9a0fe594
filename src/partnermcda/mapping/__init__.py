"""Mappings: how the columns of a register that is not ours answer a catalog's questions."""

from partnermcda.mapping.load import load_mapping
from partnermcda.mapping.model import (
    CriterionSource,
    Keep,
    NumberSource,
    Plan,
    RegisterMapping,
    TextSource,
)

__all__ = [
    "CriterionSource",
    "Keep",
    "NumberSource",
    "Plan",
    "RegisterMapping",
    "TextSource",
    "load_mapping",
]
