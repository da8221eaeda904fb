"""Official samples beside the checkout, and whether an answer has their shape."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

PAYLOADS = Path(__file__).parents[3] / "shared" / "payloads"


def sample(name: str) -> object:
    """A JSON file, or the answer at the end of a file that tells a whole exchange."""
    path = PAYLOADS / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the checkout")
    text = path.read_text("utf-8")
    return json.loads(text[text.index("\n{") :] if path.suffix == ".txt" else text)


def lacking(expected: object, told: object, where: str = "") -> Iterator[str]:
    """Every key of the sample that the answer lacks, or holds as another type."""
    if isinstance(expected, dict) and isinstance(told, dict):
        for key, value in expected.items():
            if key in told:
                yield from lacking(value, told[key], f"{where}.{key}")
            else:
                yield f"{where}.{key} is missing"
    elif isinstance(expected, list) and isinstance(told, list):
        if expected and told:
            yield from lacking(expected[0], told[0], f"{where}[0]")
    elif kind(expected) != kind(told):
        yield f"{where} is {kind(told)}, not {kind(expected)}"


def kind(value: object) -> str:
    """JSON knows one kind of number; null says nothing about a type."""
    if isinstance(value, bool):
        return "boolean"
    return "number" if isinstance(value, int | float) else type(value).__name__
