"""What levers are found: strengths with their intervals, and the strongest of each actor."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from partnermcda.core.arrays import Bools, Floats, Ints, Texts
from partnermcda.engagement.inputs import Sides
from partnermcda.engagement.subjects import Subjects
from partnermcda.engagement.told import Told
from partnermcda.engagement.wording import because, to_find_out, to_settle
from partnermcda.errors import Finding
from partnermcda.messages import say

if TYPE_CHECKING:
    import pandas as pd

    from partnermcda.catalog import Catalog

COLUMNS: Final = (
    *("city", "actor_id", "actor", "actor_type", "place", "lever"),
    *("strength", "strength_low", "strength_high", "because", "to_find_out", "first_settle"),
    *("partner_id", "partner", "gain", "gain_low", "gain_high", "district"),
)
_NUMBERS: Final = ("place", "strength", "strength_low", "strength_high")
_GAINS: Final = ("gain", "gain_low", "gain_high")


@dataclass(frozen=True, slots=True, eq=False)
class Levers:
    """The levers of m actors, of L in the catalog.

    Rows stand in the order of the inventory; :meth:`to_frame` sorts them.

    Examples
    --------
    >>> import pandas as pd
    >>> import partnermcda as pm
    >>> from partnermcda.engagement import levers
    >>> catalog = pm.load_catalog("urban-services")
    >>> actors = pd.DataFrame({
    ...     "actor_id": ["a"], "actor": ["Ada"], "actor_type": ["ngo"], "city": ["Dakar"],
    ...     "dig_propensity": [4], "dig_current_use": [10], "gate_integrity": ["to_review"]})
    >>> found = levers(pm.read_inventory(actors, catalog), catalog, most=1)
    >>> print(found.in_words())
    Ada: Capacity building 0.88 (Ease of turning to digital 0.75; Digital tools already in use 0.1)
      first settle: Integrity: to review
    """

    catalog: "Catalog"
    """Where levers, criteria and gates have their labels."""
    actors: Texts
    """(m,) ids."""
    names: Texts
    """(m,) names."""
    types: Texts
    """(m,) actor types; empty where not known."""
    cities: Texts
    """(m,) cities."""
    low: Floats
    """(m, L) least strength, whatever missing answers become known."""
    mid: Floats
    """(m, L) strength by what is known today."""
    high: Floats
    """(m, L) greatest strength."""
    told: Told
    """The strongest levers of each actor, with their reasons."""
    stopped: Bools
    """(m,) who fails a gate that stops levers, and has none."""
    settle: Ints
    """(m, G) tier at each gate that is not passed; -1 where nothing is to be settled."""
    partner: Ints
    """(m,) row of the best partner where a lever asks for one; -1 for none."""
    gain: Sides
    """(m,) share of the needs both cover beyond what either covers alone; NaN without partner."""
    districts: Texts
    """(m,) where to begin, where a lever asks for it and districts are known; else empty."""
    by: str
    """``city``, or empty where partners are found among all."""
    notes: tuple[Finding, ...]
    """Who was left out, stopped or not asked, and what was not looked for."""

    def __len__(self) -> int:
        return len(self.actors)

    @property
    def levers(self) -> tuple[str, ...]:
        """Ids of the L levers."""
        return tuple(lever.id for lever in self.catalog.levers)

    @property
    def conditional(self) -> Bools:
        """Which of the levers told hang on what is not known; (e,) array."""
        at = self.told.rows, self.told.levers
        return np.asarray(self.low[at] < self.high[at])

    def to_frame(self) -> "pd.DataFrame":
        """Lay the levers told out as a table, by city, actor and place.

        Returns
        -------
        DataFrame
            Columns ``city, actor_id, actor, actor_type, place, lever, strength, strength_low,
            strength_high, because, to_find_out, first_settle, partner_id, partner, gain, gain_low,
            gain_high, district``. ``because`` and ``to_find_out`` name ids, with semicolons.
        """
        import pandas as pd

        entries = self.reading_order()
        told = self.told.some(entries)
        subjects = Subjects.of(self.catalog).texts()
        at, row = (told.rows, told.levers), told.rows
        partner, gain, begun = self._pairs(told)
        columns = (
            *(self.cities[row], self.actors[row], self.names[row], self.types[row]),
            *(told.places, np.array(self.levers, dtype=object)[told.levers]),
            *(self.mid[at], self.low[at], self.high[at]),
            *(because(told, subjects), to_find_out(told, subjects)),
            to_settle(self.settle, self._tiers())[row],
            *(_or_nothing(self.actors, partner), _or_nothing(self.names, partner)),
            *gain,
            begun,
        )
        table = dict(zip(COLUMNS, columns, strict=True))
        words = [name for name in COLUMNS if name not in (*_NUMBERS, *_GAINS)]
        return pd.DataFrame(table).astype(dict.fromkeys(words, pd.StringDtype("pyarrow")))

    def sheets(self, language: str = "en") -> "pd.DataFrame":
        """Lay out what is to be filled in for the levers that come with a sheet.

        Parameters
        ----------
        language : {"en", "fr"}
            Language of the questions.

        Returns
        -------
        DataFrame
            Columns ``city, actor_id, actor, lever, district, question, answer``: a row for each
            question of each sheet, the answers empty.
        """
        import pandas as pd

        told = self.told.some(self.reading_order())
        asked = [[words[language] for words in lever.sheet] for lever in self.catalog.levers]
        counts = np.array([len(questions) for questions in asked])[told.levers]
        row, lever = np.repeat(told.rows, counts), np.repeat(told.levers, counts)
        questions = [question for number in told.levers for question in asked[number]]
        ids = np.array(self.levers, dtype=object)
        table = {
            "city": self.cities[row],
            "actor_id": self.actors[row],
            "actor": self.names[row],
            "lever": ids[lever],
            "district": self.districts[row],
            "question": np.array(questions, dtype=object),
            "answer": "",
        }
        return pd.DataFrame(table).astype(pd.StringDtype("pyarrow"))

    def in_words(self, language: str = "en", most: int = 10) -> str:
        """Say by which levers actors are engaged.

        Parameters
        ----------
        language : {"en", "fr"}
            Language of the sentences.
        most : int
            How many actors are told of, in the order of the table.

        Returns
        -------
        str
            A line for each lever, and one for what decides it or comes first.
        """
        return "\n".join(self._lines(language, most))

    def _lines(self, language: str, most: int) -> Iterator[str]:
        told = self.told.some(self.reading_order())
        actors = np.unique(told.rows, return_index=True)[1]
        last = np.sort(actors)[most] if len(actors) > most else len(told.rows)
        told = told.some(np.arange(last))
        subjects = Subjects.of(self.catalog).labels(language)
        reasons, open_ = because(told, subjects), to_find_out(told, subjects)
        settle = to_settle(self.settle[told.rows], self._tiers(language))
        partner, gain, district = self._pairs(told)
        for e, (row, number) in enumerate(zip(told.rows, told.levers, strict=True)):
            lever, strength = self.catalog.levers[number], self.mid[row, number]
            details = {"lever": lever.label[language], "strength": f"{strength:.2f}"}
            if told.places[e] == 1:
                city = f"{self.cities[row]}, " if self.by and len(set(self.cities)) > 1 else ""
                details["lever"] = f"{city}{self.names[row]}{say('colon', language)}" + str(
                    details["lever"]
                )
            why = f" ({reasons[e]})" if reasons[e] else ""
            yield say("engagement.line", language, **details) + why
            if open_[e]:
                yield say("engagement.find_out", language, names=open_[e])
            if settle[e] and told.places[e] == 1:
                yield say("engagement.settle", language, gates=settle[e])
            if partner[e] >= 0:
                name, figure = self.names[partner[e]], f"{gain[0][e]:.2f}"
                yield say("engagement.with", language, name=name, gain=figure)
            if district[e]:
                yield say("engagement.begin", language, name=district[e])

    def reading_order(self) -> Ints:
        """(e,) places of the levers told, by city, actor's id and place."""
        import pandas as pd

        city, ids = (pd.factorize(x, sort=True)[0] for x in (self.cities, self.actors))
        rows = self.told.rows
        return np.lexsort((self.told.places, ids[rows], city[rows]))

    def _pairs(self, told: Told) -> tuple[Ints, tuple[Floats, Floats, Floats], Texts]:
        """Partner, gain and district of the levers that ask for them."""
        pairs = np.array([lever.pairs_up for lever in self.catalog.levers])[told.levers]
        begins = np.array([lever.place is not None for lever in self.catalog.levers])[told.levers]
        partner = np.where(pairs, self.partner[told.rows], -1)
        low, mid, high = (np.where(pairs, x[told.rows], np.nan) for x in self.gain.each())
        return partner, (mid, low, high), np.where(begins, self.districts[told.rows], "")

    def _tiers(self, language: str = "") -> list[list[str]]:
        """Gates with the texts of their tiers."""
        if not language:
            return [[f"{g.id}: {tier.id}" for tier in g.tiers] for g in self.catalog.gates]
        colon = say("colon", language)
        return [
            [f"{gate.label[language]}{colon}{tier.label[language]}" for tier in gate.tiers]
            for gate in self.catalog.gates
        ]


def _or_nothing(x: Texts, rows: Ints) -> Texts:
    return np.where(rows >= 0, x[rows], "")
