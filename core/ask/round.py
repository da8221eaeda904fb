"""One turn of a model: money set aside, words heard as they come, and paid for however it ends."""

import json
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from decimal import Decimal

from core.domain.model import Call, Failure, Model, PromptKind, Reply, Said, Unsaid
from core.domain.talk import Answered, Asked, Done, Found, Piece, Talk, Turn, Wanted, Words
from core.ports import Clock, Purse
from core.ports.chat import Chatter
from core.spending.ports import Tell
from core.spending.settling import abandoned, settled, unsent
from core.spending.worst import FRAME
from core.voices.breaker import Health

LONGEST = 8_000
MOST_PIECES = 20_000
LONGEST_ECHO = 200_000
MOST_CALLS = 32
ENDLESS = Unsaid(failure=Failure.TRUNCATED, detail="there was no end to it")
CUT_SHORT = Unsaid(failure=Failure.MALFORMED, detail="it stopped without an end")

Hear = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Heard:
    """What a turn came to. `failure` where it did not end well; `text` is what had come by then."""

    text: str
    wanted: tuple[Wanted, ...] = ()
    echo: str = ""
    failure: Failure | None = None
    cost: Decimal = Decimal(0)

    @property
    def turn(self) -> Answered:
        return Answered(self.text, self.wanted, self.echo)


@dataclass
class _Ears:
    """Collects the pieces of one turn; refuses to listen for ever."""

    hear: Hear
    text: str = ""
    wanted: list[Wanted] = field(default_factory=list)
    pieces: int = 0
    asked: int = 0

    def take(self, piece: Piece) -> Done | Unsaid | None:
        """The end, once it has come."""
        self.pieces += 1
        match piece:
            case Unsaid():
                return piece
            case Done():
                return piece if len(piece.echo) <= LONGEST_ECHO else ENDLESS
            case Words():
                self.text += piece.text
                self.hear(self.text[:LONGEST])
            case Wanted():
                self.wanted.append(piece)
                self.asked += len(piece.arguments)
        return ENDLESS if self._is_too_much() else None

    def _is_too_much(self) -> bool:
        return (
            max(len(self.text), self.asked) > LONGEST
            or len(self.wanted) > MOST_CALLS
            or self.pieces > MOST_PIECES
        )


@dataclass(frozen=True, slots=True)
class TakeTurn:
    """The model's next turn in a talk."""

    clock: Clock
    purse: Purse
    health: Health
    tell: Tell
    chatter: Chatter
    model: Model
    name: Callable[[], str]

    async def __call__(self, talk: Talk, hear: Hear) -> Heard:
        if refusal := self._refusal():
            return Heard("", failure=refusal)
        call = self._call(talk)
        if refusal := await self.purse.reserve(call):
            return Heard("", failure=refusal)
        ears, paid = _Ears(hear), unsent(call)
        try:
            if refusal := self.health.admit(self.model.provider, self.clock.now()):
                return Heard("", failure=refusal)
            paid = abandoned(call)
            end = await self._listen(talk, ears)
            paid = self._paid(call, end, ears)
        finally:
            await self.purse.settle(replace(paid, settled_at=self.clock.now()))
        await self._learn(end)
        return _heard(end, ears, paid.cost)

    def _refusal(self) -> Failure | None:
        """Why nothing is sent at all."""
        now, shutdown = self.clock.now(), self.model.shutdown
        if shutdown is not None and now.date() > shutdown:
            return Failure.RETIRED
        return self.health.of(self.model.provider).refusal(now)

    def _paid(self, call: Call, end: Done | Unsaid, ears: _Ears) -> Call:
        """What nobody listened to until its end may have cost its worst."""
        if end in (ENDLESS, CUT_SHORT):
            return abandoned(call)
        return settled(call, _reply(end, ears), self.model.price)

    async def _learn(self, end: Done | Unsaid) -> None:
        """A provider that lets nobody in is not asked again, and people are told so once."""
        provider, failure = self.model.provider, end.failure if isinstance(end, Unsaid) else None
        if self.health.learn(provider, failure, self.clock.now()) and failure is not None:
            await self.tell.off(provider, failure)

    async def _listen(self, talk: Talk, ears: _Ears) -> Done | Unsaid:
        async with aclosing(self.chatter.talk(talk)) as pieces:
            async for piece in pieces:
                if (end := ears.take(piece)) is not None:
                    return end
        return CUT_SHORT

    def _call(self, talk: Talk) -> Call:
        now = self.clock.now()
        return Call(
            id=self.name(),
            at=now,
            as_of=now,
            symbols=(),
            kind=PromptKind.CHAT,
            provider=self.model.provider,
            model=self.model.name,
            reserved=self.model.worst(most_tokens(talk)),
        )


def most_tokens(talk: Talk) -> int:
    """No tokenizer makes more tokens than a text has bytes."""
    tools = (json.dumps([t.name, t.description, dict(t.schema)]) for t in talk.tools)
    texts = (talk.system, *tools, *(part for turn in talk.turns for part in _parts(turn)))
    frames = FRAME + 50 * (len(talk.turns) + len(talk.tools))
    return sum(len(text.encode("utf-8", "replace")) for text in texts) + frames


def _parts(turn: Turn) -> tuple[str, ...]:
    match turn:
        case Asked() | Found():
            return (turn.text,)
        case Answered():
            called = (f"{each.tool}{each.arguments}" for each in turn.wanted)
            return (turn.text, turn.echo, *called)


def _heard(end: Done | Unsaid, ears: _Ears, cost: Decimal) -> Heard:
    failure = end.failure if isinstance(end, Unsaid) else None
    echo = end.echo if isinstance(end, Done) else ""
    return Heard(ears.text[:LONGEST], tuple(ears.wanted), echo, failure, cost)


def _reply(end: Done | Unsaid, ears: _Ears) -> Reply:
    if isinstance(end, Unsaid):
        return end
    return Said(text=ears.text, usage=end.usage, model=end.model)
