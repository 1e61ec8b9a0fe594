"""How far a ranking can be trusted: draws, weights, and what is worth finding out, as tables."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from partnermcda.core.arrays import Floats, Ints
from partnermcda.errors import Finding
from partnermcda.explaining import Survey
from partnermcda.output.drawing import Drawing, TableName
from partnermcda.ranking import Ranking
from partnermcda.robustness import Acceptability, WeightStability

if TYPE_CHECKING:
    import pandas as pd

RANKS: Final = ("rank", "rank_best", "rank_worst")
COUNTED: Final = (
    *("first", "first_error", "top", "top_error"),
    *("expected_rank", "expected_rank_error", "confidence"),
)
"""What is counted of each actor."""


@dataclass(frozen=True, slots=True, eq=False)
class Robustness:
    """How far a ranking of k actors by n criteria can be trusted."""

    ranking: Ranking
    """The ranking."""
    drawing: Drawing
    """What was drawn."""
    drawn: Floats
    """(n, 2) ends between which each weight lies in two draws of three."""
    acceptability: Acceptability
    """How often each actor leads, when weights and what is not known are drawn."""
    stability: WeightStability
    """How far each weight alone can move before others lead."""
    survey: Survey
    """Which answers could change who leads."""

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What was left out, held still or approximated, each said once."""
        told = (*self.acceptability.notes, *self.stability.notes, *self.survey.notes)
        return tuple(note for i, note in enumerate(told) if note not in told[:i])

    def to_frame(self, table: TableName) -> "pd.DataFrame":
        """Lay one of the tables out.

        Parameters
        ----------
        table : {"actors", "weights", "survey"}

        Returns
        -------
        DataFrame
            Actors by city, rank and id; weights by city and criterion; answers as in the survey.
        """
        if table == "actors":
            return self._actors()
        return self._weights() if table == "weights" else self.survey.to_frame()

    def _weights(self) -> "pd.DataFrame":
        frame = self.stability.to_frame()
        # No file says infinite in a way that all can read.
        return frame.assign(room=frame["room"].where(frame["room"] < math.inf))

    @property
    def reading_order(self) -> Ints:
        """(k,) places of the actors in the contest, by city, rank and id."""
        import pandas as pd

        contest = self.acceptability.contest
        keys = {"rank": self.ranks["rank"], "actor_id": contest.actors}
        if contest.by:
            keys = {"city": contest.cities, **keys}
        return pd.DataFrame(keys).sort_values([*keys], kind="stable").index.to_numpy()

    @property
    def ranks(self) -> dict[str, Ints]:
        """Rank, best and worst rank of each actor of the contest, city by city."""
        # The ranking stands as the values do, what is counted city by city.
        order = self.acceptability.contest.order
        ranks = {name: getattr(self.ranking, name) for name in RANKS}
        return ranks if order is None else {name: r[order] for name, r in ranks.items()}

    def _actors(self) -> "pd.DataFrame":
        import pandas as pd

        found, order = self.acceptability, self.reading_order
        contest = found.contest
        texts = {
            "city": contest.cities,
            "actor_id": contest.actors,
            "actor": contest.names,
            "actor_type": contest.types,
        }
        columns = {**texts, **self.ranks, **{name: getattr(found, name) for name in COUNTED}}
        table = {name: column[order] for name, column in columns.items()}
        return pd.DataFrame(table).astype(dict.fromkeys(texts, pd.StringDtype("pyarrow")))
