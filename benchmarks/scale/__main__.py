"""Measure registers of ten thousand to a hundred million actors, and prove their rankings alike.

python -m benchmarks.scale --folder scratch                            # all of it: hours
python -m benchmarks.scale --folder scratch --only curve --most 10000000
python -m benchmarks.scale --folder scratch --only equality
python -m benchmarks.scale --folder scratch --only kills
python -m benchmarks.scale --folder scratch --only workers
"""

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.peers import machine
from benchmarks.scale import curve, equality, kills, report, workers

PARTS = {
    "curve": curve.run,
    "equality": equality.run,
    "kills": kills.run,
    "workers": workers.run,
}


def main() -> None:
    parser = argparse.ArgumentParser("benchmarks.scale", description=__doc__.partition("\n")[0])
    parser.add_argument("--folder", type=Path, required=True, help="where there is room for data")
    parser.add_argument("--only", choices=PARTS, help="one part")
    parser.add_argument("--most", type=int, default=100_000_000, help="most rows of a register")
    parser.add_argument("--results", type=Path, help="write the figures here, as JSON")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    found: dict[str, Any] = {"machine": machine.describe()}
    for name, run in PARTS.items():
        if options.only not in (None, name):
            continue
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            found[name] = run(Path(folder), options.most)
        if options.results:
            options.results.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(f"{found['machine']}\n\n{report.page(found)}")


if __name__ == "__main__":
    main()
