"""Values on the catalog's scale, with what is not known carried as intervals."""

from dataclasses import dataclass

import numpy as np

from partnermcda.core.arrays import Bools, Floats, Texts


@dataclass(frozen=True, slots=True, eq=False)
class ValueMatrix:
    """Values in [0, 1] for m actors and n criteria; in every column more is better.

    A value that is known has ``low = mid = high``.

    Examples
    --------
    >>> import pandas as pd
    >>> import partnermcda as pm
    >>> catalog = pm.load_catalog("urban-services")
    >>> actors = pd.DataFrame({"actor_id": ["a"], "actor": ["Ada"], "actor_type": ["ngo"],
    ...                        "city": ["Dakar"], "res_technical": [4]})
    >>> values = pm.evaluate(pm.read_inventory(actors, catalog), catalog)
    >>> len(values), values.low.shape
    (1, (1, 16))
    >>> float(values.mid[0, values.column("res_technical")])
    0.75
    """

    criteria: tuple[str, ...]
    """Names of the n columns: criteria, and pillars combined in order."""
    actors: Texts
    """(m,) ids."""
    names: Texts
    """(m,) names for readers."""
    types: Texts
    """(m,) actor types; empty where the type is not known."""
    cities: Texts
    """(m,) cities."""
    low: Floats
    """(m, n) lowest value possible."""
    mid: Floats
    """(m, n) central value."""
    high: Floats
    """(m, n) highest value possible."""
    evidence: Floats
    """(m, n) share of the column that was observed, in [0, 1]."""
    roles: Texts
    """(m,) role that keeps an actor from being ranked; empty for candidates."""
    gates: Texts
    """(m,) worst verdict of the actor's gates: ``pass``, ``review``, ``fail``; empty if unasked."""
    outside: Bools
    """(m,) true where the actor lies outside what a mapping keeps."""
    role_names: tuple[str, ...] = ()
    """Roles there are, whether anybody plays them or not."""
    clipped: tuple[tuple[str, int], ...] = ()
    """Criteria with the number of values beyond their bounds, brought to 0 or 1."""

    def __len__(self) -> int:
        return len(self.actors)

    def unobserved(self, rows: Bools) -> tuple[str, ...]:
        """Columns for which none of `rows` has any evidence; a prior is none.

        Parameters
        ----------
        rows : (m,) array of bool
            The actors to look at.

        Returns
        -------
        tuple of str
        """
        most = self.evidence[rows].max(axis=0, initial=0.0)
        return tuple(name for name, share in zip(self.criteria, most, strict=True) if share == 0)

    def column(self, name: str) -> int:
        """Position of a column."""
        return self.criteria.index(name)


def texts(values: object) -> Texts:
    """Make an array of Python strings, one object each.

    Parameters
    ----------
    values : iterable of str

    Returns
    -------
    (m,) array of object
    """
    return np.asarray(values, dtype=object)
