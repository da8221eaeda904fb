"""Lengths of time as people type them: 12h, 30d, 26w."""

from datetime import timedelta

UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def length(text: str) -> timedelta:
    """Raises ValueError with a sentence for whoever typed it."""
    number, unit = text[:-1], UNITS.get(text[-1:])
    if unit is None or not (number.isascii() and number.isdigit()) or not 0 < int(number) < 10**5:
        raise ValueError(f"{text!r} is no length of time such as 12h, 30d or 26w")
    return int(number) * unit


def said(span: timedelta) -> str:
    """The same in days, with a fraction where there is one."""
    return f"{span / timedelta(days=1):g}d"
