"""Prints all that aiogram answers after an ordinary or a deferred import, for comparison."""

import asyncio
import json
import re
import sys
from datetime import datetime, timedelta
from enum import Enum
from importlib import import_module
from types import UnionType
from typing import Annotated, Any, ClassVar, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from bot.late_models import import_aiogram, warm_up


class LenientSchema(GenerateJsonSchema):
    """Says what JSON cannot express, instead of refusing."""

    ignored_warning_kinds: ClassVar = {"non-serializable-default", "skipped-choice"}

    def handle_invalid_for_json_schema(self, schema: Any, error_info: str) -> dict[str, Any]:
        return {"inexpressible": plain(error_info)}


def plain(text: object) -> str:
    return re.sub(r"0x[0-9a-f]+|(?<=:)\d{9,}", "0x", str(text))


def models() -> dict[str, type[BaseModel]]:
    """Every type and every method of Telegram that aiogram has, and some answers to methods."""
    types, methods = import_module("aiogram.types"), import_module("aiogram.methods")
    found = [*vars(types).values(), *vars(methods).values()]
    found += [methods.Response[inner] for inner in (types.Message, list[types.Update], bool)]
    kinds = [kind for kind in found if isinstance(kind, type) and issubclass(kind, BaseModel)]
    return {f"{kind.__module__}.{kind.__name__}": kind for kind in kinds}


def sample(kind: Any, turn: int, depth: int) -> object:
    """A value for an annotation; of a union, the member whose turn it is."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return sample(inner[0], turn, depth)
    if origin in {Union, UnionType}:
        members = [member for member in inner if member is not type(None)]
        return sample(members[turn % len(members)], turn, depth)
    if origin is list:
        return [sample(inner[0], turn, depth)]
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return payload(kind, turn, depth)
    return inner[0] if origin is Literal else simple(kind)


def simple(kind: Any) -> object:
    values = {bool: True, int: 7, float: 1.5, str: "text", datetime: 1_790_000_000}
    if kind in values or kind is timedelta:
        return values.get(kind, 60)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind)).value
    if getattr(kind, "__name__", "") == "Default":
        return kind("parse_mode")
    if getattr(kind, "__name__", "") == "InputFile":
        return import_module("aiogram.types").BufferedInputFile(b"png", "chart.png")
    return "anything"


def payload(model: type[BaseModel], turn: int, depth: int) -> dict[str, object]:
    return {
        field.alias or name: sample(field.annotation, turn, depth - 1)
        for name, field in model.model_fields.items()
        if depth > 0 or field.is_required() or get_origin(field.annotation) is Literal
    }


def answer(model: type[BaseModel], given: dict[str, object]) -> list[str]:
    try:
        made = model.model_validate(given)
        return [plain(repr(made)), plain(made.model_dump()), plain(hash_of(made))]
    except (ValidationError, TypeError) as error:
        return ["refused", plain(error)]


def hash_of(made: BaseModel) -> str:
    return type(made).__hash__.__qualname__ if type(made).__hash__ else "none"


def schemas(kinds: dict[str, type[BaseModel]]) -> object:
    asked: list[Any] = [
        (kind, mode) for kind in kinds.values() for mode in ("validation", "serialization")
    ]
    tops, shared = models_json_schema(asked, schema_generator=LenientSchema)
    named = {
        f"{kind.__module__}.{kind.__name__}.{mode}": top for (kind, mode), top in tops.items()
    }
    return named | shared["$defs"]


def facts(model: type[BaseModel]) -> str:
    model.model_rebuild()
    return plain(
        f"{model.model_fields} {sorted(model.model_config.items())} {model.__signature__}"
    )


def report(way: str) -> dict[str, object]:
    """The talk comes first, so that it finds its models unbuilt."""
    if way == "deferred":
        import_aiogram()
    built = [name for name, kind in models().items() if kind.__pydantic_complete__]
    talk = asyncio.run(import_module("tests.bot.aiogram_talk").talk())
    warm = {kind.__name__: kind.__pydantic_complete__ for kind in warm_up()}
    kinds = models()
    answers = {
        name: [answer(kind, payload(kind, turn, depth=2)) for turn in range(3)]
        for name, kind in kinds.items()
    }
    inside = {name: facts(kind) for name, kind in kinds.items()}
    told = {"built": built, "talk": talk, "warm": warm, "answers": answers, "inside": inside}
    return told | {"schemas": schemas(kinds)}


if __name__ == "__main__":
    print(json.dumps(report(sys.argv[1])))
