"""Race all libraries that are installed, and write what came of it into the page.

python -m benchmarks.peers                     # all of it, into docs/benchmarks.md
python -m benchmarks.peers --quick             # everything once, tiny, to the screen
python -m benchmarks.peers --only one-city     # one section, to the screen
"""

import argparse
import gc
import os
import sys
from pathlib import Path

from benchmarks.peers import clock, curves, machine, memory, report
from benchmarks.peers.contenders import installed
from benchmarks.peers.results import Results
from benchmarks.peers.sections import SECTIONS, Section

DOCS = Path(__file__).parents[2] / "docs"


def main() -> None:
    parser = argparse.ArgumentParser("benchmarks.peers", description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="everything once, tiny, to the screen")
    names = [section.name for section in SECTIONS]
    parser.add_argument("--only", choices=names, help="one section, to the screen")
    options = parser.parse_args()
    unburdened()
    results = Results()
    for section in SECTIONS:
        if options.only in (None, section.name):
            measure(section, results, quick=options.quick)
    parts = report.pages(results, quick=options.quick)
    pictures = {} if options.only else curves.draw(quick=options.quick)
    if options.quick or options.only:
        print("\n\n".join(part for part in parts.values() if part))
        return
    for name, picture in pictures.items():
        (DOCS / f"benchmarks-{name}.svg").write_text(picture, encoding="utf-8")
    report.fill(DOCS / "benchmarks.md", parts)


def unburdened() -> None:
    """Begin anew without the settings that have OpenBLAS run another processor's code."""
    if any(name in os.environ for name in machine.SLOWING):
        kept = {key: value for key, value in os.environ.items() if key not in machine.SLOWING}
        os.execve(sys.executable, [*sys.orig_argv], kept)  # noqa: S606


def measure(section: Section, results: Results, *, quick: bool) -> None:
    """Time every problem of a section, and measure its memory."""
    for size in section.quick if quick else section.sizes:
        tell(str(size))
        problem = size.make()
        runners = section.runners(size)
        given = {"seconds": 0.01, "fewest": 1} if quick else {"seconds": 2.0}
        results.times[size] = clock.race(problem, runners, **given)
        del problem, runners
        gc.collect()
    for size in section.memory if memory.MEASURABLE and not quick else ():
        for contender in installed(section.contenders(size)):
            if results.time(size, contender.name).size != size:
                continue
            tell(f"memory: {size}, {contender.name}")
            taken = memory.beyond(section.name, size, contender.name)
            results.memory[size, contender.name] = taken


def tell(what: str) -> None:
    """Say on the screen what is under way."""
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
