"""Looking after open trades: what a person changes, what the rules change, and panic.

Risk may refuse an entry, never an exit: nothing in here asks it.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Self

from core.domain.instrument import Instrument
from core.domain.intent import Role
from core.domain.ledger import Claim, claimed
from core.domain.proposal import Target
from core.domain.trade import Exit, Trade, TradeStatus
from core.domain.trade_wish import Level
from core.errors import NotFound, TradingHalted
from core.execution.closing import CloseOut
from core.execution.editing import EditTrades
from core.execution.levels import break_even, followed, is_over, tightened
from core.execution.protecting import ProtectPositions
from core.execution.sending import SendIntent
from core.execution.settling import SettleIntents
from core.ports import Clock, Ledger, MarketData, Quotes


@dataclass(frozen=True, slots=True)
class ClosePosition:
    """Sell what a trade still holds, or a share of it, at market."""

    clock: Clock
    ledger: Ledger
    market: MarketData
    send: SendIntent
    settle: SettleIntents
    protect: ProtectPositions
    edit: EditTrades
    lane: asyncio.Lock

    @property
    def past_fence(self) -> Self:
        """The same for panic: its exits leave though the lease has lapsed."""
        send = self.send.past_fence
        settle, protect = replace(self.settle, send=send), replace(self.protect, send=send)
        return replace(self, send=send, settle=settle, protect=protect)

    async def __call__(
        self,
        trade_id: str,
        why: Exit,
        share: Decimal = Decimal(1),
        claim: Claim | None = None,
    ) -> Trade:
        """The trade afterwards. Raises NotFound when it is over already, ButtonSpent."""
        async with self.lane:
            return await self.at_once(trade_id, why, share, claim)

    async def at_once(
        self,
        trade_id: str,
        why: Exit,
        share: Decimal = Decimal(1),
        claim: Claim | None = None,
    ) -> Trade:
        """The same for whoever holds the lane, or must not wait for it."""
        trade = await open_trade(self.ledger, trade_id)
        amount = _part(trade, share, self.market.instrument(trade.symbol))
        sell = CloseOut(self.clock, self.settle.broker, self.ledger, self.send, self.edit)
        await sell(trade, why, amount, claimed(claim))
        await self.settle()
        await self.protect()
        return await self.ledger.trade(trade_id)


def _part(trade: Trade, share: Decimal, instrument: Instrument) -> Decimal:
    """All of it when a share would round to nothing."""
    return instrument.round_amount(trade.remaining * share) or trade.remaining


async def open_trade(ledger: Ledger, trade_id: str) -> Trade:
    trade = await ledger.trade(trade_id)
    if trade.status is not TradeStatus.OPEN:
        raise NotFound(trade=trade_id)
    return trade


@dataclass(frozen=True, slots=True)
class MoveLevels:
    """A person moves stop, targets or trail. A stop may only come closer, also in a halt."""

    ledger: Ledger
    market: MarketData
    quotes: Quotes
    protect: ProtectPositions
    edit: EditTrades
    lane: asyncio.Lock

    async def break_even(self, trade_id: str) -> Trade:
        async with self.lane:
            trade = await open_trade(self.ledger, trade_id)
            return await self._keep(trade, break_even(trade, self.market.instrument(trade.symbol)))

    async def trail(self, trade_id: str) -> Trade:
        """Switch the trailing stop on or off. Raises TradingHalted for off, as for targets."""
        async with self.lane:
            trade = await open_trade(self.ledger, trade_id)
            if trade.trailing:
                await self._must_not_be_halted(trade)
            switched = partial(replace, trailing=not trade.trailing)
            return await self.edit(trade.id, switched)

    async def stop(self, trade_id: str, by: Decimal) -> Trade:
        """Bring the stop closer by this fraction of the planned distance."""
        async with self.lane:
            trade = await open_trade(self.ledger, trade_id)
            planned = abs(trade.plan.entry_limit - trade.plan.stop_loss)
            instrument = self.market.instrument(trade.symbol)
            moved = trade.stop + trade.side.sign * planned * by
            return await self._keep(trade, instrument.round_price(moved))

    async def stop_at(self, trade_id: str, level: Level) -> Trade:
        """Bring the stop to a price, or so far from the price now; it never goes further away."""
        async with self.lane:
            trade = await open_trade(self.ledger, trade_id)
            price = (await self.quotes.quote(trade.symbol)).last
            wanted = level.at(price, -trade.side.sign)
            return await self._keep(
                trade, self.market.instrument(trade.symbol).round_price(wanted)
            )

    async def target_at(self, trade_id: str, level: Level) -> Trade:
        """One target for all that waits, at a price or so far from the entry."""
        async with self.lane:
            trade = await open_trade(self.ledger, trade_id)
            price = (await self.quotes.quote(trade.symbol)).last
            wanted = level.at(trade.entry_price, trade.side.sign)
            wanted = self.market.instrument(trade.symbol).round_price(wanted)
            if (wanted - price) * trade.side.sign <= 0:
                return trade
            return await self._change(trade.id, partial(_with_one_target, price=wanted))

    async def target(self, trade_id: str, by: Decimal) -> Trade:
        """Move the targets that wait by this fraction of the planned stop distance."""
        async with self.lane:
            trade = await open_trade(self.ledger, trade_id)
            await self._must_not_be_halted(trade)
            targets = await self._targets(trade, by)
            return await self._change(trade.id, partial(_with_targets, targets=targets))

    async def _must_not_be_halted(self, trade: Trade) -> None:
        """What is nobody's protection waits until somebody has looked into the halt."""
        if (await self.ledger.settings(trade.account)).halts:
            raise TradingHalted

    async def _targets(self, trade: Trade, by: Decimal) -> tuple[Target, ...]:
        """All or none, and never across the price: that would be a market order in disguise."""
        price = (await self.quotes.quote(trade.symbol)).last
        planned = abs(trade.plan.entry_limit - trade.plan.stop_loss)
        instrument, sign = self.market.instrument(trade.symbol), trade.side.sign
        hit, waiting = trade.targets[: trade.targets_hit], trade.targets[trade.targets_hit :]
        moved = [
            Target(instrument.round_price(target.price + sign * planned * by), target.share)
            for target in waiting
        ]
        ahead = all((target.price - price) * sign > 0 for target in moved)
        return (*hit, *moved) if ahead else trade.targets

    async def _keep(self, trade: Trade, stop: Decimal) -> Trade:
        """A stop beyond the price would sell at once: that is what closing is for."""
        price = (await self.quotes.quote(trade.symbol)).last
        if (price - stop) * trade.side.sign <= 0:
            return trade
        return await self._change(trade.id, partial(tightened, stop=stop))

    async def _change(self, trade_id: str, change: Callable[[Trade], Trade]) -> Trade:
        await self.edit(trade_id, change)
        await self.protect()
        return await self.ledger.trade(trade_id)


def _with_targets(trade: Trade, targets: tuple[Target, ...]) -> Trade:
    return replace(trade, targets=targets, revision=trade.revision + 1)


def _with_one_target(trade: Trade, price: Decimal) -> Trade:
    """The last one takes what is left; those before it are done."""
    hit = trade.targets[: trade.targets_hit]
    left = 1 - sum((target.share for target in hit), Decimal(0))
    return _with_targets(trade, (*hit, Target(price, left)))


@dataclass(frozen=True, slots=True)
class FollowPrices:
    """After each candle: trail, break-even after the first target, and the time stop."""

    account: str
    clock: Clock
    ledger: Ledger
    quotes: Quotes
    market: MarketData
    close: ClosePosition
    edit: EditTrades
    protect: ProtectPositions

    async def __call__(self) -> None:
        """A stop that the price has passed already fills as it is placed: it is booked at once."""
        for trade in await self.ledger.live_trades(self.account):
            if trade.status is TradeStatus.OPEN:
                await self._follow(trade.id)
            elif self.clock.now() >= trade.created_at + trade.plan.time_stop:
                await self._give_up(trade)
        await self.protect()
        await self.close.settle()

    async def _give_up(self, trade: Trade) -> None:
        """An entry that has rested as long as its trade was to last is taken back."""
        for intent in await self.ledger.trade_intents(trade.id):
            if intent.role is Role.ENTRY:
                await self.protect.send.cancel(intent.order)

    async def _follow(self, trade_id: str) -> None:
        trade = await self.ledger.trade(trade_id)
        if is_over(trade, self.clock.now()):
            with suppress(NotFound):
                await self.close(trade_id, Exit.TIME)
            return
        price = (await self.quotes.quote(trade.symbol)).last
        instrument = self.market.instrument(trade.symbol)
        with suppress(NotFound):
            await self.edit(trade_id, lambda current: _followed(current, price, instrument))


def _followed(trade: Trade, price: Decimal, instrument: Instrument) -> Trade:
    return followed(trade, price, instrument) if trade.status is TradeStatus.OPEN else trade
