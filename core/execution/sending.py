"""The only place from which an order leaves: written down, marked as sending, then sent once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.domain.intent import Intent, IntentStatus
from core.domain.trading import Outcome, Placed, Refused
from core.ports import Broker, Clock, Ledger

STATUS = {Placed: IntentStatus.ACCEPTED, Refused: IntentStatus.REFUSED}


@dataclass(frozen=True, slots=True)
class SendIntent:
    """Send what has been written as NEW. An unknown fate stays SENDING; settling finds out."""

    clock: Clock
    broker: Broker
    ledger: Ledger

    async def __call__(self, intent: Intent) -> Outcome:
        sending = replace(intent, status=IntentStatus.SENDING, sent_at=self.clock.now())
        await self.ledger.commit(sending)
        outcome = await self.broker.place(intent.order)
        status = STATUS.get(type(outcome))
        if status:
            code = outcome.code if isinstance(outcome, Refused) else ""
            await self.ledger.commit(replace(sending, status=status, code=code))
        return outcome

    async def all(self, intents: Sequence[Intent]) -> None:
        for intent in intents:
            await self(intent)
