"""One turn of a model: money set aside, words heard as they come, paid for and kept however it ends."""

import json
from contextlib import aclosing
from dataclasses import dataclass, replace
from decimal import Decimal

from core.ask.ears import CUT_SHORT, ENDLESS, LONGEST, Ears, Hear
from core.ask.minuting import exchange_of, with_calls
from core.domain.model import Call, Failure, Model, PromptKind, Reply, Said, Unsaid
from core.domain.talk import Answered, Asked, Done, Found, Talk, Turn, Wanted
from core.ports.chat import Chatter
from core.spending.settling import abandoned, settled, unsent
from core.spending.worst import FRAME
from core.voices.consult import Desk

FRAME_OF_A_TURN = 50


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


@dataclass(frozen=True, slots=True)
class TakeTurn:
    """The model's next turn in a talk. `desk` is what all who ask models share."""

    desk: Desk
    chatter: Chatter
    model: Model

    async def __call__(self, talk: Talk, hear: Hear) -> Heard:
        if refusal := self._refusal():
            return Heard("", failure=refusal)
        call, ears = self._call(talk), Ears(hear)
        end, cost = await self._paid(call, talk, ears)
        if cost is None:
            return Heard("", failure=end.failure if isinstance(end, Unsaid) else None)
        await self._learn(end)
        await self._keep(call, talk, _reply(end, ears), ears)
        return _heard(end, ears, cost)

    def _refusal(self) -> Failure | None:
        """Why nothing is sent at all."""
        now, shutdown = self.desk.clock.now(), self.model.shutdown
        if shutdown is not None and now.date() > shutdown:
            return Failure.RETIRED
        return self.desk.health.of(self.model.provider).refusal(now)

    async def _paid(
        self, call: Call, talk: Talk, ears: Ears
    ) -> tuple[Done | Unsaid, Decimal | None]:
        """Settled once, whatever happens. No cost: nothing was sent."""
        paid = unsent(call)
        try:
            refusal = await self.desk.purse.reserve(call) or self._admission()
            if refusal is not None:
                return Unsaid(failure=refusal), None
            paid = abandoned(call)
            end = await self._listen(talk, ears)
            if end not in (ENDLESS, CUT_SHORT):
                paid = settled(call, _reply(end, ears), self.model.price)
        finally:
            await self.desk.purse.settle(replace(paid, settled_at=self.desk.clock.now()))
        return end, paid.cost

    def _admission(self) -> Failure | None:
        return self.desk.health.admit(self.model.provider, self.desk.clock.now())

    async def _learn(self, end: Done | Unsaid) -> None:
        """A provider that lets nobody in is not asked again, and people are told so once."""
        provider, failure = self.model.provider, end.failure if isinstance(end, Unsaid) else None
        switched_off = self.desk.health.learn(provider, failure, self.desk.clock.now())
        if switched_off and failure is not None:
            await self.desk.tell.off(provider, failure)

    async def _keep(self, call: Call, talk: Talk, reply: Reply, ears: Ears) -> None:
        if isinstance(reply, Said):
            reply = replace(reply, text=with_calls(reply, ears.wanted))
        await self.desk.minutes.keep(exchange_of(call, talk, reply))

    async def _listen(self, talk: Talk, ears: Ears) -> Done | Unsaid:
        async with aclosing(self.chatter.talk(talk)) as pieces:
            async for piece in pieces:
                if (end := ears.take(piece)) is not None:
                    return end
        return CUT_SHORT

    def _call(self, talk: Talk) -> Call:
        now = self.desk.clock.now()
        return Call(
            id=self.desk.new_id(),
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
    frames = FRAME + FRAME_OF_A_TURN * (len(talk.turns) + len(talk.tools))
    return sum(len(text.encode("utf-8", "replace")) for text in texts) + frames


def _parts(turn: Turn) -> tuple[str, ...]:
    match turn:
        case Asked() | Found():
            return (turn.text,)
        case Answered():
            called = (f"{each.tool}{each.arguments}" for each in turn.wanted)
            return (turn.text, turn.echo, *called)


def _heard(end: Done | Unsaid, ears: Ears, cost: Decimal) -> Heard:
    failure = end.failure if isinstance(end, Unsaid) else None
    echo = end.echo if isinstance(end, Done) else ""
    return Heard(ears.text[:LONGEST], tuple(ears.wanted), echo, failure, cost)


def _reply(end: Done | Unsaid, ears: Ears) -> Reply:
    if isinstance(end, Unsaid):
        return end
    return Said(text=ears.text, usage=end.usage, model=end.model)
