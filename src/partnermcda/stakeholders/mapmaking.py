"""Map the ecosystem: from a checked inventory to actors, layers and who complements whom."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from numbers import Integral, Real
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from partnermcda.capability import Needs, holdings, needed
from partnermcda.catalog import Catalog
from partnermcda.core.arrays import Floats, Ints, Texts
from partnermcda.errors import Finding, InventoryError, MethodError, capped, short
from partnermcda.evaluation import Unknown, check_unknown, criterion_values
from partnermcda.inventory import check_inventory
from partnermcda.matrix import texts
from partnermcda.stakeholders.attributes import attributes_of
from partnermcda.stakeholders.edges import Covers, Pairs, covers_of, exchanges, strongest_pairs
from partnermcda.stakeholders.layers import layers_frame, seats_of
from partnermcda.stakeholders.notes import notes_of
from partnermcda.stakeholders.result import Ecosystem
from partnermcda.stakeholders.tables import actors_frame, edges_frame
from partnermcda.weights import Weights, as_weights

LARGEST: Final = 20_000
"""Actors of one city among whom pairs are looked for."""


def ecosystem(
    inventory: pd.DataFrame,
    catalog: Catalog,
    weights: Weights | Mapping[str, float] | Sequence[float] | Floats | None = None,
    *,
    needs: Needs = "balanced",
    unknown: Unknown = "interval",
    by: Literal["city"] | None = "city",
    threshold: float = 0.5,
    most: int = 5,
) -> Ecosystem:
    r"""Map the actors of each city: who counts, on which layer they sit, who complements whom.

    Parameters
    ----------
    inventory : DataFrame
        As :func:`partnermcda.read_inventory` returns it: m actors. All take part, whatever their
        role, but those outside what a mapping keeps.
    catalog : Catalog
        With layers, capabilities, and rules for attributes that were not given.
    weights : Weights, mapping of str to float, or (n,) array, optional
        One weight per entry of the catalog, for the value of a pillar; those of its orientation
        ``balanced`` without them.
    needs : str or mapping of str to float
        What the project needs: one of the catalog's needs, or levels in [0, 1] by capability.
    unknown : {"interval", "prior", "refuse"}
        What a missing answer to a criterion is; see :func:`partnermcda.evaluate`.
    by : {"city", None}
        One map for each city, or one for all.
    threshold : float
        From this value on, in ]0, 1], an attribute is held.
    most : int
        How many partners each actor chooses; 0 looks for none.

    Returns
    -------
    Ecosystem
        Tables of actors, layers and edges, and notes.

    Raises
    ------
    InventoryError
        If the inventory breaks the catalog's schema, names a layer the catalog does not have,
        lacks answers and `unknown` refuses that, or nobody is in it.
    WeightsError
        If the weights do not fit the catalog.
    MethodError
        If an option is none of the above, or more than 20,000 actors of one map are to choose
        partners.

    Notes
    -----
    Power, interest, legitimacy and urgency are those given, else what the catalog's rules make of
    criteria, gate and role: intervals, marked as derived. Power and interest make the quadrants
    [1]_ (the paper sets power against dynamism; interest is the form in which it came into use),
    power, legitimacy and urgency the classes of salience [2]_, where each is held or not; here
    it is held from a threshold on. An actor whose interval lies on both sides of it is
    ``undecided``, with all the quadrants or classes it may be in.

    Two actors gain

    .. math:: g_{ij} = c_{ij} - \max(c_i, c_j) = \min(c_{ij} - c_i,\; c_{ij} - c_j)

    together, where c is the mean share of the needs that one or both of them cover. Amounts of
    money and people add up, the better counts where skill does, and of shares of districts nothing
    says how far they are the same, so both extremes count by half. A bridge between two takes a
    third, so it counts in coalitions only.

    References
    ----------
    .. [1] A. L. Mendelow, "Environmental scanning: the impact of the stakeholder concept", Proc.
       Int. Conf. on Information Systems, 1981, paper 20.
    .. [2] R. K. Mitchell, B. R. Agle and D. J. Wood, "Toward a theory of stakeholder
       identification and salience", Acad. Manage. Rev. 22(4), 1997,
       :doi:`10.5465/amr.1997.9711022105`.

    Examples
    --------
    >>> import partnermcda as pm
    >>> catalog = pm.load_catalog("urban-services")
    >>> actors = pd.DataFrame({
    ...     "actor_id": ["a", "b"], "actor": ["Ada", "Bo"], "actor_type": ["ngo", "start_up"],
    ...     "city": ["Dakar", "Dakar"], "res_technical": [1, 4], "eq_demand_voice": [5, 1]})
    >>> found = ecosystem(pm.read_inventory(actors, catalog), catalog)
    >>> found.actors[["urgency", "urgency_low", "urgency_derived"]].to_dict("list")
    {'urgency': [1.0, 0.5], 'urgency_low': [1.0, 0.0], 'urgency_derived': [True, True]}
    >>> found.edges[["from", "to", "certain"]].to_dict("list")
    {'from': ['Ada', 'Bo'], 'to': ['Bo', 'Ada'], 'certain': ['users_voice', 'engineering']}
    """
    _check_options(by, threshold, most)
    check_unknown(unknown)
    need = needed(catalog, needs)
    weighted = catalog.weights("balanced") if weights is None else weights
    shares = as_weights(weighted, catalog.entries)
    check_inventory(inventory, catalog)
    frame = inventory.copy(deep=False)
    # pandas would copy them with every column.
    frame.attrs = {}
    seats, rows = seats_of(frame, catalog), _in_order(frame)
    frame, seats = frame.iloc[rows], seats.take(rows)
    of_actor, cities = _cities(frame, by)
    covers = covers_of(holdings(frame, catalog, unknown), catalog, need)
    pairs = _pairs(covers, of_actor, cities, int(most))
    standings = attributes_of(frame, catalog, criterion_values(frame, catalog, unknown), shares)
    actors = actors_frame(frame, catalog, standings, seats, float(threshold))
    layers = layers_frame(seats, catalog, need, (of_actor, cities), texts(frame["actor"]))
    edges = edges_frame(frame, cities[of_actor], pairs, exchanges(covers, pairs), covers.names)
    result = Ecosystem(actors, layers, edges, float(threshold), int(most), by or "")
    left_out = len(inventory) - len(frame)
    return replace(result, notes=notes_of(result, catalog, need, pairs.found, left_out))


def _check_options(by: object, threshold: Any, most: Any) -> None:
    findings = []
    if by not in ("city", None):
        findings.append(Finding("ecosystem.by", value=short(by)))
    if not (_is_a(Real, threshold) and 0 < threshold <= 1):
        findings.append(Finding("ecosystem.threshold", value=short(threshold)))
    if not (_is_a(Integral, most) and most >= 0):
        findings.append(Finding("ecosystem.most", value=short(most)))
    if findings:
        raise MethodError(findings)


def _is_a(kind: type, given: Any) -> bool:
    return isinstance(given, kind) and not isinstance(given, bool)


def _in_order(inventory: pd.DataFrame) -> Ints:
    """Rows of those who take part, by city and id, so that the order of rows changes nothing."""
    kept = np.flatnonzero(~inventory["outside"].to_numpy(dtype=bool))
    if not len(kept):
        raise InventoryError(Finding("ecosystem.nobody", {"count": len(inventory)}))
    keys = [pd.factorize(inventory[name].iloc[kept], sort=True)[0] for name in ("actor_id", "city")]
    return np.asarray(kept[np.lexsort(keys)])


def _cities(frame: pd.DataFrame, by: str | None) -> tuple[Ints, Texts]:
    """City of each actor, as a place among their names; one without a name for all together."""
    if by is None:
        return np.zeros(len(frame), dtype=np.int64), texts([""])
    codes, names = pd.factorize(frame["city"])
    return codes, texts(names)


def _pairs(covers: Covers, of_actor: Ints, cities: Texts, most: int) -> Pairs:
    sizes = np.bincount(of_actor)
    if not most:
        nobody = np.zeros(0, dtype=np.int64)
        return Pairs(nobody, nobody, 0)
    crowded = np.flatnonzero(sizes > LARGEST)
    if len(crowded):
        findings = (
            Finding(
                "ecosystem.crowded", {"city": cities[c] or "–", "count": sizes[c], "most": LARGEST}
            )
            for c in crowded
        )
        raise MethodError(capped(findings))
    return strongest_pairs(covers, np.cumsum(sizes) - sizes, most)
