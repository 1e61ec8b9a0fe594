"""What follows a ranking, as data: levers, capabilities of a coalition, needs, layers of a city."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from partnermcda.catalog.parts import Identifier, Part, Sentence, Share, Words


class Ramp(Part):
    """A soft threshold on a value in [0, 1]: 0 at `zero`, 1 at `one`, straight in between.

    It falls where `one` is below `zero`.
    """

    id: Identifier
    label: Words
    zero: Share
    one: Share


class Condition(Part):
    """One thing a lever asks of an actor.

    ===============  =====================================  ===========================
    on               names                                  test
    ===============  =====================================  ===========================
    value            criteria; the best value in [0, 1]     ramp, at_least or at_most
    answer           one criterion, in its own unit         at_least or at_most
    unknown          criteria nothing is known about        none
    pillar           one pillar                             ramp, at_least or at_most
    evidence         none: the actor's share of evidence    at_least or at_most
    flag             flags, one of which is true            none
    type             actor types                            none
    tier             tiers of `gate`                        none
    brings_missing   none: best in what the plan lacks      ramp, at_least or at_most
    lacks_held       none: worst in what others hold        ramp, at_least or at_most
    ===============  =====================================  ===========================
    """

    on: Literal[
        "value",
        "answer",
        "unknown",
        "pillar",
        "evidence",
        "flag",
        "type",
        "tier",
        "brings_missing",
        "lacks_held",
    ]
    names: tuple[Identifier, ...] = ()
    gate: Identifier | None = None
    ramp: Identifier | None = None
    at_least: float | None = None
    at_most: float | None = None


class Place(Part):
    """Where a lever is best begun: the entry of a list of the actor's where the need is greatest.

    The need of an entry is the mean value of criterion `need` among the actors that list it.
    """

    attribute: Identifier
    need: Identifier


class Lever(Part):
    """A way of engaging an actor, and when it fits.

    ``when`` lists what must hold all together; each entry lists alternatives, the strongest of
    which counts. A lever with ``otherwise_below`` fires where no other is as strong as that.
    """

    id: Identifier
    label: Words
    typical: tuple[Identifier, ...] = ()
    when: tuple[Annotated[tuple[Condition, ...], Field(min_length=1)], ...] = ()
    otherwise_below: Share | None = None
    place: Place | None = None
    sheet: tuple[Words, ...] = ()
    guide: tuple[Sentence, ...] = ()
    added: Words | None = None

    @property
    def pairs_up(self) -> bool:
        """Whether it needs a partner."""
        looked_at = {condition.on for group in self.when for condition in group}
        return bool(looked_at & {"brings_missing", "lacks_held"})


class Capability(Part):
    """Something a service needs of the partners together, and how a set of them covers it.

    ``always`` marks what every coalition is asked for, whatever the needs say. ``attribute`` is
    the list in which it is noted: kinds of data for ``best``, districts for ``union``, the
    capability's own id for ``role`` and ``someone``.
    """

    id: Identifier
    label: Words
    cover: Literal["sum", "best", "union", "role", "bridge", "someone"]
    criterion: Identifier | None = None
    attribute: Identifier | None = None
    data_kinds: tuple[Identifier, ...] = ()
    roles: tuple[Identifier, ...] = ()
    between: tuple[Identifier, ...] = ()
    given_by: tuple[Identifier, ...] = ()
    always: bool = False
    guide: tuple[Sentence, ...] = ()


class Need(Part):
    """How much of each capability a kind of project asks for."""

    id: Identifier
    label: Words
    levels: Mapping[Identifier, Share]


class Layer(Part):
    """A layer of the digital city, who usually sits there, and which capabilities rest on it."""

    id: Identifier
    label: Words
    types: tuple[Identifier, ...] = ()
    serves: tuple[Identifier, ...] = ()
    crosswalk: Mapping[Identifier, tuple[Sentence, ...]] = {}
    guide: tuple[Sentence, ...] = ()
    note: Words | None = None


class Derivation(Part):
    """What stands for an attribute that nobody gave: the highest of all that is named here.

    That is the value of `pillar`, the best value of the criteria in `best`, the rating of the
    tier an actor has at `gate`, and the rating of a role it plays.
    """

    id: Identifier
    pillar: Identifier | None = None
    best: tuple[Identifier, ...] = ()
    gate: Identifier | None = None
    tiers: Mapping[Identifier, Identifier] = {}
    roles: Mapping[Identifier, Identifier] = {}
    added: Words | None = None
