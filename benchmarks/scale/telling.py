"""Say on the screen what is under way."""

import sys


def tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
