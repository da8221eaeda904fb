"""Numbers as traders round them, aligned in columns: figures first, words last, 27 cells a line."""

import unicodedata
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from core.domain.instrument import Instrument

MINUS = "-"


def price(instrument: Instrument, value: Decimal) -> str:
    """On the venue's tick: 64,290.0."""
    return f"{value:,.{digits(instrument)}f}"


def digits(instrument: Instrument) -> int:
    """Decimals of the tick; at least what the tick shows."""
    exponent = instrument.tick_size.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def money(value: Decimal) -> str:
    """1,672 or 24.9 or 0.17: three or four figures are enough."""
    return _rounded(abs(value)) if value >= 0 else MINUS + _rounded(-value)


def signed(value: Decimal) -> str:
    """With its sign, as results are read: +40.2, -24.9, 0.0."""
    text = _rounded(abs(value))
    if not any(figure in text for figure in "123456789"):
        return text
    return ("+" if value > 0 else MINUS) + text


def _rounded(value: Decimal) -> str:
    places = 0 if value >= 1000 else 1 if value >= 1 else 2
    return f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN):,}"


def full(value: Decimal) -> str:
    """Equity and balances: 9,960.20."""
    return f"{value:,.2f}"


def short(value: Decimal) -> str:
    """Large counts in few figures: 98.4k, 1.23M, 512."""
    for size, letter in ((10**9, "B"), (10**6, "M"), (10**3, "k")):
        if abs(value) >= size:
            return (
                f"{value / size:.3g}{letter}"
                if abs(value) / size < 100
                else f"{value / size:,.0f}{letter}"
            )
    return f"{value:,.4g}"


def cents(value: Decimal) -> str:
    """Sums that must add up are shown to the cent: +9.60, -0.11, 0.00."""
    text = f"{value:+,.2f}"
    return text if any(figure in text for figure in "123456789") else text.lstrip("+-")


def amount(value: Decimal) -> str:
    """Base units without trailing zeros."""
    return f"{value.normalize():,f}"


def percent(fraction: Decimal, places: int = 2) -> str:
    return f"{fraction * 100:.{places}f}%"


def signed_percent(fraction: Decimal, places: int = 2) -> str:
    text = f"{fraction * 100:+.{places}f}%"
    return text if any(figure in text for figure in "123456789") else text.lstrip("+-")


def ratio(value: Decimal) -> str:
    return f"{value:.2f}"


def chance(probability: float) -> str:
    return f"{probability * 100:.0f}%"


def in_r(value: Decimal) -> str:
    """+0.64R"""
    return f"{value:+.2f}R"


Row = tuple[str, str, str]


WIDTH = 27


def columns(rows: Sequence[Row]) -> str:
    """A <pre> block no wider than a phone: price and money right-aligned, then the word.

    The last row may be about sizes: one that is too wide does not widen the others. A word that
    does not fit beside its numbers stands below them.
    """
    inner = rows if _fits(rows) else rows[:-1] or rows
    first, second = (max((len(row[n]) for row in inner), default=0) for n in (0, 1))
    lines = []
    for row in rows:
        line = f"{row[0]:>{first}} {row[1]:>{second}} {row[2]}".rstrip()
        if cells(line) > WIDTH:
            line = f"{row[0]} {row[1]}".rstrip() + f"\n  {row[2]}"
        lines.append(line)
    return "<pre>" + "\n".join(lines) + "</pre>"


def _fits(rows: Sequence[Row]) -> bool:
    first, second = (max((len(row[n]) for row in rows), default=0) for n in (0, 1))
    return all(first + second + 2 + cells(row[2]) <= WIDTH for row in rows)


def cells(text: str) -> int:
    """How wide a phone draws it: Hangul takes two cells."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
