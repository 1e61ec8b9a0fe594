"""Where the command line begins."""

import os
import signal
import sys


def main() -> None:
    """Run the command line; an interrupt ends it quietly, even while it is still loading."""
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    from partnermcda.cli import main as run

    # From here on files may be open, so an interrupt must let them be closed.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
