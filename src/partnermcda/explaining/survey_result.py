"""What is worth finding out, answer by answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from partnermcda.core.arrays import Bools, Floats, Ints, Texts
from partnermcda.errors import Finding
from partnermcda.messages import say
from partnermcda.ranking.contest import Contest

# Tables are pandas's, and catalogs pydantic's; figures do without them.
if TYPE_CHECKING:
    import pandas as pd

    from partnermcda.catalog import Catalog

COLUMNS: Final = (
    *("city", "actor_id", "actor", "criterion"),
    *("changes", "share", "score_low", "score_high", "enters", "leaves"),
)
_TEXTS: Final = ("city", "actor_id", "actor", "criterion", "enters", "leaves")
_NAMED: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """The q answers that are not known, those most worth finding out first.

    First stand the answers that alone can change who is among the best of their city, by the share
    of possible answers that would; then the others. Equals stand by how far the answer moves the
    score, and then as in the ranking.

    Examples
    --------
    >>> import pandas as pd
    >>> import partnermcda as pm
    >>> from partnermcda.explaining.surveys import survey_first
    >>> catalog = pm.load_catalog("urban-services")
    >>> actors = pd.DataFrame({
    ...     "actor_id": ["a", "b"], "actor": ["Ada", "Bo"], "actor_type": ["ngo", "start_up"],
    ...     "city": ["Dakar", "Dakar"], "res_technical": [4, 3], "res_data": [None, 3]})
    >>> values = pm.evaluate(pm.read_inventory(actors, catalog), catalog)
    >>> survey = survey_first(pm.rank(values, catalog.weights("balanced")))
    >>> survey.to_frame()[["actor", "criterion", "enters", "leaves"]].to_dict("list")
    {'actor': ['Ada'], 'criterion': ['res_data'], 'enters': ['b'], 'leaves': ['a']}
    """

    contest: Contest
    """Who is compared, by what and how."""
    top: int
    """How many of each city count as the best."""
    rows: Ints
    """(q,) whose answer: places in `contest`."""
    columns: Ints
    """(q,) to what: criteria of `contest`."""
    changes: Bools
    """(q,) whether the answer alone can change who is among the best."""
    share: Floats
    """(q,) share of the possible answers with which others are the best than now; to 1e-12."""
    score_low: Floats
    """(q,) the actor's lowest score, over all possible answers."""
    score_high: Floats
    """(q,) its highest score."""
    enters: tuple[tuple[int, ...], ...]
    """Who could come among the best, for each of the first answers, those that change something."""
    leaves: tuple[tuple[int, ...], ...]
    """Who could fall out."""
    notes: tuple[Finding, ...]
    """What was held still or not looked at."""

    def __len__(self) -> int:
        return len(self.rows)

    def to_frame(self) -> "pd.DataFrame":
        """Lay the answers out as a table, those most worth finding out first.

        Returns
        -------
        DataFrame
            Columns ``city, actor_id, actor, criterion, changes, share, score_low, score_high,
            enters, leaves``; the last two hold up to three ids and how many more there are.
        """
        import pandas as pd

        contest = self.contest
        actors, criteria = contest.actors, np.array(contest.criteria, dtype=object)
        columns = (
            *(contest.cities[self.rows], actors[self.rows], contest.names[self.rows]),
            *(criteria[self.columns], self.changes, self.share, self.score_low, self.score_high),
            *(self._listed(actors, moved) for moved in (self.enters, self.leaves)),
        )
        table = dict(zip(COLUMNS, columns, strict=True))
        return pd.DataFrame(table).astype(dict.fromkeys(_TEXTS, pd.StringDtype("pyarrow")))

    def in_words(
        self, language: str = "en", most: int = 5, *, catalog: "Catalog | None" = None
    ) -> str:
        """Say whom to ask first, and about what.

        Parameters
        ----------
        language : {"en", "fr"}
            Language of the sentences.
        most : int
            How many answers are told.
        catalog : Catalog, optional
            Where criteria have their labels; without it their ids are told.

        Returns
        -------
        str
            One answer a line.
        """
        count = int(np.count_nonzero(self.changes))
        if not len(self):
            return say("survey.all_known", language)
        details = {"top": self.top, "count": count, "unknown": len(self)}
        if not count:
            one = self.top == 1
            return say(
                "survey.nothing_changes_one" if one else "survey.nothing_changes",
                language,
                **details,
            )
        lines = [say("survey.head_one" if self.top == 1 else "survey.head", language, **details)]
        lines += [self._line(i, language, catalog) for i in range(min(most, count))]
        if count > most:
            lines.append(say("survey.more", language, count=count - max(most, 0)))
        return "\n".join(lines)

    def _line(self, i: int, language: str, catalog: "Catalog | None") -> str:
        contest, row = self.contest, self.rows[i]
        name = contest.criteria[self.columns[i]]
        percent = 100 * self.share[i]
        sentence = say(
            "survey.line",
            language,
            actor=contest.names[row],
            criterion=name if catalog is None else catalog.label(name, language),
            share=f"{percent:.0f}" if percent >= 1 or not percent else "< 1",
            change=say("semicolon", language).join(self._moves(i, language)),
        )
        city = contest.cities[row] if contest.by else ""
        return f"{city}{say('colon', language)}{sentence}" if city else sentence

    def _moves(self, i: int, language: str) -> Iterator[str]:
        names = self.contest.names
        if self.enters[i]:
            yield say("survey.enters", language, names=_short_list(names, self.enters[i]))
        if self.leaves[i]:
            yield say("survey.leaves", language, names=_short_list(names, self.leaves[i]))

    def _listed(self, actors: Texts, moved: tuple[tuple[int, ...], ...]) -> Texts:
        listed = np.full(len(self), "", dtype=object)
        listed[: len(moved)] = [_short_list(actors, rows) for rows in moved]
        return listed


def _short_list(names: Texts, rows: tuple[int, ...]) -> str:
    listed = ", ".join(str(name) for name in names[list(rows[:_NAMED])])
    return f"{listed} (+{len(rows) - _NAMED})" if len(rows) > _NAMED else listed
