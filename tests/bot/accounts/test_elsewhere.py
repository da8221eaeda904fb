"""An account at another venue sees the desk's prices, and trades by its own venue's rules."""

from decimal import Decimal

from bot.accounts.elsewhere import Elsewhere
from bot.market.clock import SteppedClock
from bot.market.market import RecordedMarket
from core.domain.market import Timeframe
from tests.builders import instrument
from tests.handlers.markets import START, SYMBOLS, calm_market

BTC, ETH, SOL = SYMBOLS
COARSE = instrument(symbol=BTC, step_size=Decimal("0.5"))


def markets(contracts=()):
    here = RecordedMarket(calm_market(), SteppedClock(START))
    return here, Elsewhere(here, {one.symbol: one for one in contracts})


def test_steps_are_those_of_the_venue_where_the_account_lies():
    here, there = markets([COARSE])
    assert there.instrument(BTC) == COARSE != here.instrument(BTC)


def test_only_what_is_listed_there_is_offered_to_trade():
    assert markets([COARSE])[1].symbols == (BTC,)


def test_until_the_venue_has_spoken_the_desks_own_rules_are_good_enough_to_look():
    here, there = markets()
    assert there.symbols == here.symbols
    assert there.instrument(ETH) == here.instrument(ETH)


async def test_prices_and_candles_are_the_desks():
    here, there = markets([COARSE])
    assert await there.quote(BTC) == await here.quote(BTC)
    assert [one.hash for one in await there.snapshots((BTC, SOL), Timeframe.H1)] == [
        one.hash for one in await here.snapshots((BTC, SOL), Timeframe.H1)
    ]
    assert there.funding(BTC) == here.funding(BTC)
    assert await there.bars(BTC, here.first, START) == await here.bars(BTC, here.first, START)
    told = (there.timeframes, there.origin, there.first, there.agreement())
    assert told == (here.timeframes, here.origin, here.first, here.agreement())
