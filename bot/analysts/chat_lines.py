"""Hears a stream of events line by line, whoever sends it, and gives up on one without an end."""

import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Protocol, TypeVar

import httpx2

from bot.analysts.faults import unsaid
from bot.analysts.loose import Body, body_of
from core.domain.model import Failure, Unsaid, Usage
from core.domain.talk import Done, Piece

E = TypeVar("E", bound=Exception)

LONGEST_LINE = 1_000_000
LONGEST = 8_000_000
NO_JSON = unsaid(Failure.MALFORMED, "an event of the stream is no JSON object")
NO_END = unsaid(Failure.MALFORMED, "the stream stopped without an end")
TOO_LONG = unsaid(Failure.MALFORMED, "the stream is too long")


class Streamed(Protocol):
    """An answer that is still coming."""

    def iter_bytes(self) -> AsyncIterator[bytes]: ...


class Ear(Protocol):
    """Makes pieces of a talk out of one provider's events."""

    def take(self, event: Body) -> list[Piece]:
        """Done or Unsaid, where it is among them, comes last."""
        ...

    def end(self) -> list[Piece]:
        """What the end of the stream means, where nothing has said that it is over."""
        ...

    def usage(self) -> Usage:
        """What it has cost so far, guessed where nobody has told."""
        ...


async def pieces(
    call: AbstractAsyncContextManager[Streamed],
    ear: Ear,
    fault: Callable[[E], Unsaid],
    errors: type[E],
) -> AsyncGenerator[Piece]:
    """`fault` names what the provider's library raises as `errors`."""
    try:
        async with call as answer:
            async for event in events(answer.iter_bytes()):
                for piece in _heard(event, ear):
                    yield piece
                    if isinstance(piece, Done | Unsaid):
                        return
        for piece in ear.end() or [replace(NO_END, usage=ear.usage())]:
            yield piece
    except errors as error:
        yield fault(error)
    except httpx2.TimeoutException:
        yield replace(unsaid(Failure.TIMEOUT, "the stream stood still"), usage=ear.usage())
    except httpx2.HTTPError as error:
        broken = unsaid(Failure.UNREACHABLE, f"the stream broke ({type(error).__name__})")
        yield replace(broken, usage=ear.usage())


def _heard(event: Body | Unsaid, ear: Ear) -> list[Piece]:
    return [replace(event, usage=ear.usage())] if isinstance(event, Unsaid) else ear.take(event)


async def events(chunks: AsyncIterator[bytes]) -> AsyncGenerator[Body | Unsaid]:
    """The JSON behind each `data:`; whatever else a stream holds is passed over."""
    rest, heard = b"", 0
    async for chunk in chunks:
        heard += len(chunk)
        *lines, rest = (rest + chunk).split(b"\n")
        if len(rest) > LONGEST_LINE or heard > LONGEST:
            yield TOO_LONG
            return
        for line in lines:
            if (event := _event(line)) is not None:
                yield event
    if (event := _event(rest)) is not None:
        yield event


def _event(line: bytes) -> Body | Unsaid | None:
    field, _, value = line.strip().partition(b":")
    said = value.strip().decode("utf-8", "replace")
    if field != b"data" or said in {"", "[DONE]"}:
        return None
    return body_of(said if "\\ud" not in said.lower() else _whole(said)) or NO_JSON


def _whole(said: str) -> str:
    """Halves of characters can be written in JSON, and nothing can carry them further."""
    body = json.dumps(body_of(said), ensure_ascii=False)
    return body.encode("utf-8", "replace").decode()
