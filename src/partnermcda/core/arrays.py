"""Names for arrays. The shape stands in each docstring.

Letters: m actors, n criteria, s weight vectors, k judges, c cities, always in this order of axes.
"""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
Texts: TypeAlias = NDArray[Any]
