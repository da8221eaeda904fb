"""The JSON a person's client sends, and the sentence it gets back when that is no use."""

import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.demo.telegram.characters import well_formed


class Unusable(Exception):
    """A request that says nothing we could do; the sentence tells why."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


@dataclass(frozen=True, slots=True)
class Body:
    """The fields of a request, each asked for by its kind."""

    fields: dict[str, Any]

    def text(self, name: str) -> str | None:
        value = self.fields.get(name)
        if value is not None and not (isinstance(value, str) and well_formed(value)):
            raise Unusable(f'"{name}" must be a string.')
        return value

    def integer(self, name: str) -> int | None:
        value = self.fields.get(name)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            raise Unusable(f'"{name}" must be a whole number.')
        return value

    def seconds(self, name: str, default: float) -> float:
        value = self.fields.get(name, default)
        if not isinstance(value, int | float) or not 0 <= value <= 60:
            raise Unusable(f'"{name}" must be a number of seconds from 0 to 60.')
        return float(value)

    def flag(self, name: str) -> bool:
        return self.fields.get(name) is True


async def read(request: web.Request) -> Body:
    if request.content_type != "application/json":
        raise Unusable("Send JSON with the content type application/json.", 415)
    try:
        fields = json.loads(await request.read())
    except ValueError:
        raise Unusable("The body is not valid JSON.") from None
    if not isinstance(fields, dict):
        raise Unusable("The body must be a JSON object.")
    return Body(fields)


def whole(request: web.Request, name: str, default: int) -> int:
    """A whole number from the query string."""
    try:
        return int(request.query.get(name, default))
    except ValueError:
        raise Unusable(f'"{name}" must be a whole number.') from None


def seconds(request: web.Request, name: str) -> float:
    """A waiting time from the query string, at most half a minute."""
    try:
        return min(max(float(request.query.get(name, 0)), 0.0), 30.0)
    except ValueError:
        raise Unusable(f'"{name}" must be a number of seconds.') from None
