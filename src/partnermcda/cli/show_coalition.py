"""Coalitions, as a person reads them in a terminal."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np
from rich.console import Console, RenderableType

from partnermcda.alliances import CityCoalition, Coalition, Coalitions, Plan
from partnermcda.catalog import Catalog
from partnermcda.cli.console import cut, first_few, grid, plain
from partnermcda.messages import say
from partnermcda.messages.figures import percent
from partnermcda.output.partnership.tables import Partnership

_NAMED = 3
_LONGEST = 24
_SHOWN = 0.005


@dataclass(frozen=True)
class _View:
    """Words for what was found, in one language."""

    catalog: Catalog
    language: str

    def say(self, key: str, **values: object) -> str:
        return say(key, self.language, **values)

    def share(self, value: float) -> str:
        return percent(value, self.language)

    @cached_property
    def needs(self) -> dict[str, str]:
        return {c.id: c.label[self.language] for c in self.catalog.capabilities}

    @cached_property
    def types(self) -> dict[str, str]:
        return {t.id: t.label[self.language] for t in self.catalog.actor_types}

    def heads(self, *names: str) -> Iterator[str]:
        return (self.say(f"partnership.head.{name}") for name in names)


def show_coalition(console: Console, found: Partnership, language: str, top: int) -> None:
    """Print the coalition of a single city in full, those of many cities in a line each.

    Parameters
    ----------
    console : Console
        Where to print.
    found : Partnership
        Of coalitions.
    language : str
        Language of the words.
    top : int
        How many of many cities are shown, those furthest from enough first.
    """
    coalitions, view = cast("Coalitions", found.found), _View(found.catalog, language)
    alone = coalitions.cities[0].coalition if len(coalitions) == 1 else None
    pieces = _many(view, coalitions, top) if alone is None else _one(view, alone)
    for piece in pieces:
        console.print(piece)
    for note in coalitions.notes if alone is None else alone.notes:
        console.print(plain(note.text(language), "dim"))


def _one(view: _View, found: Coalition) -> Iterator[RenderableType]:
    for number, plan in enumerate(found.plans, 1):
        yield plain(_title(view, found, number), "bold")
        yield _members(view, found, plan)
        yield plain("")
        yield _needs(view, found, plan)
        gap = f"{plan.gap:.2g}"
        proven = view.say("partnership.proven")
        yield plain(proven if plan.proven else view.say("partnership.gap", gap=gap))
        yield plain("")


def _title(view: _View, found: Coalition, number: int) -> str:
    low, _, high = found.shares(number)
    facts = {
        "city": found.city,
        "number": number,
        "count": len(found.plans[number - 1].rows),
        "certain": view.share(low),
        "most": view.share(high),
    }
    first = view.say("partnership.one", **facts)
    return first if number == 1 else view.say("partnership.next", **facts)


def _members(view: _View, found: Coalition, plan: Plan) -> RenderableType:
    table = grid(*view.heads("partner", "type", "lost", "only"), right=(2,))
    ground = found.ground
    for i, row in enumerate(plan.rows):
        order = np.argsort(-plan.only[i], kind="stable")
        only = [view.needs[found.capabilities[k]] for k in order if plan.only[i][k] > _SHOWN]
        table.add_row(
            plain(cut(ground.names[row], 2 * _LONGEST), "bold"),
            plain(view.types.get(ground.types[row], "–")),
            plain(view.share(float(plan.loss[i]))),
            plain(first_few(only, _NAMED) or "–"),
        )
    return table


def _needs(view: _View, found: Coalition, plan: Plan) -> RenderableType:
    table = grid(*view.heads("need", "sure", "most", "ask"), right=(1, 2))
    for k, name in enumerate(found.capabilities):
        low, high = plan.cover_low[k], plan.cover_high[k]
        ask = [cut(found.ground.names[row], _LONGEST) for row in plan.fillers[k]]
        style = "" if low > 1 - _SHOWN else "yellow"
        table.add_row(
            plain(view.needs[name], style),
            plain(view.share(float(low)), style),
            plain(view.share(float(high))),
            plain(first_few(ask, 2) or "–", "dim"),
        )
    return table


def _many(view: _View, found: Coalitions, top: int) -> Iterator[RenderableType]:
    order = sorted(found.cities, key=lambda one: (np.nan_to_num(one.most), one.city))
    yield plain(view.say("partnership.cities"), "bold")
    table = grid(*view.heads("city", "partners", "sure", "most", "short"), right=(2, 3))
    for one in order[:top]:
        table.add_row(plain(one.city, "bold"), *_line(view, one))
    yield table
    if len(order) > top:
        yield plain(view.say("partnership.more_cities", count=len(order) - top), "dim")
    yield plain("")
    below = found.out_of_reach()
    figures = {"count": len(below), "cities": len(found), "enough": view.share(found.enough)}
    yield plain(view.say("partnership.below", **figures), "bold")
    short = Counter(name for one in found.cities for name in _short(one))
    if short:
        told = [f"{view.needs[name]} ({count})" for name, count in short.most_common(_NAMED + 2)]
        yield plain(view.say("partnership.short_most", names=", ".join(told)))


def _line(view: _View, one: CityCoalition) -> Iterator[RenderableType]:
    if one.coalition is None:
        reason = "; ".join(finding.problem(view.language) for finding in one.faults)
        yield from (plain(cell, "dim") for cell in ("–", "–", "–", reason))
        return
    found, (low, _, high) = one.coalition, one.coalition.shares()
    names = [cut(found.ground.names[row], _LONGEST) for row in found.best.rows]
    yield plain(first_few(names, _NAMED))
    yield plain(view.share(low))
    yield plain(view.share(high))
    yield plain(first_few([view.needs[name] for name in _short(one)], _NAMED) or "–", "dim")


def _short(one: CityCoalition) -> tuple[str, ...]:
    """Needs a city's coalition leaves open, but for what rounds to nothing."""
    if one.coalition is None:
        return ()
    return one.coalition.short(_SHOWN / len(one.coalition.capabilities))
