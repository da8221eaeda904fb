"""What only a running desk knows, kept for whoever looks from a console: when it was sure of what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.storage.codec import decode, encode
from bot.storage.notes import SqlNotes
from core.execution.protecting import ProtectPositions
from core.execution.truth import Checked
from core.ports import Clock

EVERY = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Sure:
    """At `at` the desk was sure that the account agreed with its venue at `reconciled`, and that
    each trade's stop lay in the market when it was last seen there.
    """

    at: datetime
    reconciled: datetime | None = None
    stops: Mapping[str, datetime] = field(default_factory=dict)


@dataclass
class NoteSure:
    """Every ten seconds, so that it costs nothing."""

    account: str
    clock: Clock
    notes: SqlNotes
    protect: ProtectPositions
    truth: Checked
    noted: datetime | None = None

    async def __call__(self) -> None:
        now = self.clock.now()
        if self.noted is not None and now - self.noted < EVERY:
            return
        self.noted = now
        live, seen = self.protect.known, self.protect.seen
        stops = {trade: at for trade, at in seen.items() if trade in live}
        sure = Sure(now, self.truth.at, stops)
        await self.notes.put(_key(self.account), encode(sure))


async def was_sure(notes: SqlNotes, account: str) -> Sure | None:
    """None where no desk has ever looked after it."""
    kept = await notes.get(_key(account))
    return decode(Sure, kept) if kept else None


def _key(account: str) -> str:
    return f"sure {account}"
