"""The only place from which anything leaves for a venue: written down, marked as sending, sent once.

A sender that is cancelled waits for the answer it has asked for: what comes is written down.
"""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Self
from weakref import WeakValueDictionary

from core.domain.intent import Intent, IntentStatus, Role
from core.domain.trading import Order, Outcome, Placed, Refused, Unknown
from core.errors import BrokerUnavailable, LedgerUnavailable
from core.execution.unguarded import HELD, OPEN
from core.execution.unwritten import Unwritten
from core.ports import Broker, Clock, Fence, Gate, Ledger

STATUS = {Placed: IntentStatus.ACCEPTED, Refused: IntentStatus.REFUSED}
PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class SendIntent:
    """Send what stands in the ledger as NEW. An unknown fate stays SENDING; settling finds out.

    `flying` are the intents that somebody is sending just now; nobody else may judge them.
    """

    clock: Clock
    broker: Broker
    ledger: Ledger
    flying: set[str] = field(default_factory=set)
    fence: Fence = HELD
    gate: Gate = OPEN
    unwritten: Unwritten = field(default_factory=Unwritten)
    turns: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)
    passes: bool = False

    def closing(self, trade_id: str) -> asyncio.Lock:
        """Held by whoever closes this trade just now: there is one order at a time."""
        return self.turns.setdefault(trade_id, asyncio.Lock())

    @property
    def past_fence(self) -> Self:
        """For panic, and for when the ledger takes nothing, so that the lease lapses too: what only
        reduces may leave from two processes. Entries are held back all the same.
        """
        return replace(self, passes=True)

    async def __call__(self, intent: Intent) -> Outcome:
        """Raises LeaseLost; then nothing has left."""
        if intent.id in self.flying:
            return Unknown(intent.id)
        self.flying.add(intent.id)
        try:
            if await self._is_new(intent):
                return await to_its_end(self._send(intent))
            return Unknown(intent.id)
        finally:
            self.flying.discard(intent.id)

    async def unrecorded(self, intent: Intent) -> Outcome:
        """An exit leaves also when the ledger takes nothing: it only makes less of what there is.

        It is written down as soon as that can be done, and asks no fence.
        """
        if not intent.order.reduce_only:
            raise ValueError(f"an order that opens is written down first, was {intent.id}")
        sending = replace(intent, status=IntentStatus.SENDING, sent_at=self.clock.now())
        self.unwritten.intents.append(sending)
        return await to_its_end(self._place(intent.order))

    async def cancel(self, order: Order) -> None:
        """Raises LeaseLost, BrokerUnavailable."""
        if not self.passes:
            with suppress(LedgerUnavailable):
                await self.fence.check()
        await self.broker.cancel(order)

    async def _is_new(self, intent: Intent) -> bool:
        """Settling may have sent it, or given it up, before its own sender came to it."""
        written = await self.ledger.trade_intents(intent.trade_id)
        return any(w.id == intent.id and w.status is IntentStatus.NEW for w in written)

    async def _send(self, intent: Intent) -> Outcome:
        code = await self._forbidden(intent)
        if code is not None:
            return await self._judged(intent, Refused(intent.id, code))
        sending = replace(intent, status=IntentStatus.SENDING, sent_at=self.clock.now())
        await self.ledger.commit(sending)
        if not (self.passes and intent.order.reduce_only):
            await self.fence.check()
        return await self._judged(sending, await self._place(intent.order))

    async def _forbidden(self, intent: Intent) -> str | None:
        """Which rule keeps an entry in; what only reduces always goes."""
        if intent.role is not Role.ENTRY:
            return None
        if self.unwritten.paused_at is not None:
            return PAUSED
        return await self.gate.admit(intent)

    async def _place(self, order: Order) -> Outcome:
        try:
            return await self.broker.place(order)
        except BrokerUnavailable:
            return Unknown(order.client_order_id)

    async def _judged(self, intent: Intent, outcome: Outcome) -> Outcome:
        """Only what is proven is written."""
        status = STATUS.get(type(outcome))
        if status:
            code = outcome.code if isinstance(outcome, Refused) else ""
            await self.ledger.commit(replace(intent, status=status, code=code))
        return outcome


async def to_its_end(work: Coroutine[None, None, Outcome]) -> Outcome:
    """The result; whoever is cancelled meanwhile hears of it when the work is done."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait((task,))
        raise
