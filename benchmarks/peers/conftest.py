"""Where numba is not installed, the loops written for it cannot even be read."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("numba") else ["compiled.py"]
