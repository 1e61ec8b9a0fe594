"""What the figures were measured on."""

import os
import platform
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from benchmarks.peers.contenders import releases
from benchmarks.peers.limit import THREADS

SLOWING = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
DISABLED = "NPY_DISABLE_CPU_FEATURES"
CACHES = Path("/sys/devices/system/cpu/cpu0/cache")


def describe() -> str:
    """Machine, releases and threads, as lines of the page."""
    return "\n".join(
        (
            f"- Measured {datetime.now(UTC):%Y-%m-%d}: {_processor()}, {THREADS} cores at hand, "
            f"{_caches()}, {_memory()} of memory; {platform.system()}, "
            f"Python {platform.python_version()}.",
            "- " + ", ".join(f"{name} {release}" for name, release in releases().items()) + ".",
            f"- Threads: {THREADS} for partnermcda, for reading memory, and for each library that "
            "has its own.",
            f"- Linear algebra: {_algebra()}.",
            f"- `{DISABLED}`: {os.environ.get(DISABLED, 'not set')}.",
        )
    )


def _fields(path: Path) -> dict[str, str]:
    """Lines of `name : value`, the first of each name."""
    if not path.exists():
        return {}
    lines = [line.partition(":") for line in path.read_text(encoding="utf-8").splitlines()]
    return {name.strip(): value.strip() for name, _, value in reversed(lines)}


def _processor() -> str:
    fields = _fields(Path("/proc/cpuinfo"))
    name = fields.get("model name") or platform.processor() or platform.machine()
    wide = " with AVX-512" if "avx512f" in fields.get("flags", "").split() else ""
    kind = ", ".join(f"{key} {fields[key]}" for key in ("cpu family", "model") if key in fields)
    return f"{name} ({platform.machine()}{', ' * bool(kind)}{kind}){wide}"


def _caches() -> str:
    found = [
        f"L{_read(folder / 'level')} {_read(folder / 'size')}"
        for folder in sorted(CACHES.glob("index*"))
        if _read(folder / "type") != "Instruction"
    ]
    return f"caches {', '.join(found)}" if found else "caches not told"


def _read(path: Path) -> str:
    return path.read_text(encoding="ascii").strip() if path.exists() else "?"


def _memory() -> str:
    total = _fields(Path("/proc/meminfo")).get("MemTotal")
    return f"{int(total.split()[0]) / 2**20:.0f} GiB" if total else "an unknown size"


def _algebra() -> str:
    if not find_spec("threadpoolctl"):
        return "not told (threadpoolctl is not installed)"
    from threadpoolctl import threadpool_info

    found = {
        " ".join(str(p[k]) for k in ("internal_api", "version", "architecture") if p.get(k))
        + f" with {p['num_threads']} threads"
        for p in threadpool_info()
    }
    return "; ".join(sorted(found)) or "none loaded"
