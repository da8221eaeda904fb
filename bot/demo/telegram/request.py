"""One reading of the four ways in which a bot may send its parameters."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from bot.demo.telegram.characters import well_formed
from bot.demo.telegram.errors import bad_request, too_large

#: As much as the real Bot API takes in one request.
LARGEST_REQUEST = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the request."""

    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Arguments:
    """The parameters as text, and the files, of one request."""

    values: Mapping[str, str] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.values.get(name, "")

    def integer(self, name: str, default: int = 0) -> int:
        """What is no number counts as 0, as it does at Telegram."""
        value = self.text(name)
        try:
            return int(value) if value else default
        except ValueError:
            return 0

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def decoded(self, name: str) -> Any:
        """The JSON inside a parameter; None when there is none or it is not JSON."""
        try:
            return json.loads(self.text(name) or "null")
        except ValueError:
            return None


async def read(request: web.Request) -> Arguments:
    """Query string and body together; the body wins."""
    values = dict(request.query)
    uploads: dict[str, Upload] = {}
    match request.content_type:
        case "application/json":
            values |= await _json(request)
        case "multipart/form-data":
            await _multipart(request, values, uploads)
        case "application/x-www-form-urlencoded":
            form = await request.post()
            values |= {name: value for name, value in form.items() if isinstance(value, str)}
    if not all(well_formed(value) for value in values.values()):
        raise bad_request("strings must be encoded in UTF-8")
    return Arguments(values, uploads)


async def _json(request: web.Request) -> dict[str, str]:
    try:
        body = json.loads(await request.read())
    except web.HTTPRequestEntityTooLarge:
        raise too_large() from None
    except ValueError:
        raise bad_request("can't parse request JSON object") from None
    if not isinstance(body, dict):
        raise bad_request("can't parse request JSON object")
    return {name: _flat(value) for name, value in body.items() if _counts(name, value)}


def _flat(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _counts(name: str, value: object) -> bool:
    """A null is as good as absent, but Telegram refuses it where a keyboard is due."""
    return value is not None or name == "reply_markup"


async def _multipart(
    request: web.Request, values: dict[str, str], uploads: dict[str, Upload]
) -> None:
    try:
        parts = await request.multipart()
    except ValueError:
        raise bad_request("can't parse request body") from None
    async for part in parts:
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        data = bytes(await part.read(decode=True))
        if len(data) > LARGEST_REQUEST:
            raise too_large()
        if part.filename is None:
            values[part.name] = data.decode(errors="surrogateescape")
        else:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            uploads[part.name] = Upload(part.filename, kind, data)
