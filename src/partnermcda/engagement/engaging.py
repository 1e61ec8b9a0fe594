"""From a checked inventory to the levers by which each actor is engaged."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from partnermcda.capability import Needs, needed
from partnermcda.catalog import Catalog
from partnermcda.core.arrays import Bools, Floats, Ints
from partnermcda.engagement.block import Part, Plan, engage
from partnermcda.engagement.inputs import Sides
from partnermcda.engagement.notes import notes_of
from partnermcda.engagement.result import Levers
from partnermcda.engagement.told import Told
from partnermcda.errors import Finding, InventoryError, MethodError, short
from partnermcda.evaluation import Unknown, check_unknown
from partnermcda.evaluation.standing import Types, roles_of
from partnermcda.evaluation.unknowns import refuse_gaps
from partnermcda.inventory import check_inventory
from partnermcda.matrix import texts
from partnermcda.weights import Weights, as_weights

_BLOCK: Final = 1 << 17
"""Actors looked at at once, and the rest of their city."""


def levers(
    inventory: pd.DataFrame,
    catalog: Catalog,
    weights: Weights | Mapping[str, float] | Sequence[float] | Floats | None = None,
    *,
    needs: Needs = "balanced",
    unknown: Unknown = "interval",
    by: Literal["city"] | None = "city",
    most: int = 3,
) -> Levers:
    r"""Find by which levers each actor is engaged, how strongly, and what decides it.

    Parameters
    ----------
    inventory : DataFrame
        As :func:`partnermcda.read_inventory` returns it. All but those outside what a mapping
        keeps have levers, whatever their role: m actors.
    catalog : Catalog
        With L levers: conditions on what is known, as data.
    weights : Weights, mapping of str to float, or (n,) array, optional
        One weight per entry of the catalog, for the value of a pillar and the share of evidence;
        those of its orientation ``balanced`` without them.
    needs : str or mapping of str to float
        What the project needs: one of the catalog's needs, or levels in [0, 1] by capability.
    unknown : {"interval", "prior", "refuse"}
        What a missing answer to a criterion is; see :func:`partnermcda.evaluate`.
    by : {"city", None}
        Whether partners are found within each city, or among all.
    most : int
        How many levers are told of each actor.

    Returns
    -------
    Levers
        Strengths with their intervals, and the strongest levers of each actor with their reasons.

    Raises
    ------
    InventoryError
        If the inventory breaks the catalog's schema, lacks answers and `unknown` refuses that, or
        nobody is in it.
    WeightsError
        If the weights do not fit the catalog.
    MethodError
        If an option is none of the above.

    Notes
    -----
    The strength of a lever with conditions :math:`c` in groups of alternatives :math:`G_k` is

    .. math:: s = \min_k \max_{c \in G_k} f_c(x), \qquad
              f(x) = \min(1, \max(0, (x - z) / (o - z)))

    with a ramp from :math:`z`, worth 0, to :math:`o`, worth 1; a threshold is worth 0 or 1.

    ``strength`` is the rule as it stands today: a missing answer in the middle of its interval,
    what is yes or no and not known by half, a condition on being unknown met where it is.
    ``strength_low`` and ``strength_high`` hold for all ways in which all, some or none of the
    missing answers become known. Every test rises or falls throughout, so the bounds are those at
    the ends of the intervals, the highest figure being the weakest for a test that falls; a
    condition on being unknown may cease to hold, and evidence may rise from today's share to 1.
    The bounds are exact where no answer pulls two conditions of a lever opposite ways. Where one
    does (``complementary_partnership``, where a capability could be both what an actor brings and
    what it lacks; ``pilot_targeting``, where each answer also adds to the evidence) the strength
    cannot leave them, and may not reach them.

    Whom the plan has already, the actors with a role, says what is lacking. Another candidate
    holds what it covers in full. Two partners gain
    :math:`g_{ij} = c_{ij} - \max(c_i, c_j)`, c being the mean share of the needs that one or both
    cover: amounts of money and people add up, the better counts where skill does, and of shares
    of districts both extremes count by half.

    Who fails a gate that stops levers has none. Any other verdict but ``pass`` is to be settled
    first. A lever is told where it may be as strong as the catalog's ``otherwise_below``.

    Examples
    --------
    >>> import partnermcda as pm
    >>> catalog = pm.load_catalog("urban-services")
    >>> actors = pd.DataFrame({
    ...     "actor_id": ["a"], "actor": ["Ada"], "actor_type": ["ngo"], "city": ["Dakar"],
    ...     "dig_propensity": [4], "dig_current_use": [10], "mot_knowledge": [2]})
    >>> found = levers(pm.read_inventory(actors, catalog), catalog, most=1)
    >>> found.to_frame()[["lever", "strength", "because", "to_find_out"]].to_dict("list")
    {'lever': ['capacity_building'], 'strength': [0.875],
     'because': ['dig_propensity 0.75; dig_current_use 0.1'], 'to_find_out': ['']}
    """
    _check_options(by, most)
    check_unknown(unknown)
    need = needed(catalog, needs)
    weighted = catalog.weights("balanced") if weights is None else weights
    shares = as_weights(weighted, catalog.entries)
    check_inventory(inventory, catalog)
    if not catalog.levers:
        raise MethodError(Finding("engagement.no_levers", {"name": catalog.catalog}))
    if unknown == "refuse":
        refuse_gaps(inventory, catalog, ~inventory["outside"].to_numpy(dtype=bool))
    frame, order, starts = _city_by_city(inventory, by)
    plan = Plan(catalog, shares, need, "interval" if unknown == "refuse" else unknown, int(most))
    gates = _at_gates(frame, catalog)
    parts = _in_blocks(frame, plan, gates[0], starts)
    return _assembled(parts, frame, order, gates, plan, (by or "", len(inventory)))


def _check_options(by: object, most: object) -> None:
    findings = []
    if by not in ("city", None):
        findings.append(Finding("engagement.by", value=short(by)))
    if isinstance(most, bool) or not isinstance(most, int) or most < 1:
        findings.append(Finding("engagement.most", value=short(most)))
    if findings:
        raise MethodError(findings)


def _city_by_city(inventory: pd.DataFrame, by: str | None) -> tuple[pd.DataFrame, Ints, Ints]:
    """Actors that take part, city by city; where each stood; first actor of each city."""
    kept = np.flatnonzero(~inventory["outside"].to_numpy(dtype=bool))
    if not len(kept):
        raise InventoryError(Finding("engagement.nobody", {"count": len(inventory)}))
    city = pd.factorize(inventory["city"].iloc[kept], sort=True)[0]
    order = np.argsort(city, kind="stable")
    frame = inventory.iloc[kept[order]]
    # pandas would copy them with every part.
    frame.attrs = {}
    starts = np.flatnonzero(np.diff(city[order], prepend=-1))
    return frame, order, starts if by else starts[:1]


def _blocks(starts: Ints, size: int) -> Iterator[tuple[int, int, Ints]]:
    """Cut between cities: first actor, last, and where cities begin in between."""
    cuts = [0]
    for start, end in pairwise([*starts.tolist(), size]):
        # A city is never cut, however large.
        if end - cuts[-1] > _BLOCK and start > cuts[-1]:
            cuts.append(start)
    for first, last in pairwise([*cuts, size]):
        yield first, last, starts[(starts >= first) & (starts < last)] - first


def _at_gates(frame: pd.DataFrame, catalog: Catalog) -> tuple[Bools, Ints]:
    """Who is stopped by a gate; and the tier to settle first at each, -1 for none."""
    settle = np.full((len(frame), len(catalog.gates)), -1)
    stopped = np.zeros(len(frame), dtype=bool)
    for g, gate in enumerate(catalog.gates):
        answers = Types.of(frame[gate.id])
        tiers = [tier.id for tier in gate.tiers]
        at = answers.spread([tiers.index(answer) for answer in answers.names], empty=-1)
        verdicts = np.array([*(tier.verdict for tier in gate.tiers), "pass"])[at]
        settle[:, g] = np.where(verdicts == "pass", -1, at)
        if gate.stops_levers:
            stopped |= verdicts == "fail"
    return stopped, settle


def _in_blocks(
    frame: pd.DataFrame, plan: Plan, stopped: Bools, starts: Ints
) -> list[tuple[int, Part]]:
    """Where each block begins, and what was found of it."""
    leads = roles_of(frame, Types.of(frame["actor_type"]), plan.catalog) >= 0
    return [
        (
            first,
            engage(
                frame.iloc[first:last],
                plan,
                stopped=stopped[first:last],
                leads=leads[first:last],
                starts=begun,
            ),
        )
        for first, last, begun in _blocks(starts, len(frame))
    ]


def _assembled(
    parts: Sequence[tuple[int, Part]],
    frame: pd.DataFrame,
    order: Ints,
    gates: tuple[Bools, Ints],
    plan: Plan,
    asked: tuple[str, int],
) -> Levers:
    """Put the blocks together, each actor where it stands in the inventory."""
    place = np.argsort(order)

    def at_home(name: Callable[[Part], Any]) -> Any:
        return np.concatenate([name(part) for _, part in parts])[place]

    partner = np.concatenate([
        np.where(part.partners.rows < 0, -1, part.partners.rows + first) for first, part in parts
    ])  # fmt: skip
    told = [part.told.moved(np.arange(first, len(order))) for first, part in parts]
    found = Levers(
        catalog=plan.catalog,
        actors=texts(frame["actor_id"])[place],
        names=texts(frame["actor"])[place],
        types=texts(frame["actor_type"].fillna(""))[place],
        cities=texts(frame["city"])[place],
        low=at_home(lambda part: part.strength.low),
        mid=at_home(lambda part: part.strength.mid),
        high=at_home(lambda part: part.strength.high),
        told=Told.joined(told).moved(order),
        stopped=gates[0][place],
        settle=gates[1][place],
        partner=np.where(partner < 0, -1, order[partner])[place],
        gain=Sides(
            at_home(lambda part: part.partners.gain.low),
            at_home(lambda part: part.partners.gain.mid),
            at_home(lambda part: part.partners.gain.high),
        ),
        districts=at_home(lambda part: part.districts),
        by=asked[0],
        notes=(),
    )
    unsought = sum(part.partners.unsought for _, part in parts)
    return replace(found, notes=tuple(notes_of(found, frame, asked[1], unsought)))
