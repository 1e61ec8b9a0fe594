"""Where the command line begins."""

import os
import signal
import sys
from typing import Final

_INTERRUPTED: Final = 130


def main() -> None:
    """Run the command line; an interrupt ends it quietly, even while it is still loading."""
    signal.signal(signal.SIGINT, lambda *_: os._exit(_INTERRUPTED))
    from partnermcda.cli import load
    from partnermcda.cli import main as run

    load(sys.argv[1:])
    # From here on files may be open, so an interrupt must let them be closed.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        run()
    except (KeyboardInterrupt, SystemExit) as end:
        if isinstance(end, KeyboardInterrupt) or end.code == _INTERRUPTED:
            # Where an interrupt has passed through code that was made of text, Python would end
            # itself by the signal, whatever the exit code.
            os._exit(_INTERRUPTED)
        raise


if __name__ == "__main__":
    main()
