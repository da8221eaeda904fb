"""Asks one model: whether it may be asked, with money set aside, in time, and on the record."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from core.domain.model import (
    Call,
    Exchange,
    Failure,
    Model,
    Prompt,
    Repair,
    Reply,
    Said,
    Unsaid,
    exchange_key,
)
from core.ports import Clock, Minutes, Oracle, Purse
from core.spending.ports import Tell
from core.spending.settling import abandoned, settled, unsent
from core.spending.worst import worst_case
from core.voices.breaker import Health
from core.voices.conversation import Read, converse, turn_of
from core.voices.ports import IsAwaited, Patience

T = TypeVar("T")

Late = Callable[[T], Awaitable[None]]

MOST = timedelta(seconds=90)
ABOUT_THE_WORDS = {Failure.REFUSED, Failure.TRUNCATED, Failure.MALFORMED}
NEVER_SENT = {Failure.BUDGET, Failure.RESTING, Failure.LATE, Failure.RETIRED}


@dataclass(frozen=True, slots=True)
class About:
    """What a question is about, for the books."""

    as_of: datetime
    symbols: tuple[str, ...] = ()


class Consults(Protocol):
    """What does the model make of this? The answer as `read` reads it, or why there is none."""

    async def __call__(
        self, prompt: Prompt, about: About, read: Read[T], late: Late[T] | None = None
    ) -> T | Unsaid:
        """`late` is told what it came to when nobody waited for it any more."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What all who ask models share."""

    purse: Purse
    minutes: Minutes
    health: Health
    tell: Tell
    clock: Clock
    patience: Patience
    new_id: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Consult:
    """One provider's one model. What comes later than `most` is LATE, but paid and kept."""

    model: Model
    oracle: Oracle
    desk: Desk
    most: timedelta = MOST

    async def __call__(
        self, prompt: Prompt, about: About, read: Read[T], late: Late[T] | None = None
    ) -> T | Unsaid:
        async def work(is_awaited: IsAwaited) -> T | Unsaid:
            asking = Asking(self.model, self.oracle, self.desk, about, is_awaited)
            found = await converse(asking.ask, prompt, read)
            if late and not is_awaited() and not isinstance(found, Unsaid):
                await late(found)
            return found

        found = await self.desk.patience(self.most, work)
        return Unsaid(failure=Failure.LATE) if found is None else found


@dataclass(frozen=True, slots=True)
class Asking:
    """One conversation with a model."""

    model: Model
    oracle: Oracle
    desk: Desk
    about: About
    is_awaited: IsAwaited

    async def ask(self, prompt: Prompt, repair: Repair | None) -> Reply:
        refusal = self._refusal()
        if refusal is not None:
            return Unsaid(failure=refusal)
        call = self._call(prompt, repair)
        reply = await self._paid(call, prompt, repair)
        await self._heard(reply)
        if isinstance(reply, Said) or reply.failure in ABOUT_THE_WORDS:
            await self._keep(call, prompt, repair, reply)
        return reply

    def _refusal(self) -> Failure | None:
        """Why nothing is sent at all."""
        now, shutdown = self.desk.clock.now(), self.model.shutdown
        if not self.is_awaited():
            return Failure.LATE
        if shutdown is not None and now.date() > shutdown:
            return Failure.RETIRED
        return self.desk.health.of(self.model.provider).refusal(now)

    async def _paid(self, call: Call, prompt: Prompt, repair: Repair | None) -> Reply:
        """Settled once, whatever happens: what is interrupted on its way may have cost its worst."""
        end = unsent(call)
        try:
            refusal = await self.desk.purse.reserve(call) or self._admission()
            if refusal is not None:
                return Unsaid(failure=refusal)
            end = abandoned(call)
            reply = await self.oracle.ask(prompt, repair)
            end = settled(call, reply, self.model.price, late=not self.is_awaited())
        finally:
            await self.desk.purse.settle(replace(end, settled_at=self.desk.clock.now()))
        return reply

    def _admission(self) -> Failure | None:
        return self.desk.health.admit(self.model.provider, self.desk.clock.now())

    async def _heard(self, reply: Reply) -> None:
        failure = reply.failure if isinstance(reply, Unsaid) else None
        if failure in NEVER_SENT:
            return
        provider, now = self.model.provider, self.desk.clock.now()
        switched_off = self.desk.health.learn(provider, failure, now)
        if switched_off and failure is not None:
            await self.desk.tell.off(provider, failure)

    def _call(self, prompt: Prompt, repair: Repair | None) -> Call:
        return Call(
            id=self.desk.new_id(),
            at=self.desk.clock.now(),
            as_of=self.about.as_of,
            symbols=self.about.symbols,
            kind=prompt.kind,
            provider=self.model.provider,
            model=self.model.name,
            reserved=worst_case(self.model, prompt, repair),
        )

    async def _keep(self, call: Call, prompt: Prompt, repair: Repair | None, reply: Reply) -> None:
        exchange = Exchange(
            key=exchange_key(call.provider, call.model, prompt, turn_of(repair)),
            call=call.id,
            at=call.at,
            provider=call.provider,
            model=call.model,
            prompt=prompt,
            reply=reply,
        )
        await self.desk.minutes.keep(exchange)
