"""Figures as tables of the page."""

import re
from collections.abc import Iterable
from pathlib import Path

from benchmarks.peers import machine, targets
from benchmarks.peers.clock import Time
from benchmarks.peers.problems import Size
from benchmarks.peers.results import Results
from benchmarks.peers.sections import SECTIONS, Section

AGREES = 1e-9


def pages(results: Results, *, quick: bool) -> dict[str, str]:
    """Everything measured, by its place in the page."""
    sections = {s.name: section(s, results, quick=quick) for s in SECTIONS}
    return {"machine": machine.describe(), "targets": targets.table(results)} | sections


def fill(page: Path, parts: dict[str, str]) -> None:
    """Write each part between its two marks, and leave the rest of the page as it is."""
    text = page.read_text(encoding="utf-8")
    for name, part in parts.items():
        begin, end = f"<!-- measured: {name} -->", f"<!-- end: {name} -->"
        found = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        if len(found.findall(text)) != 1:
            raise SystemExit(f"{page} must hold {begin} … {end} once.")
        text = found.sub(lambda _, b=begin, p=part, e=end: f"{b}\n{p}\n{e}", text)
    page.write_text(text, encoding="utf-8")


def section(section: Section, results: Results, *, quick: bool) -> str:
    """One table a problem, and who could not take part."""
    sizes = section.quick if quick else section.sizes
    parts = [table(size, results) for size in sizes if size in results.times]
    absent = ", ".join(sorted(section.missing()))
    return "\n\n".join(
        [*parts, *([f"Not installed, so not measured: {absent}."] if absent else [])]
    )


def table(size: Size, results: Results) -> str:
    """Every contender's figures for one problem."""
    times = results.times[size]
    measured = any(key[0] == size for key in results.memory)
    limited = results.times_limit(size, times[0].name) is not None
    unit = _unit(size)
    head = ["", unit, "× ours", *(["× limit"] if limited else []), "difference"]
    head += ["MiB beyond"] if measured else []
    rows = [row(time, results, size, limited=limited, measured=measured) for time in times]
    rule = ["---", *["---:"] * (len(head) - 1)]
    cut = notes(size, times)
    lines = [_line(head), _line(rule), *map(_line, rows), *(["", cut] if cut else [])]
    return "\n".join((f"**{size}**", "", *lines))


def row(time: Time, results: Results, size: Size, *, limited: bool, measured: bool) -> list[str]:
    """One contender's figures."""
    cells = [time.name + ("*" if time.size != size else "")]
    value = time.seconds * 1e6 if size.m * size.draws < 1_000 else time.nanoseconds
    cells += [_short(value), _short(results.times_ours(size, time.name))]
    cells += [_short(results.times_limit(size, time.name))] if limited else []
    cells.append(_difference(time.difference))
    memory = results.memory.get((size, time.name))
    cells += [_short(memory / 2**20 if memory is not None else None)] if measured else []
    return cells


def notes(size: Size, times: Iterable[Time]) -> str:
    """Who was given less than the problem, and how much."""
    cut = {}
    for time in times:
        if time.size != size:
            cut.setdefault(time.size, []).append(time.name)
    told = [f"{', '.join(names)} on {_less(given, size)}" for given, names in cut.items()]
    return f"\\* Measured on less, being slow: {'; '.join(told)}." if told else ""


def _less(given: Size, size: Size) -> str:
    if given.draws != size.draws:
        return f"the first {given.draws:,} weight vectors"
    if given.cities != size.cities:
        return f"the first {given.cities:,} cities"
    return f"the first {given.m:,} {'matrices' if size.kind == 'pairwise' else 'rows'}"


def _unit(size: Size) -> str:
    if size.m * size.draws < 1_000:
        return "µs a call"
    if size.draws > 1:
        return "ns per actor and weight vector"
    return {"scores": "ns per score", "pairwise": "ns per matrix"}.get(size.kind, "ns per row")


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _short(value: float | None) -> str:
    if value is None:
        return ""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _difference(value: float | None) -> str:
    if value is None:
        return ""
    if value == 0:
        return "0"
    return f"{value:.0e}" if value <= AGREES else f"**{value:.0e}**"
