"""What became of a ranking when it should have stayed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from partnermcda.errors import Finding
from partnermcda.messages import say
from partnermcda.ranking.contest import Contest

# Tables are pandas's; figures do without them.
if TYPE_CHECKING:
    import pandas as pd

Test: TypeAlias = Literal["drop", "worse", "add", "pairs", "cycles"]
TESTS: Final = ("drop", "worse", "add", "pairs", "cycles")
_COLUMNS: Final = ("test", "city", "actor_id", "ahead", "behind", "leader")


@dataclass(frozen=True, slots=True)
class Reversal:
    """Two actors that changed places, or gained and lost the lead, for no reason of their own."""

    test: Test
    """What was done."""
    city: str
    """Empty where all actors are compared together."""
    actor: str
    """Id of who was left out, made worse or imitated; empty for pairs and cycles."""
    ahead: str
    """Id of who was ahead, and is behind now; or led, and does so no longer or not alone."""
    behind: str
    """Id of who was behind, and is ahead now; or leads. Empty where one put beside does."""
    leader: bool
    """Whether another actor leads now."""


@dataclass(frozen=True, slots=True)
class Trial:
    """How often a test was made, and how it went."""

    test: Test
    """What was done."""
    tried: int
    """How many times."""
    leader: int
    """Times after which another actor led."""
    order: int
    """Times after which some two actors had changed places; for cycles, how many there are."""
    refused: int
    """Cities in which the method cannot take what the test makes of them."""


@dataclass(frozen=True, slots=True, eq=False)
class RankReversal:
    """Whether a method's ranking stays when what is irrelevant changes.

    Examples
    --------
    >>> import partnermcda as pm
    >>> from partnermcda.comparing import rank_reversal
    >>> x = pm.DecisionMatrix([[1, 9], [4, 7], [5, 5], [9, 2]], benefit=[True, True])
    >>> rank_reversal(x, [0.5, 0.5], "topsis_observed").stays
    False
    """

    contest: Contest
    """Who is compared, by what and how."""
    trials: tuple[Trial, ...]
    """One for each test."""
    reversals: tuple[Reversal, ...]
    """One for each time something changed: the lead if it did, or else the first such pair. Of
    cycles, one a city."""
    notes: tuple[Finding, ...]
    """What was taken for granted, and what was not tried."""

    @property
    def stays(self) -> bool:
        """Whether nothing changed in any test."""
        return not any(trial.leader or trial.order for trial in self.trials)

    def to_frame(self) -> "pd.DataFrame":
        """Lay the reversals out as a table.

        Returns
        -------
        DataFrame
            Columns ``test, city, actor_id, ahead, behind, leader``.
        """
        import pandas as pd

        rows = [tuple(getattr(one, name) for name in Reversal.__slots__) for one in self.reversals]
        table = pd.DataFrame(rows, columns=list(_COLUMNS))
        texts = dict.fromkeys(_COLUMNS[:-1], pd.StringDtype("pyarrow"))
        return table.astype(texts | {"leader": bool})

    def in_words(self, language: str = "en") -> str:
        """Say how each test went.

        Parameters
        ----------
        language : {"en", "fr"}
            Language of the sentences.

        Returns
        -------
        str
            One test a line.
        """
        return "\n".join(
            say(
                f"reversal.{trial.test}",
                language,
                tried=trial.tried,
                leader=trial.leader,
                order=trial.order,
            )
            for trial in self.trials
        )
