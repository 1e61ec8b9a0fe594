"""What a map of the ecosystem is: actors, layers, and who complements whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnermcda.errors import Finding
from partnermcda.messages import say
from partnermcda.stakeholders.classes import CLASSES, QUADRANTS, UNDECIDED

if TYPE_CHECKING:
    import pandas as pd

    from partnermcda.catalog import Catalog


@dataclass(frozen=True, slots=True, eq=False)
class Ecosystem:
    """A map of the actors of one city or many: three tables.

    Examples
    --------
    >>> import pandas as pd
    >>> import partnermcda as pm
    >>> from partnermcda.stakeholders import ecosystem
    >>> catalog = pm.load_catalog("urban-services")
    >>> actors = pd.DataFrame({
    ...     "actor_id": ["a", "b"], "actor": ["Ada", "Bo"], "actor_type": ["ngo", "start_up"],
    ...     "city": ["Dakar", "Dakar"], "power": [0.2, 0.7], "mot_cause": [5, None]})
    >>> found = ecosystem(pm.read_inventory(actors, catalog), catalog)
    >>> found.actors[["actor", "quadrant", "quadrants"]].to_dict("list")
    {'actor': ['Ada', 'Bo'], 'quadrant': ['keep_informed', 'undecided'],
     'quadrants': ['keep_informed', 'manage_closely; keep_satisfied']}
    >>> found.layers.loc[found.layers["empty"], "layer"].tolist()
    ['connectivity', 'devices']
    """

    actors: "pd.DataFrame"
    """One row an actor, by city and id: ``city, actor_id, actor, actor_type, role, gate``; for each
    of ``power, interest, legitimacy, urgency`` the central value and ``_low``, ``_high`` and
    ``_derived``; ``quadrant``, ``quadrants``, ``salience``, ``saliences``; ``layers`` and
    ``layers_derived``."""
    layers: "pd.DataFrame"
    """One row a layer of a city: ``city, layer``; how many ``actors`` sit there and of how many
    that was ``given``; ``who``, the first three; ``empty``; ``needed``; ``warning``: ``missing``
    (needed and empty), ``by_type`` (nobody said so, it is what the guide says of their types)."""
    edges: "pd.DataFrame"
    """Two rows a pair, one each way: ``city, from_id, from, to_id, to``; ``capabilities`` the first
    brings and the second lacks; those of them that are ``certain``; ``gain`` of the pair with
    ``gain_low`` and ``gain_high``."""
    threshold: float
    """From this value on an attribute is held."""
    most: int
    """How many partners each actor chose; pairs chosen by either are kept."""
    by: str
    """``city``, or empty where all actors stand on one map."""
    notes: tuple[Finding, ...] = ()
    """What was derived, left open, cut or left out."""

    def in_words(self, language: str = "en", *, catalog: "Catalog | None" = None) -> str:
        """Say what the map shows.

        Parameters
        ----------
        language : {"en", "fr"}
            Language of the sentences.
        catalog : Catalog, optional
            Where layers have their labels; without it their ids are told.

        Returns
        -------
        str
            A few lines.
        """
        return "\n".join(self._lines(language, catalog))

    def _lines(self, language: str, catalog: "Catalog | None") -> Iterator[str]:
        cities = self.actors["city"].nunique() if self.by else 1
        yield say("ecosystem.head", language, actors=len(self.actors), cities=cities)
        for column, names in (("quadrant", QUADRANTS), ("salience", CLASSES)):
            counted = self.actors[column].value_counts()
            parts = [
                f"{say(f'ecosystem.{name}', language)} {counted[name]}"
                for name in (*names.values(), UNDECIDED)
                if name in counted.index
            ]
            yield say(f"ecosystem.{column}", language, counts=", ".join(parts))
        missing = self.layers.loc[self.layers["warning"] == "missing", "layer"].value_counts()
        labels = {} if catalog is None else {layer.id: layer.label for layer in catalog.layers}
        for name, count in missing.items():
            label = labels[name][language] if name in labels else name
            yield say("ecosystem.missing", language, layer=label, count=count, cities=cities)
        yield say("ecosystem.pairs", language, count=len(self.edges) // 2)
