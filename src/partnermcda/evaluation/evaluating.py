"""From a checked inventory to values with the names of actors."""

import pandas as pd

from partnermcda.catalog import Catalog
from partnermcda.core.arrays import Texts
from partnermcda.evaluation.measuring import measure
from partnermcda.evaluation.unknowns import Unknown, check_unknown
from partnermcda.inventory import check_inventory
from partnermcda.matrix import ValueMatrix, texts


def evaluate(
    inventory: pd.DataFrame, catalog: Catalog, unknown: Unknown = "interval"
) -> ValueMatrix:
    """Bring every answer to the catalog's fixed scale.

    Parameters
    ----------
    inventory : DataFrame
        As :func:`partnermcda.read_inventory` returns it: m actors.
    catalog : Catalog
        Criteria with their value functions.
    unknown : {"interval", "prior", "refuse"}
        What a missing answer is: the interval [0, 1]; the interval the guide leads one to expect
        of the actor's type, [0, 1] where the guide is silent; or an error.

    Returns
    -------
    ValueMatrix
        (m, n) values in [0, 1]: lowest, central, highest. Central is the middle of the interval.

    Raises
    ------
    InventoryError
        If the inventory breaks the catalog's schema, or lacks answers and `unknown` refuses that.
    MethodError
        If there is no such way to treat what is unknown.

    Notes
    -----
    A value is :math:`(t(x) - t(l)) / (t(h) - t(l))` with the criterion's bounds l, h and
    transform t, clipped to [0, 1] and turned round for a cost (see :func:`core.value`). A pillar
    combined in order enters as the ordered weighted average of its criteria's values
    (:func:`core.ordered_sum`). Both rise in every answer, so `low` and `high` are exact.

    Examples
    --------
    >>> import partnermcda as pm
    >>> catalog = pm.load_catalog("urban-services")
    >>> actors = pd.DataFrame({"actor_id": ["a"], "actor": ["Ada"], "actor_type": ["ngo"],
    ...                        "city": ["Dakar"], "res_technical": [4]})
    >>> values = pm.evaluate(pm.read_inventory(actors, catalog), catalog)
    >>> j = values.column("res_technical")
    >>> float(values.low[0, j]), float(values.high[0, j])
    (0.75, 0.75)
    >>> j = values.column("res_data")
    >>> float(values.low[0, j]), float(values.high[0, j])
    (0.0, 1.0)
    """
    check_unknown(unknown)
    check_inventory(inventory, catalog)
    return measure(inventory, catalog, unknown).of(
        catalog.entries,
        tuple(role.id for role in catalog.roles),
        texts(inventory["actor_id"]),
        texts(inventory["actor"]),
        _shared(inventory["actor_type"].fillna("")),
        _shared(inventory["city"]),
    )


def _shared(column: pd.Series) -> Texts:
    """Text of which much is repeated, each text held once."""
    codes, found = pd.factorize(column)
    return texts(texts(found)[codes])
