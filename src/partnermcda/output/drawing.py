"""What was drawn to see how far a ranking can be trusted."""

from typing import Annotated, Final, Literal, TypeAlias

from pydantic import Field

from partnermcda.output.document import Record

Spread: TypeAlias = Literal["around", "uniform"]
TableName: TypeAlias = Literal["actors", "weights", "survey"]
TABLES: Final[tuple[TableName, ...]] = ("actors", "weights", "survey")
"""How often each actor leads, how far each weight can move, which answers to ask for."""


class Drawing(Record):
    """How weights were drawn, and what was looked at."""

    draws: Annotated[int, Field(ge=1)]
    """Number of weight vectors, each with its own draw of what is not known."""
    seed: Annotated[int, Field(ge=0)]
    """Where the random numbers come from; the same seed gives the same bytes."""
    spread: Spread
    """Weights about those of the ranking, or any weights at all."""
    concentration: Annotated[float, Field(gt=0)] | None
    """How many observations the weights of the ranking would be worth; null where any are drawn."""
    top: Annotated[int, Field(ge=1)]
    """How many of each city count as the best."""
