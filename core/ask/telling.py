"""Values of the desk as compact JSON for a model: short numbers, UTC times, nothing secret."""

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

LONGEST = 8_000
FIGURES = 6


def number(value: Decimal | float | None) -> float | None:
    """Six figures are enough to speak of."""
    return None if value is None else float(f"{value:.{FIGURES}g}")


def percent(fraction: Decimal | float | None) -> float | None:
    return None if fraction is None else round(float(fraction) * 100, 2)


def moment(time: datetime | None) -> str | None:
    return None if time is None else time.strftime("%Y-%m-%dT%H:%MZ")


def coin(symbol: str) -> str:
    return symbol.partition("/")[0]


def filled(fields: Mapping[str, object]) -> dict[str, object]:
    """Without what is unknown or empty."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {}, ())}


def told(found: object) -> str:
    """What is too long is cut, and says so."""
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return text if len(text) <= LONGEST else text[:LONGEST] + " … (cut: ask for less)"


def fault(words: str) -> str:
    return told({"error": words})
