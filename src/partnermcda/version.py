"""The version, for the package and for everything it writes."""

from typing import Final

__version__: Final = "0.1.0"
