"""The parts a catalog is made of: criteria, pillars, actor types, gates, orientations."""

import re
from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from partnermcda.catalog.scales import SCALES, Scale, ScaleName
from partnermcda.yamlfile import IDENTIFIER

Identifier = Annotated[str, Field(pattern=IDENTIFIER)]
Sentence = Annotated[str, Field(min_length=1, max_length=2000)]
Share = Annotated[float, Field(ge=0, le=1)]


_FRACTION: Final = r"^([1-9][0-9]{0,5})/([1-9][0-9]{0,5})$"


def _ratio(value: object) -> object:
    """Read ``1/3`` as a third, as a judge would write it."""
    fraction = re.match(_FRACTION, value) if isinstance(value, str) else None
    return int(fraction[1]) / int(fraction[2]) if fraction else value


Ratio = Annotated[
    float,
    BeforeValidator(_ratio),
    Field(ge=1e-6, le=1e6),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 1e-6, "maximum": 1e6},
                {"type": "string", "pattern": _FRACTION},
            ]
        }
    ),
]


class Part(BaseModel):
    """What every part of a catalog is: frozen, and nothing in it that has no meaning."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, hide_input_in_errors=True, allow_inf_nan=False
    )


class Words(Part):
    """The same words in English and French."""

    en: Sentence
    fr: Sentence

    def __getitem__(self, language: str) -> str:
        return self.fr if language == "fr" else self.en


class Criterion(Part):
    """One thing to find out about an actor, and how an answer becomes a value in [0, 1]."""

    id: Identifier
    label: Words
    question: Words
    direction: Literal["benefit", "cost"]
    scale: ScaleName
    unit: Words
    low: float
    high: float
    transform: Literal["linear", "log10"] = "linear"
    anchors: tuple[Words, ...] = ()
    evidence: Words
    proxies: tuple[Sentence, ...] = ()
    guide: tuple[Sentence, ...] = ()
    added: Words | None = None

    @property
    def possible(self) -> Scale:
        """What an answer can be at all."""
        return SCALES[self.scale]


class Combination(Part):
    """How a pillar whose criteria stand in for one another becomes one criterion.

    ``ordered`` weights the values from the strongest to the weakest (an ordered weighted
    average), so that one clear motive is enough.
    """

    ordered: Annotated[tuple[Share, ...], Field(min_length=2)]


class Pillar(Part):
    """A group of criteria."""

    id: Identifier
    label: Words
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    combine: Combination | None = None

    @property
    def entries(self) -> tuple[str, ...]:
        """Names under which the pillar enters the decision matrix."""
        return (self.id,) if self.combine else tuple(c.id for c in self.criteria)


class Rating(Part):
    """A step from very low to very high: its words, and the values it stands for."""

    id: Identifier
    label: Words
    synonyms: tuple[Sentence, ...] = ()
    likert: Annotated[int, Field(ge=1, le=5)]
    low: Share
    high: Share


class Prior(Part):
    """What the guide leads one to expect of a type of actor, before anyone has asked."""

    rating: Identifier
    inferred: bool = False
    only_if: Identifier | None = None
    guide: Sentence
    note: Words | None = None


class ActorType(Part):
    """A kind of actor, with what the guide says of it and where it says nothing."""

    id: Identifier
    label: Words
    synonyms: tuple[Sentence, ...] = ()
    priors: Mapping[Identifier, Prior] = {}
    silent: Mapping[Identifier, Words] = {}


class Role(Part):
    """A part some actors play besides being candidates, known by a flag or by their type."""

    id: Identifier
    label: Words
    flag: Identifier
    types: tuple[Identifier, ...] = ()
    ranked: bool = False


class Flag(Part):
    """A yes or no about an actor."""

    id: Identifier
    label: Words


class Attribute(Part):
    """Something noted about an actor and never scored."""

    id: Identifier
    label: Words
    kind: Literal["share01", "money", "text", "list"]

    @property
    def possible(self) -> Scale | None:
        """What its numbers can be; none where it holds no numbers."""
        return SCALES[self.kind] if self.kind == "share01" or self.kind == "money" else None


class Tier(Part):
    """One answer to a gate, and what it leads to."""

    id: Identifier
    label: Words
    verdict: Literal["pass", "review", "fail"]


class Gate(Part):
    """A condition that is shown and never averaged.

    Who fails one with ``stops_levers`` is engaged by no lever.
    """

    id: Identifier
    label: Words
    why: Words
    tiers: Annotated[tuple[Tier, ...], Field(min_length=2)]
    stops_levers: bool = False


class Orientation(Part):
    """An aim of a project, with the pairwise judgements that weigh criteria for it.

    ``judgements`` holds, for the node ``pillars`` and for every pillar, the upper triangle of
    its pairwise matrix row by row, in the order of the file.
    """

    id: Identifier
    label: Words
    purpose: Words
    judgements: Mapping[Identifier, tuple[Ratio, ...]]
