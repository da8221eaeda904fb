"""Models that talk as a test tells them to, kind ones and hostile ones."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from itertools import count

from core.domain.model import Usage
from core.domain.talk import Asked, Done, Found, Piece, Talk, Wanted, Words

DONE = Done(usage=Usage(input=900, output=100), model="gpt-6.1-terra-2026-10-26")
FOREVER = "for ever"


@dataclass
class ScriptedChatter:
    """Each turn says its pieces; the last turn is said again for whoever goes on asking.

    A number among the pieces is a pause in seconds. `heard` are the talks it was given.
    """

    script: Sequence[Sequence[Piece | float | str | Exception]]
    heard: list[Talk] = field(default_factory=list)
    closed: int = 0

    async def talk(self, talk: Talk) -> AsyncGenerator[Piece]:
        self.heard.append(talk)
        turn = self.script[min(len(self.heard), len(self.script)) - 1]
        try:
            for piece in turn:
                if isinstance(piece, int | float):
                    await asyncio.sleep(piece)
                elif isinstance(piece, Exception):
                    raise piece
                elif piece == FOREVER:
                    await asyncio.Event().wait()
                else:
                    yield piece
        finally:
            self.closed += 1

    @property
    def found(self) -> list[str]:
        """What the tools have told it, in the last talk."""
        return [turn.text for turn in self.heard[-1].turns if isinstance(turn, Found)]

    @property
    def asked(self) -> str:
        return [turn.text for turn in self.heard[-1].turns if isinstance(turn, Asked)][-1]


def says(*words: str) -> tuple[Piece, ...]:
    return (*map(Words, words), DONE)


def wants(tool: str, arguments: str = "{}") -> tuple[Piece, ...]:
    return (Wanted("call1", tool, arguments), DONE)


@dataclass
class EndlessChatter:
    """Never comes to an end, and always wants more."""

    pieces: int = 0

    async def talk(self, talk: Talk) -> AsyncGenerator[Piece]:
        for number in count():
            self.pieces += 1
            yield Words("") if number % 2 else Wanted(f"call{number}", "positions", "{}")
