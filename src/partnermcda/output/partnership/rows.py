"""Rows of the tables of levers, coalitions and maps: what each field means."""

from typing import Annotated

from pydantic import ConfigDict, Field

from partnermcda.output.document import Count, Position, Record

# Weighted means of shares may come out a rounding beyond either end.
Share = Annotated[float, Field(ge=-1e-9, le=1 + 1e-9)]


class ToldLever(Record):
    """A lever that is told of an actor."""

    city: str
    actor_id: str
    actor: str
    actor_type: str | None
    """Type of actor; null where it is not known."""
    place: Position
    """Its place among the levers of the actor, the strongest first."""
    lever: str
    """Id of the lever."""
    strength: Share
    """How strongly it fires by what is known today."""
    strength_low: Share
    """The least, whatever missing answers become known."""
    strength_high: Share
    """The most."""
    because: str
    """What fired it, with semicolons; `?` marks what counts because it is not known."""
    to_find_out: str
    """What can still move it."""
    first_settle: str
    """Gates to settle first."""
    partner_id: str
    """Id of the best partner, where the lever asks for one."""
    partner: str
    """Its name."""
    gain: float | None
    """Share of the needs both cover beyond what the better covers alone."""
    gain_low: float | None
    """The least that can be."""
    gain_high: float | None
    """The most that can be."""
    district: str
    """Where to begin, where the lever asks for it."""


class Question(Record):
    """A question of the sheet that comes with a lever."""

    city: str
    actor_id: str
    actor: str
    lever: str
    district: str
    question: str
    answer: str
    """Empty, to be filled in."""


class Member(Record):
    """A member of a coalition."""

    city: str
    plan: Position
    """1 for the best coalition of the city, 2 for the next."""
    actor_id: str
    actor: str
    actor_type: str | None
    """Type of actor; null where it is not known."""
    gate: str
    """Worst verdict of its gates; empty where none was answered."""
    cost: float | None
    """What its part costs; 0 where costs do not count."""
    loss: float
    """Value lost without it."""
    only_brings: str
    """What only it brings, as shares of each need, with semicolons."""
    value: float
    """What the coalition is worth: the share of the needs that counts, less the penalty."""
    coverage: Share
    """Share of the needs the coalition covers, with what is not known in the middle."""
    coverage_low: Share
    """The share that is certain."""
    coverage_high: Share
    """The most it can be."""
    gap: float | None
    """How much better another coalition may be at most."""


class Need(Record):
    """What a coalition covers of a need."""

    city: str
    plan: Position
    capability: str
    need: float
    """How much is needed, in the unit of the capability."""
    weight: Share
    """What it counts among all needs."""
    cover: Share
    """Share covered, with what is not known in the middle."""
    cover_low: Share
    """The share that is certain."""
    cover_high: Share
    """The most it can be."""
    open: bool
    """Whether it is not covered by what counts."""
    could_fill: str
    """Ids of those who could cover more of it if what is not known of them proved good."""


class City(Record):
    """The best coalition of a city, in one line."""

    city: str
    candidates: Count
    """How many could take part."""
    members: str
    """Ids of the members."""
    size: Count
    """How many they are; 0 where there is no coalition."""
    value: float | None
    """What it is worth."""
    coverage: Share | None
    """Share of the needs it covers, with what is not known in the middle."""
    coverage_low: Share | None
    """The share that is certain."""
    coverage_high: Share | None
    """The most it can be."""
    gap: float | None
    """How much better another coalition may be at most."""
    most: float | None
    """The most that any coalition can cover by what counts."""
    reached: bool
    """Whether that is enough."""
    short: str
    """Capabilities left open, those that cost most first."""
    reason: str
    """Why there is no coalition."""


class PlacedActor(Record):
    """Where an actor stands on the map."""

    city: str
    actor_id: str
    actor: str
    actor_type: str | None
    """Type of actor; null where it is not known."""
    role: str
    gate: str
    """Worst verdict of its gates."""
    power: Share
    power_low: Share
    power_high: Share
    power_derived: bool
    """Whether it was derived by a rule, not given."""
    interest: Share
    interest_low: Share
    interest_high: Share
    interest_derived: bool
    legitimacy: Share
    legitimacy_low: Share
    legitimacy_high: Share
    legitimacy_derived: bool
    urgency: Share
    urgency_low: Share
    urgency_high: Share
    urgency_derived: bool
    quadrant: str
    """Place by power and interest, or ``undecided``."""
    quadrants: str
    """All places possible."""
    salience: str
    """Class by power, legitimacy and urgency, or ``undecided``."""
    saliences: str
    """All classes possible."""
    layers: str
    """Layers of the digital city it sits on."""
    layers_derived: bool
    """Whether they are those usual for its type."""


class Layer(Record):
    """A layer of the digital city."""

    city: str
    layer: str
    actors: Count
    """How many sit there."""
    given: Count
    """Of how many of them that was told, not derived."""
    who: str
    """The first three."""
    empty: bool
    needed: bool
    """Whether it carries something the project needs."""
    warning: str
    """``missing``, ``by_type`` or empty."""


class Edge(Record):
    """What one actor brings that another lacks."""

    model_config = ConfigDict(serialize_by_alias=True)

    city: str
    from_id: str
    from_: str = Field(alias="from")
    """Name of who brings."""
    to_id: str
    to: str
    """Name of who lacks."""
    capabilities: str
    """What the first brings and the second lacks, with what is not known in the middle."""
    certain: str
    """Those of them that are certain."""
    gain: float
    """Share of the needs both cover beyond what the better covers alone."""
    gain_low: float
    gain_high: float
