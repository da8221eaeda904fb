"""Every open trade has a live stop, or is being closed. Wanted orders against actual ones.

New stops go in before old ones come out. Orders of trades that are over are swept. Runs in a loop
of its own, and never waits for a model or a person; what goes wrong with one trade, or with the
venue's list of orders, keeps no other trade from being protected: they are looked after side by
side, each by one at a time, and one that has no stop yet does not wait for the list.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from weakref import WeakValueDictionary

from core.domain.trade import Exit, Trade, TradeStatus
from core.domain.trading import OrderState
from core.errors import BrokerUnavailable, LedgerUnavailable, NotFound
from core.execution.closing import CloseOut
from core.execution.editing import EditTrades
from core.execution.filling import AskEntry
from core.execution.hurrying import Hurried
from core.execution.issuing import IssueExit
from core.execution.sending import SendIntent
from core.execution.shelter import ASK_AGAIN, LATEST, Bare
from core.execution.stopping import KeepStop, Stands
from core.execution.sweeping import SweepOrphans
from core.execution.targeting import KeepTargets
from core.execution.together import side_by_side
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
    Stands.UNTOLD: timedelta.max,
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
    quotes: Quotes | None = None
    known: dict[str, Trade] = field(default_factory=dict)
    bare: Bare = field(default_factory=Bare)
    whole: set[str] = field(default_factory=set)
    turns: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)
    aiming: set[str] = field(default_factory=set)

    async def __call__(self) -> None:
        new = [t for t in await self._live() if t.id not in self.seen and not _may_rest(t)]
        await side_by_side(self._in_turn(trade, None) for trade in new)
        met = {trade.id for trade in new} & self.bare.since.keys()
        states = await self._states()
        live = await self._live()
        await side_by_side(self._in_turn(t, states) for t in live if t.id not in met)
        if states is not None:
            await SweepOrphans(self.account, self.ledger, self.send)(states, live)

    async def hurry(self) -> None:
        """Between two looks, and by name: stops that were not confirmed just now, and fills that
        may have come. Whoever is being looked after already is not waited for.
        """
        if any(map(self._is_due, self.known.values())) or self.send.flying:
            live = [
                t for t in await self._live() if self._is_due(t) and not self._turn(t).locked()
            ]
            await side_by_side(self._in_turn(trade, None) for trade in live)

    def _is_due(self, trade: Trade) -> bool:
        """Bare, entering, or last confirmed a while ago; one that waits at a price is not."""
        if _may_rest(trade) or trade.guarded:
            return False
        seen = self.seen.get(trade.id)
        return trade.id in self.bare.since or not seen or self.clock.now() - seen >= ASK_AGAIN

    def _turn(self, trade: Trade) -> asyncio.Lock:
        return self.turns.setdefault(trade.id, asyncio.Lock())

    async def _in_turn(self, trade: Trade, states: States) -> None:
        """Whoever has waited for somebody else looks anew."""
        turn = self._turn(trade)
        waited = turn.locked()
        async with turn:
            if waited:
                states = await self._states()
                now = {one.id: one for one in await self._live()}.get(trade.id)
                if now is None:
                    return
                trade = now
            stands = await self._protect(trade, states)
        if stands is Stands.YES and states is not None:
            await self._keep_targets(trade, states)

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
            return await Hurried(self.broker).open_orders()
        except BrokerUnavailable:
            return None

    async def _protect(self, trade: Trade, states: States) -> Stands:
        """LIKELY also where nothing is held."""
        known = self.send.unwritten.remaining(trade)
        held = replace(trade, remaining=known + await self._unbooked(trade))
        if not held.remaining:
            return Stands.LIKELY
        stands = Stands.NOT_YET
        with suppress(BrokerUnavailable, LedgerUnavailable, NotFound):
            stands = await self._keep(held, states)
        if stands not in SHELTERED:
            await self._expose(held, stands)
            return stands
        self.bare.sheltered(trade)
        if stands is Stands.YES and trade.ending is Exit.NAKED:
            with suppress(LedgerUnavailable, NotFound):
                await self.edit(trade.id, partial(replace, ending=None))
        return stands if held == trade else Stands.LIKELY

    async def _unbooked(self, trade: Trade) -> Decimal:
        return await AskEntry(Hurried(self.broker), self.ledger, self.whole)(trade)

    async def _keep(self, trade: Trade, states: States) -> Stands:
        watch = WatchPrice(self.broker, self.quotes)
        broker = Hurried(self.broker)
        keep = KeepStop(self.clock, broker, self.ledger, self.send, self.edit, watch, self.seen)
        return await keep(trade, states)

    async def _keep_targets(self, trade: Trade, states: Sequence[OrderState]) -> None:
        """Of nobody's safety: neither the next look at a stop nor another trade waits for them."""
        if trade.id in self.aiming:
            return
        self.aiming.add(trade.id)
        issue = IssueExit(self.clock, self.ledger, self.send)
        try:
            with suppress(BrokerUnavailable, LedgerUnavailable, NotFound):
                await KeepTargets(self.market, self.broker, issue)(trade, states)
        finally:
            self.aiming.discard(trade.id)

    async def _expose(self, trade: Trade, stands: Stands) -> None:
        """Closed at market when its time is up, whatever went wrong with the stop."""
        age = self.bare.noticed(trade, self.clock.now(), ever_seen=trade.id in self.seen)
        if age < PATIENCE[stands]:
            return
        out = CloseOut(self.clock, self.broker, self.ledger, self.send, self.edit)
        why = Exit.STOP if stands in HIT else Exit.NAKED
        with suppress(BrokerUnavailable, LedgerUnavailable, NotFound):
            if trade.ending in URGENT:
                await out.again(trade, pressing=True)
            else:
                await out.whatever_happens(trade, why)


def _may_rest(trade: Trade) -> bool:
    return trade.status is TradeStatus.OPENING and trade.plan.rests
