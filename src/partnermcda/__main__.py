"""Where the command line begins."""

import sys


def main() -> None:
    """Run the command line; an interrupt ends it quietly, even while it is still loading."""
    try:
        from partnermcda.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
