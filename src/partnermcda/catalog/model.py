"""The catalog: everything that is asked of an actor, and how it is weighed."""

from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, PrivateAttr, model_validator

from partnermcda.catalog.checks import meaning_faults, refuse
from partnermcda.catalog.engagement import Capability, Derivation, Layer, Lever, Need, Ramp
from partnermcda.catalog.hierarchy import pillar_hierarchy
from partnermcda.catalog.judgements import orientation_weights
from partnermcda.catalog.parts import (
    ActorType,
    Attribute,
    Criterion,
    Flag,
    Gate,
    Orientation,
    Part,
    Pillar,
    Rating,
    Role,
    Share,
    Words,
)
from partnermcda.errors import Finding, WeightsError
from partnermcda.hierarchy import Hierarchy
from partnermcda.weights import Weights


class Catalog(Part):
    """A catalog of criteria, read from a file and never changed.

    Examples
    --------
    >>> import partnermcda as pm
    >>> catalog = pm.load_catalog("urban-services")
    >>> len(catalog.criteria)
    20
    >>> catalog.criterion("res_human").label["fr"]
    'Ressources humaines mobilisables'
    """

    format: Literal["partnermcda-catalog/1"]
    catalog: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,63}$")]
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    title: Words
    source: Words
    pillars: Annotated[tuple[Pillar, ...], Field(min_length=1)]
    ratings: tuple[Rating, ...]
    inferred_widening: Share = 0.0
    actor_types: Annotated[tuple[ActorType, ...], Field(min_length=1)]
    roles: tuple[Role, ...] = ()
    flags: tuple[Flag, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    derived: tuple[Derivation, ...] = ()
    gates: tuple[Gate, ...] = ()
    orientations: Annotated[tuple[Orientation, ...], Field(min_length=1)]
    ramps: tuple[Ramp, ...] = ()
    levers: tuple[Lever, ...] = ()
    capabilities: tuple[Capability, ...] = ()
    needs: tuple[Need, ...] = ()
    layers: tuple[Layer, ...] = ()
    notes: tuple[Words, ...] = ()

    _sha256: str = PrivateAttr(default="")

    @model_validator(mode="after")
    def _references_hold(self) -> Self:
        refuse(meaning_faults(self.model_dump()))
        return self

    def read_from(self, sha256: str) -> Self:
        """Return the same catalog, with the SHA-256 of the file it was read from."""
        catalog = self.model_copy()
        catalog._sha256 = sha256
        return catalog

    @property
    def sha256(self) -> str:
        """SHA-256 of the file the catalog was read from; empty for one made in memory."""
        return self._sha256

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria, pillar by pillar."""
        return tuple(criterion for pillar in self.pillars for criterion in pillar.criteria)

    @cached_property
    def entries(self) -> tuple[str, ...]:
        """Columns of the decision matrix: criteria, and pillars that are combined in order."""
        return tuple(entry for pillar in self.pillars for entry in pillar.entries)

    @cached_property
    def hierarchy(self) -> Hierarchy:
        """Tree of the criteria under ``pillars``; a pillar combined in order is a leaf."""
        return pillar_hierarchy(self.pillars)

    @cached_property
    def amounts(self) -> tuple[str, ...]:
        """Attributes that are numbers."""
        return tuple(a.id for a in self.attributes if a.possible is not None)

    def criterion(self, name: str) -> Criterion:
        """Find a criterion by its id; a KeyError if there is none."""
        return {criterion.id: criterion for criterion in self.criteria}[name]

    def label(self, entry: str, language: str = "en") -> str:
        """Name a criterion or pillar for a reader; a KeyError if there is none."""
        pillars = {pillar.id: pillar.label for pillar in self.pillars}
        return (pillars | {c.id: c.label for c in self.criteria})[entry][language]

    def orientation(self, name: str) -> Orientation:
        """Find an orientation by its id; a WeightsError with the names if there is none."""
        found = {orientation.id: orientation for orientation in self.orientations}
        if name not in found:
            details = {"name": name, "names": ", ".join(found)}
            raise WeightsError(Finding("weights.orientation", details))
        return found[name]

    def weights(self, orientation: str) -> Weights:
        """Weights of the columns of the decision matrix, from the catalog's judgements.

        Parameters
        ----------
        orientation : str
            Id of an orientation, as ``expand_unserved``.

        Returns
        -------
        Weights
            One weight per entry, summing to 1, with the consistency ratio of every node.

        Raises
        ------
        WeightsError
            If there is no such orientation.

        Notes
        -----
        The weight of a criterion is its pillar's priority times its own within the pillar, each
        the principal eigenvector of the node's pairwise matrix. A pillar combined in order
        enters with its pillar's priority.
        """
        return orientation_weights(self.hierarchy, self.orientation(orientation))
