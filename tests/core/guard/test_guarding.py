"""The guard's round, over a whole desk on paper too."""

import asyncio
from dataclasses import replace

from core.domain.notice import NoticeKind
from core.domain.proposal import Refusal, Rule
from core.domain.restraint import Cause, Reason, TradingState
from core.domain.trade import Exit
from core.errors import BrokerUnavailable
from core.guard.balance import WatchBalance
from core.guard.fills import WatchFills
from core.guard.guarding import Guard
from core.guard.restraining import RestrainTrading
from core.guard.watches import WatchPrices
from tests.builders import ACCOUNT, NOON, settings
from tests.core.paper.builders import BTC, ETH
from tests.fakes import FakeClock, MemoryLedger

pytest_plugins = "tests.core.desk"
FULL = Cause(Reason.DISK, NOON, "12 MiB")


async def full(_settings):
    return (FULL,)


async def blind(_settings):
    raise BrokerUnavailable


def guard(ledger, clock, *watches):
    restrain = RestrainTrading(ACCOUNT, clock, ledger, asyncio.Lock())
    return Guard(ACCOUNT, ledger, watches, restrain)


async def test_what_a_watch_finds_halts_and_is_told_once():
    ledger = MemoryLedger(settings())
    round_ = guard(ledger, FakeClock(), full)
    assert await round_() == await round_() == (FULL,)
    assert (await ledger.settings(ACCOUNT)).trading is TradingState.HALTED
    assert len(ledger.notices) == 1


async def test_one_that_cannot_look_stops_no_other_and_finds_nothing():
    ledger = MemoryLedger(settings())
    assert await guard(ledger, FakeClock(), blind)() == ()
    assert await guard(ledger, FakeClock(), blind, full, blind)() == (FULL,)


def over(desk):
    street = desk.street
    return guard(
        desk.ledger,
        desk.clock,
        WatchFills(ACCOUNT, desk.clock, desk.ledger, street, street, street),
        WatchBalance(ACCOUNT, desk.clock, desk.line, desk.ledger),
        WatchPrices(desk.clock, desk.line, street, street),
    )


async def test_an_ordinary_life_on_paper_raises_no_alarm_until_something_is_missing(desk):
    watching = over(desk)
    await desk.trade()
    await desk.trade(ETH)
    for price in ("101", "103", "104", "98"):
        desk.street.says(BTC, price)
        desk.clock.advance(minutes=2)
        await desk.settle()
        await desk.protect()
        for _ in range(3):
            assert await watching() == ()
            desk.clock.advance(seconds=40)
    for trade in await desk.ledger.live_trades(ACCOUNT):
        await desk.close(trade.id, Exit.PERSON)
        for _ in range(5):
            desk.clock.advance(seconds=40)
            assert await watching() == ()
    assert len(await desk.ledger.booked(ACCOUNT)) == 4
    thief = Thief(desk.line)
    watching = replace(watching, watches=(replace(watching.watches[1], broker=thief),))
    await watching()
    desk.clock.advance(seconds=90)
    (cause,) = await watching()
    assert (cause.reason, cause.detail) == (Reason.BALANCE, "100.00")


class Thief:
    """Shows an account with a hundred less."""

    def __init__(self, line):
        self.line = line

    async def account(self):
        whole = await self.line.account()
        return replace(whole, wallet=whole.wallet - 100)


async def test_a_halted_desk_offers_nothing_and_closes_all_the_same(desk):
    trade = await desk.trade()
    await guard(desk.ledger, desk.clock, full)()
    refused = await desk.offered(ETH)
    assert isinstance(refused, Refusal)
    assert refused.rule is Rule.HALTED
    assert len(await desk.stops()) == 1
    closed = await desk.close(trade.id, Exit.PERSON)
    assert not closed.is_live
    assert NoticeKind.HALTED in await desk.told()
    assert (await desk.broker.account()).positions == ()
