"""How much of a ranking hangs on the choices that made it."""

from partnermcda.sensitivity.analysis import global_sensitivity
from partnermcda.sensitivity.choices import Choices
from partnermcda.sensitivity.indices import Indices
from partnermcda.sensitivity.result import Sensitivity

__all__ = ["Choices", "Indices", "Sensitivity", "global_sensitivity"]
