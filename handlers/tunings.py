"""The numbers behind the rules as a short text that stands behind a button."""

import json
from dataclasses import fields
from typing import Any

from core.domain.tuning import STANDARD, Tuning


def packed(tuning: Tuning) -> str:
    """Only what is not as shipped."""
    values = {field.name: getattr(tuning, field.name) for field in fields(Tuning)}
    return json.dumps({n: v for n, v in values.items() if v != getattr(STANDARD, n)})


def unpacked(text: str) -> Tuning:
    said: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in json.loads(text).items()
    }
    return Tuning(**said)
