"""Figures as each language writes them."""


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
