"""The tree of a catalog's criteria."""

from collections.abc import Sequence

from partnermcda.catalog.check_numbers import NODE
from partnermcda.catalog.parts import Pillar
from partnermcda.hierarchy import Hierarchy


def pillar_hierarchy(pillars: Sequence[Pillar]) -> Hierarchy:
    """Hierarchy of a catalog: pillars under the root, criteria under their pillars.

    Parameters
    ----------
    pillars : sequence of Pillar

    Returns
    -------
    Hierarchy
        Its root is ``pillars`` and its leaves are the columns of the decision matrix, in their
        order: a pillar combined in order is a leaf itself.

    Examples
    --------
    >>> from partnermcda.catalog import load_catalog
    >>> tree = pillar_hierarchy(load_catalog("urban-services").pillars)
    >>> tree.path("res_human")
    ('pillars', 'resources', 'res_human')
    >>> "motivations" in tree.leaves
    True
    """
    within = {p.id: tuple(c.id for c in p.criteria) for p in pillars if not p.combine}
    return Hierarchy(NODE, {NODE: tuple(p.id for p in pillars), **within})
