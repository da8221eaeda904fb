"""Reads what a model calls a tool with: exactly the named arguments, each within its bounds."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LONGEST = 400
Given = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Word:
    """A text: one of `choices`, where there are any, else the whole of it matches `pattern`."""

    name: str
    meaning: str
    pattern: str = ""
    choices: tuple[str, ...] = ()

    def schema(self) -> dict[str, object]:
        said: dict[str, object] = {"type": "string", "description": self.meaning}
        return said | ({"enum": list(self.choices)} if self.choices else {})

    def admits(self, value: object) -> bool:
        if not isinstance(value, str):
            return False
        if self.choices:
            return value in self.choices
        return re.fullmatch(self.pattern, value, re.ASCII) is not None


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `low` to `high`."""

    name: str
    meaning: str
    low: int
    high: int

    def schema(self) -> dict[str, object]:
        bounds = f"{self.meaning}, {self.low} to {self.high}"
        return {"type": "integer", "description": bounds}

    def admits(self, value: object) -> bool:
        return (
            isinstance(value, int)
            and not isinstance(value, bool)
            and self.low <= value <= self.high
        )


Argument = Word | Whole


def schema_of(arguments: Sequence[Argument]) -> dict[str, object]:
    """Every field required, nothing else allowed."""
    return {
        "type": "object",
        "properties": {argument.name: argument.schema() for argument in arguments},
        "required": [argument.name for argument in arguments],
        "additionalProperties": False,
    }


def read(text: str, arguments: Sequence[Argument]) -> Given | str:
    """The values, or what is wrong with them in words that a model can act on."""
    if len(text) > LONGEST:
        return f"the arguments are longer than {LONGEST} characters"
    try:
        given: object = json.loads(text or "{}")
    except ValueError:
        return "the arguments are no valid JSON"
    if not isinstance(given, dict):
        return "the arguments must be one JSON object"
    if given.keys() != {argument.name for argument in arguments}:
        return f"the arguments must be exactly: {', '.join(a.name for a in arguments) or 'none'}"
    wrong = [argument.name for argument in arguments if not argument.admits(given[argument.name])]
    return f"out of bounds: {', '.join(wrong)}" if wrong else given
