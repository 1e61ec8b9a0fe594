"""What was asked of partners, beside where the actors came from."""

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from partnermcda.output.document import Record, Share
from partnermcda.output.manifest import Names

Number = Annotated[int, Field(ge=1)]
Amount = Annotated[float, Field(ge=0)]
Pair = Annotated[tuple[str, str], Field(strict=False)]


class LeversAsked(Record):
    """What was asked of levers."""

    kind: Literal["levers"]
    by: Literal["city"] | None
    """Partners within each city; null for among all."""
    most: Number
    """How many levers are told of each actor."""


class CoalitionAsked(Record):
    """What was asked of a coalition."""

    kind: Literal["coalition"]
    size: Number
    """Most members."""
    budget: Amount | None
    """Most they may cost together; null where cost does not count."""
    must_have: Names
    """Ids of actors who take part."""
    must_not: Names
    """Ids of actors who do not."""
    incompatible: Annotated[tuple[Pair, ...], Field(strict=False)]
    """Ids of actors who do not take part together."""
    gates: Literal["exclude", "show"]
    """Whether actors who fail a gate can take part."""
    districts: Names | None
    """The project's districts; null for all that any candidate works in."""
    weights: Mapping[str, Amount] | None
    """What each capability counts; null where all count alike."""
    penalty: Amount
    """What each member after the first costs, in shares of all needs."""
    robust: Literal["worst", "nominal", "expected"]
    """Which values of an interval count: the least, the middle, or many drawn ones."""
    draws: Number
    """How many states were drawn, where they were."""
    seed: Annotated[int, Field(ge=0)]
    """Where the random numbers come from, where any were drawn."""
    best: Number
    """How many different coalitions."""
    enough: Share
    """Share of the needs that should be reached."""
    time_limit: Amount
    """Seconds for each city."""


class MapAsked(Record):
    """What was asked of a map."""

    kind: Literal["map"]
    by: Literal["city"] | None
    """One map for each city; null for one of all."""
    threshold: Annotated[float, Field(gt=0, le=1)]
    """From this value on an attribute is held."""
    most: Annotated[int, Field(ge=0)]
    """How many partners each actor chooses."""


Asked: TypeAlias = Annotated[LeversAsked | CoalitionAsked | MapAsked, Field(discriminator="kind")]
"""One of the three."""
