"""A file of weights as JSON: everything that is known of how they came about."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import ConfigDict, Field

from partnermcda.catalog.parts import Part, Share

WEIGHTS_FORMAT: Final = "partnermcda-weights/1"

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Ratio = Annotated[float, Field(gt=0)]
"""How many times more one thing counts than another."""
Weight = Annotated[float, Field(ge=0)]


class WeightsPart(Part):
    """What every part of a file of weights is: its fields say in the schema what they mean."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class SourceFile(WeightsPart):
    """A file that was read."""

    path: str
    """As seen from the weights, with forward slashes."""
    sha256: Sha256
    bytes: Annotated[int, Field(ge=0)]


class CatalogRead(WeightsPart):
    """The catalog whose criteria were weighed."""

    name: str
    version: str
    sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
    """SHA-256 of its file; empty for a catalog made in memory."""


class JudgeInNode(WeightsPart):
    """What one judge said in one node."""

    judge: str
    weight: Share
    """Share in the group; 0 for whoever was left out."""
    priorities: Mapping[str, Share] | None
    """Of the items, from the judge's answers alone; null where they do not link all items."""
    consistency_ratio: float | None
    """Null where the answers do not link all items."""
    distance: float | None
    """How far the priorities are from the group's; null where there are none."""


class Node(WeightsPart):
    """What was compared with what, and what it came to."""

    name: str
    priorities: Mapping[str, Share]
    """The group's, of the items that are compared; they sum to 1."""
    consistency_ratio: float | None
    """Of the judgements: the group's, or the orientation's in a node nobody judged."""
    consensus: float | None
    """From 0, no two agree on anything, to 1, all agree; null where nobody judged."""
    judges: tuple[JudgeInNode, ...]
    """Who answered here."""


class LeftOutJudge(WeightsPart):
    """A judge whose judgements in a node did not count: they contradict one another too much."""

    judge: str
    node: str
    consistency_ratio: float


class LookAgain(WeightsPart):
    """A judgement to look at again; nothing was changed."""

    judge: str
    """Who judged; empty for the group."""
    node: str
    a: str
    b: str
    value: Ratio
    """How many times more `a` was said to count than `b`."""
    suggested: Ratio
    """How many times more it would, were it in line with the other judgements."""
    before: float
    """Consistency ratio as it is."""
    after: float
    """Consistency ratio with the suggested value."""


class WeightsDocument(WeightsPart):
    """Weights from pairwise judgements, with all that needs to be known of them."""

    format: Literal["partnermcda-weights/1"]
    version: str
    """Version of partnermcda that wrote it."""
    catalog: CatalogRead | None
    """Null where names were taken from the judgements."""
    orientation: str
    """Whose judgements in the catalog weigh the nodes nobody judged; empty without."""
    weights: Annotated[Mapping[str, Weight], Field(min_length=1)]
    """Weight of each criterion; they sum to 1."""
    random_index: str
    """Table of random indices behind the consistency ratios."""
    method: str
    """How judgements became priorities."""
    missing: str
    """How judgements that were not asked for were filled in."""
    pooling: str
    """How judges became a group."""
    judges: Mapping[str, Share]
    """Share of each judge in the group."""
    nodes: tuple[Node, ...]
    """Every node, the root first."""
    left_out: tuple[LeftOutJudge, ...]
    look_again: tuple[LookAgain, ...]
    """Judgements to look at again, in each node the group's first."""
    notes: tuple[str, ...]
    """What was left out, given, or taken in another way than one might expect."""
    inputs: tuple[SourceFile, ...]
    """Files that were read."""
