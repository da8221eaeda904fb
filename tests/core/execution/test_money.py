"""Where all the money is, after whatever life a desk has had."""

import random
from datetime import timedelta
from decimal import Decimal

import pytest

from core.approval import Adjustment
from core.domain.proposal import Proposal, Yes
from core.domain.trade import Exit, TradeStatus
from core.domain.trading import OrderType, Side
from core.errors import DeskError
from tests.builders import ACCOUNT
from tests.core.execution.line import breaks, falls_silent, refuses, swallows
from tests.core.paper.builders import BTC, ETH

pytest_plugins = "tests.core.desk"
OPENING = Decimal(10_000)
GRAIN = Decimal("1e-9")
SYMBOLS = (BTC, ETH)
FAULTS = (breaks, falls_silent, refuses, swallows)


class Life:
    """A desk to which a dice does what people, markets and networks do."""

    def __init__(self, desk, seed: int) -> None:
        self.desk = desk
        self.dice = random.Random(seed)
        self.ticks = dict.fromkeys(SYMBOLS, 1000)

    async def passes(self) -> None:
        await self.acts()
        await self.desk.watch()
        await self.trades()
        self.desk.line.faults.clear()
        await self.desk.works()

    async def acts(self) -> None:
        """Somebody taps something; what is refused or comes too late is refused."""
        act = self.dice.choice(
            [self.wants, self.wants, self.closes, self.moves, self.breaks, self.restarts]
        )
        try:
            await act()
        except (DeskError, ConnectionError):
            await self.desk.restarted()

    async def wants(self) -> None:
        dice, desk = self.dice, self.desk
        card = await desk.offered(dice.choice(SYMBOLS), dice.choice(list(Side)))
        if not isinstance(card, Proposal):
            return
        if dice.random() < 0.2:
            await desk.reject(card.id)
        elif dice.random() < 0.2:
            await desk.adjust(card.id, Adjustment(size=Decimal("0.8")))
        else:
            part = Decimal(dice.choice(["1", "0.5"]))
            await desk.approve(card.id, Yes.PERSON, part=part)

    async def closes(self) -> None:
        share = Decimal(self.dice.choice(["1", "0.5", "0.3"]))
        for trade in await self.desk.ledger.live_trades(ACCOUNT):
            await self.desk.close(trade.id, Exit.PERSON, share)

    async def moves(self) -> None:
        move = self.desk.move
        for trade in await self.desk.ledger.live_trades(ACCOUNT):
            by = Decimal(self.dice.randint(-8, 8)) / 10
            await self.dice.choice([move.stop, move.target])(trade.id, by)
            await self.dice.choice([move.trail, move.break_even])(trade.id)

    async def breaks(self) -> None:
        for kind in (OrderType.IOC, OrderType.STOP_MARKET, OrderType.MARKET):
            self.desk.line.faults[kind] = self.dice.choice(FAULTS)
        await self.wants()

    async def restarts(self) -> None:
        await self.desk.restarted()

    async def trades(self) -> None:
        """One hour in one symbol, now and then with a gap, funding or hardly any volume."""
        dice, symbol = self.dice, self.dice.choice(SYMBOLS)
        opened = self.ticks[symbol] + (dice.randint(-40, 40) if dice.random() < 0.1 else 0)
        closed = opened + dice.randint(-20, 20)
        prices = (opened, max(opened, closed) + dice.randint(0, 15))
        prices += (min(opened, closed) - dice.randint(0, 15), closed)
        self.ticks[symbol] = closed
        self.desk.market(
            " ".join(str(Decimal(tick) / 10) for tick in prices),
            symbol=symbol,
            volume=dice.choice(["1000", "30"]),
            funding=dice.choice([[], ["0.0003"], ["-0.0002"]]),
        )


async def lives(desk, seed: int, hours: int = 60) -> None:
    """Its limits leave room for a lot to happen."""
    fractions = dict.fromkeys(["day_loss", "week_loss", "month_loss"], Decimal(1))
    rests = dict.fromkeys(["cool_down", "cool_down_two_stops"], timedelta(0))
    await desk.set(leverage=15, proposals_per_day=99, **fractions, **rests)
    life = Life(desk, seed)
    for _ in range(hours):
        await life.passes()


async def every_trade(desk):
    closed = await desk.ledger.closed_trades(ACCOUNT)
    return (*closed, *await desk.ledger.live_trades(ACCOUNT))


SEEDS = pytest.mark.parametrize("seed", range(6))


@SEEDS
async def test_opening_balance_and_trades_are_all_the_money_there_is(desk, seed):
    await lives(desk, seed)
    trades = await every_trade(desk)
    marks = {symbol: (await desk.street.quote(symbol)).mark for symbol in SYMBOLS}
    made = sum((t.net + t.open_pnl(marks[t.symbol]) for t in trades), Decimal(0))
    assert trades
    assert abs(OPENING + made - (await desk.broker.account()).equity) < GRAIN


@SEEDS
async def test_the_ledger_holds_what_the_broker_holds_and_all_of_it_is_protected(desk, seed):
    await lives(desk, seed, hours=30)
    open_trades = await desk.ledger.live_trades(ACCOUNT)
    held = {p.symbol: abs(p.amount) for p in (await desk.broker.account()).positions}
    assert held == {t.symbol: t.remaining for t in open_trades if t.status is TradeStatus.OPEN}
    stops = {name[:6]: price for name, price in (await desk.stops()).items()}
    assert stops == {t.id: t.stop for t in open_trades if t.status is TradeStatus.OPEN}


@SEEDS
async def test_every_activity_is_booked_once_and_to_somebody(desk, seed):
    await lives(desk, seed, hours=30)
    booked = await desk.ledger.booked(ACCOUNT)
    assert [b.activity.seq for b in booked] == list(range(1, len(booked) + 1))
    assert all(b.trade_id for b in booked)
