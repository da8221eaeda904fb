"""One question to a model, and one more turn if its answer cannot be read."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from core.domain.model import Failure, Prompt, Repair, Reply, Said, Unsaid
from core.prompt import Faults

T = TypeVar("T")

Ask = Callable[[Prompt, Repair | None], Awaitable[Reply]]
Read = Callable[[Said], T | Faults]


async def converse(ask: Ask, prompt: Prompt, read: Read[T]) -> T | Unsaid:
    """What was read, or why there is nothing; never a guess at what was meant."""
    reply = await ask(prompt, None)
    if isinstance(reply, Unsaid):
        return reply
    found = read(reply)
    if not isinstance(found, Faults):
        return found
    second = await ask(prompt, Repair(_sendable(reply.text), found.found))
    if isinstance(second, Unsaid):
        return second
    found = read(second)
    return _invalid(found) if isinstance(found, Faults) else found


def turn_of(repair: Repair | None) -> int:
    """Under which number an exchange is kept."""
    return 0 if repair is None else 1


def _invalid(faults: Faults) -> Unsaid:
    return Unsaid(failure=Failure.INVALID, detail="; ".join(faults.found))


def _sendable(text: str) -> str:
    """A model may write halves of characters, which no request can carry."""
    return text.encode("utf-8", "replace").decode()
