"""Numbers that people gave, as they gave them."""

import math
from decimal import Decimal
from numbers import Real


def as_number(answer: object) -> float:
    """Take an answer as a number.

    Parameters
    ----------
    answer : object

    Returns
    -------
    float
        NaN where it is none: a text is not, even where it looks like one, nor are yes and no.

    Examples
    --------
    >>> as_number(3), as_number("3"), as_number(True)
    (3.0, nan, nan)
    """
    if not isinstance(answer, Real | Decimal) or isinstance(answer, bool):
        return math.nan
    try:
        return float(answer)
    except OverflowError:
        return math.inf
