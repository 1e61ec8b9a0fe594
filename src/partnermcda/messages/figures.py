"""Figures as each language writes them."""


def number(value: float, digits: int, language: str) -> str:
    """Write a number with a fixed count of digits.

    Parameters
    ----------
    value : float
        The number.
    digits : int
        Digits behind the decimal sign.
    language : {"en", "fr"}
        Language of the sign.

    Returns
    -------
    str

    Examples
    --------
    >>> number(0.5, 2, "fr")
    '0,50'
    """
    text = f"{value:.{digits}f}"
    return text.replace(".", ",") if language == "fr" else text


def percent(share: float, language: str, digits: int = 0) -> str:
    """Write a share as a percentage.

    Parameters
    ----------
    share : float
        In [0, 1].
    language : {"en", "fr"}
        Language of the signs.
    digits : int
        Digits behind the decimal sign.

    Returns
    -------
    str

    Examples
    --------
    >>> percent(0.123, "fr", 1), percent(0.5, "en")
    ('12,3 %', '50%')
    """
    sign = " %" if language == "fr" else "%"
    return number(100 * share, digits, language) + sign


def amount(value: float, language: str) -> str:
    """Write an amount with its thousands set apart.

    Parameters
    ----------
    value : float
        The amount.
    language : {"en", "fr"}
        Language of the signs.

    Returns
    -------
    str

    Examples
    --------
    >>> amount(1000000, "fr"), amount(0.5, "fr"), amount(1000, "en")
    ('1 000 000', '0,5', '1,000')
    """
    text = f"{value:,.10g}"
    return text.replace(",", " ").replace(".", ",") if language == "fr" else text


def figure(value: float, step: float, language: str) -> str:
    """Write a number with as many digits as its steps have.

    Parameters
    ----------
    value : float
        The number.
    step : float
        By how much it can differ, a power of ten.
    language : {"en", "fr"}
        Language of the signs.

    Returns
    -------
    str

    Examples
    --------
    >>> figure(1250, 1, "en"), figure(0.5, 0.001, "fr"), figure(3.5, 1, "en")
    ('1,250', '0,5', '3.5')
    """
    digits = len(f"{step:.12f}".rstrip("0").partition(".")[2])
    text = f"{round(value, max(digits, 1)):,}".removesuffix(".0")
    return text.replace(",", "\u202f").replace(".", ",") if language == "fr" else text
