"""Every open trade has a live stop, or is being closed. Wanted orders against actual ones.

New stops go in before old ones come out. Orders of trades that are over are swept. Runs in a loop
of its own, and never waits for a model or a person; what goes wrong with one trade, or with the
venue's list of orders, keeps no other trade from being protected.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from core.domain.trade import Exit, Trade
from core.domain.trading import OrderState
from core.errors import BrokerUnavailable, LedgerUnavailable, NotFound
from core.execution.closing import CloseOut
from core.execution.editing import EditTrades
from core.execution.filling import AskEntry
from core.execution.issuing import IssueExit
from core.execution.sending import SendIntent
from core.execution.shelter import ASK_AGAIN, LATEST, Bare
from core.execution.stopping import KeepStop, Stands
from core.execution.sweeping import SweepOrphans
from core.execution.targeting import KeepTargets
from core.execution.watching import WatchPrice
from core.ports import Broker, Clock, Ledger, MarketData, Quotes

States = Sequence[OrderState] | None
SHELTERED = frozenset({Stands.YES, Stands.LIKELY})
HIT = frozenset({Stands.TRIGGERED, Stands.PASSED})
URGENT = frozenset({Exit.NAKED, Exit.STOP, Exit.PANIC})
PATIENCE = {
    Stands.NOT_YET: LATEST,
    Stands.AGAIN: LATEST,
    Stands.TRIGGERED: ASK_AGAIN,
    Stands.PASSED: timedelta(0),
}


@dataclass(frozen=True, slots=True)
class ProtectPositions:
    """Make the market hold what the ledger wants. `seen` is when each stop was last confirmed;
    `known` are the live trades as they were last read, for when nothing can be read any more.
    """

    account: str
    clock: Clock
    broker: Broker
    ledger: Ledger
    market: MarketData
    send: SendIntent
    edit: EditTrades
    seen: dict[str, datetime] = field(default_factory=dict)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    quotes: Quotes | None = None
    known: dict[str, Trade] = field(default_factory=dict)
    bare: Bare = field(default_factory=Bare)
    whole: set[str] = field(default_factory=set)

    async def __call__(self) -> None:
        async with self._turn:
            await self._all()

    async def _all(self) -> None:
        states = await self._states()
        live = await self._live()
        for trade in live:
            await self._protect(trade, states)
        if states is not None:
            await SweepOrphans(self.account, self.ledger, self.send)(states, live)

    async def _live(self) -> Sequence[Trade]:
        """As they were last, where the ledger cannot be read."""
        try:
            live = await self.ledger.live_trades(self.account)
        except LedgerUnavailable:
            return tuple(self.known.values())
        self.known.clear()
        self.known.update({trade.id: trade for trade in live})
        return live

    async def _states(self) -> States:
        """None when the venue does not say; that is not an empty list."""
        try:
            return await self.broker.open_orders()
        except BrokerUnavailable:
            return None

    async def _protect(self, trade: Trade, states: States) -> None:
        known = self.send.unwritten.remaining(trade)
        held = replace(trade, remaining=known + await self._unbooked(trade))
        if not held.remaining:
            return
        stands = Stands.NOT_YET
        with suppress(BrokerUnavailable, LedgerUnavailable, NotFound):
            stands = await self._keep(held, states)
            if stands is Stands.YES:
                await self._beyond_the_stop(trade, held, states)
        if stands in SHELTERED:
            self.bare.sheltered(trade)
        else:
            await self._expose(held, stands)

    async def _unbooked(self, trade: Trade) -> Decimal:
        return await AskEntry(self.broker, self.ledger, self.whole)(trade)

    async def _keep(self, trade: Trade, states: States) -> Stands:
        watch = WatchPrice(self.broker, self.quotes)
        keep = KeepStop(
            self.clock, self.broker, self.ledger, self.send, self.edit, watch, self.seen
        )
        return await keep(trade, states)

    async def _beyond_the_stop(self, trade: Trade, held: Trade, states: States) -> None:
        """A stop that stands after all takes back the reason to close. Then come the targets."""
        if trade.ending is Exit.NAKED:
            await self.edit(trade.id, partial(replace, ending=None))
        if states is not None and held == trade:
            issue = IssueExit(self.clock, self.ledger, self.send)
            await KeepTargets(self.market, self.broker, issue)(trade, states)

    async def _expose(self, trade: Trade, stands: Stands) -> None:
        """Closed at market when its time is up, whatever went wrong with the stop."""
        age = self.bare.noticed(trade, self.clock.now(), ever_seen=trade.id in self.seen)
        if age < PATIENCE[stands] or trade.ending in URGENT:
            return
        out = CloseOut(self.clock, self.broker, self.ledger, self.send, self.edit)
        why = Exit.STOP if stands in HIT else Exit.NAKED
        with suppress(BrokerUnavailable, NotFound):
            await out.whatever_happens(trade, why)
