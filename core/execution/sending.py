"""The only place from which an order leaves: written down, marked as sending, then sent once."""

from dataclasses import dataclass, field, replace

from core.domain.intent import Intent, IntentStatus
from core.domain.trading import Outcome, Placed, Refused, Unknown
from core.ports import Broker, Clock, Ledger

STATUS = {Placed: IntentStatus.ACCEPTED, Refused: IntentStatus.REFUSED}


@dataclass(frozen=True, slots=True)
class SendIntent:
    """Send what stands in the ledger as NEW. An unknown fate stays SENDING; settling finds out.

    `flying` are the intents that somebody is sending just now; nobody else may judge them.
    """

    clock: Clock
    broker: Broker
    ledger: Ledger
    flying: set[str] = field(default_factory=set)

    async def __call__(self, intent: Intent) -> Outcome:
        if intent.id in self.flying:
            return Unknown(intent.id)
        self.flying.add(intent.id)
        try:
            if await self._is_new(intent):
                return await self._send(intent)
            return Unknown(intent.id)
        finally:
            self.flying.discard(intent.id)

    async def _is_new(self, intent: Intent) -> bool:
        """Settling may have sent it, or given it up, before its own sender came to it."""
        written = await self.ledger.trade_intents(intent.trade_id)
        return any(w.id == intent.id and w.status is IntentStatus.NEW for w in written)

    async def _send(self, intent: Intent) -> Outcome:
        sending = replace(intent, status=IntentStatus.SENDING, sent_at=self.clock.now())
        await self.ledger.commit(sending)
        outcome = await self.broker.place(intent.order)
        status = STATUS.get(type(outcome))
        if status:
            code = outcome.code if isinstance(outcome, Refused) else ""
            await self.ledger.commit(replace(sending, status=status, code=code))
        return outcome
