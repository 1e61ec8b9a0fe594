"""How far a ranking can be trusted, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Final

from partnermcda.cli.console import cut, first_few
from partnermcda.core.arrays import Texts
from partnermcda.errors import Finding, MethodError, short
from partnermcda.job import Outcome
from partnermcda.messages import say
from partnermcda.messages.figures import amount, percent
from partnermcda.output import Lead, Robustness
from partnermcda.ranking import Ranking

_NAMED: Final = 3
_LONGEST: Final = 44
_FIRM: Final = 0.95
_LIKELY: Final = 0.5
_LEAST_TOLD: Final = 0.01


@dataclass(frozen=True)
class View:
    """What was found out, as it is told in one language."""

    found: Robustness
    outcome: Outcome
    language: str

    @cached_property
    def names(self) -> Texts:
        """Names of the actors compared."""
        return self.found.acceptability.contest.names

    @cached_property
    def _by_id(self) -> dict[tuple[str, str], str]:
        contest = self.found.acceptability.contest
        cities = contest.cities if contest.by else [""] * len(contest)
        return dict(zip(zip(cities, contest.actors, strict=True), self.names, strict=True))

    def say(self, key: str, **values: object) -> str:
        """Fill in a sentence."""
        return say(key, self.language, **values)

    def label(self, criterion: str) -> str:
        """Name a criterion for a reader."""
        return self.outcome.catalog.label(criterion, self.language)

    def called(self, city: str, actor: str) -> str:
        """Name an actor given by its id; nobody is empty."""
        return cut(self._by_id.get((city, actor), actor), _LONGEST)

    def named(self, places: Sequence[int]) -> str:
        """List some actors by name, the first few of them."""
        return first_few([cut(self.names[i], _LONGEST) for i in places], _NAMED)

    def share(self, value: float) -> str:
        """Write a share as a percentage, 0 and 100 only where they are meant."""
        if 0 < value < _LEAST_TOLD:
            return f"< {percent(_LEAST_TOLD, self.language)}"
        if 1 - _LEAST_TOLD < value < 1:
            return f"> {percent(1 - _LEAST_TOLD, self.language)}"
        return percent(value, self.language)

    def with_error(self, lead: Lead) -> str:
        """Write in which share of draws a leader is first, with its standard error."""
        if not lead.first_error:
            return self.share(lead.first)
        error = percent(lead.first_error, self.language, 1)
        return f"{percent(lead.first, self.language, 1)} ± {error}"


def check_city(ranking: Ranking, city: str | None) -> None:
    """Make sure that a city that is asked for is there.

    Parameters
    ----------
    ranking : Ranking
    city : str or None
        Its name; None for all.

    Raises
    ------
    MethodError
        If no actor is ranked there, or actors are not compared by city.
    """
    if city is None:
        return
    if not ranking.by:
        raise MethodError(Finding("robustness.no_cities", value=short(city)))
    names = sorted({str(name) for name in ranking.cities})
    if city not in names:
        near = ", ".join(get_close_matches(city, names, n=3, cutoff=0.0))
        raise MethodError(Finding("robustness.city", {"near": near}, value=short(city)))


def verdict(view: View, asked: Sequence[Lead]) -> Iterator[str]:
    """Say how far the leaders can be trusted.

    Parameters
    ----------
    view : View
    asked : sequence of Lead
        Of the cities looked at.

    Yields
    ------
    str
    """
    kinds = [_kind(lead) for lead in asked]
    if len(asked) > 1:
        counts = {kind: kinds.count(kind) for kind in ("firm", "likely", "open", "alone")}
        yield view.say("robustness.verdicts", cities=len(asked), **counts)
    else:
        leader, share = view.named(asked[0].leaders), view.share(asked[0].first)
        yield view.say(f"robustness.verdict.{kinds[0]}", leader=leader, share=share)
    if "open" in kinds:
        yield view.say("robustness.shortlist")


def _kind(lead: Lead) -> str:
    if len(lead.places) == 1:
        return "alone"
    if lead.first >= _FIRM:
        return "firm"
    return "likely" if lead.first >= _LIKELY else "open"


def drawn_words(view: View) -> Iterator[str]:
    """Say what was drawn, what was not judged, and what all this cannot tell.

    Parameters
    ----------
    view : View

    Yields
    ------
    str
    """
    drawing, ranking = view.found.drawing, view.found.ranking
    draws, seed = amount(drawing.draws, view.language), drawing.seed
    if drawing.concentration is None:
        yield view.say("robustness.uniform", draws=draws, seed=seed)
    else:
        close = amount(drawing.concentration, view.language)
        yield view.say("robustness.around", draws=draws, seed=seed, concentration=close)
    heaviest = int(ranking.weights.values.argmax())
    low, high = (percent(end, view.language) for end in view.found.drawn[heaviest])
    label = view.label(ranking.weights.names[heaviest])
    weight = percent(ranking.weights.values[heaviest], view.language)
    yield view.say("robustness.drawn", criterion=label, weight=weight, low=low, high=high)
    if ranking.set_aside:
        names = ", ".join(view.label(name) for name in ranking.set_aside)
        share = percent(ranking.set_aside_share, view.language)
        yield view.say("cli.summary.set_aside", names=names, share=share)
    yield view.say("robustness.limits")
