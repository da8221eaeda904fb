"""Reads a model's JSON as strictly as it was asked for: nothing is mended, guessed or picked out.

What is wrong becomes sentences for the model, which gets one second chance.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

LONGEST = 200_000
DEEPEST = 12
MOST_FAULTS = 8
TEXTS = {str}
PAIR = re.compile(r"\[\]|\{\}")
BETWEEN = re.compile(r"[^\[\]{}]+")


@dataclass(frozen=True, slots=True)
class Faults:
    """Why an answer cannot be used, in words that its author can act on."""

    found: tuple[str, ...]


def read_object(text: str, keys: Iterable[str], version: str) -> dict[str, object] | Faults:
    """The outermost object, if it has these keys and no others and names the version."""
    if len(text) > LONGEST:
        return Faults((f"The answer is longer than {LONGEST} characters.",))
    if text.lstrip().startswith("```"):
        return Faults(("The answer must be bare JSON, without a code fence around it.",))
    if _is_deep(text):
        return Faults((f"The answer is nested deeper than {DEEPEST} levels.",))
    try:
        whole: object = json.loads(
            text, object_pairs_hook=_once, parse_constant=_refuse, parse_float=float
        )
    except ValueError as error:
        return Faults((f"The answer is not valid JSON: {error}.",))
    return _shaped(whole, frozenset(keys), version)


def objects(whole: dict[str, object], key: str) -> list[dict[str, object]] | Faults:
    """The list of objects under a key."""
    listed = whole[key]
    if not isinstance(listed, list):
        return Faults((f"`{key}` must be a list.",))
    found = [each for each in listed if isinstance(each, dict)]
    if len(found) < len(listed):
        return Faults((f"`{key}` must hold objects only.",))
    return found


def has_keys(entry: dict[str, object], keys: Iterable[str]) -> bool:
    return entry.keys() == frozenset(keys)


def number(value: object, low: float, high: float) -> float | None:
    """None for what is no number or lies outside; true is no number, and NaN lies nowhere."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if low <= value <= high else None


def words(value: object) -> Sequence[str] | None:
    """A list of texts, each once; None for anything else."""
    if not isinstance(value, list) or not set(map(type, value)) <= TEXTS:
        return None
    return tuple(dict.fromkeys(value))


def _shaped(whole: object, keys: frozenset[str], version: str) -> dict[str, object] | Faults:
    if not isinstance(whole, dict):
        return Faults(("The answer must be one JSON object.",))
    wrong = [f"`{key}` is missing." for key in sorted(keys - whole.keys())]
    wrong += [f"`{key[:40]}` is not asked for." for key in sorted(whole.keys() - keys)]
    if not wrong and whole["schema_version"] != version:
        wrong.append(f'`schema_version` must be "{version}".')
    return Faults(tuple(wrong[:MOST_FAULTS])) if wrong else whole


def _is_deep(text: str) -> bool:
    """Level by level from the inside, so that no answer keeps the desk busy."""
    brackets = BETWEEN.sub("", _unquoted(text))
    levels = 0
    while levels < DEEPEST and PAIR.search(brackets):
        brackets, levels = PAIR.sub("", brackets), levels + 1
    depth = accumulate(1 if bracket in "[{" else -1 for bracket in brackets)
    return PAIR.search(brackets) is not None or any(level > DEEPEST for level in depth)


def _unquoted(text: str) -> str:
    """What stands outside of strings; backslashes have no business there."""
    unescaped = text.replace(r"\\", "").replace(r"\"", "")
    return "".join(unescaped.split('"')[::2])


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key appears twice in one object")
    return found


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is not a JSON number")
