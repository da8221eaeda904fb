"""What somebody sees who asks about markets."""

import asyncio

from core.domain.market import Origin, Timeframe
from core.watching import ReadMarket
from tests.builders import NOON
from tests.fakes import FakeClock, FakeMarket, FakeWon, frame

BTC, ETH, SOL = "BTC/USDT:USDT", "ETH/USDT:USDT", "SOL/USDT:USDT"


class SlowMarket(FakeMarket):
    """A venue whose prices come only when every symbol has been asked for."""

    def __init__(self, clock):
        super().__init__(clock, {symbol: frame([100.0] * 60) for symbol in (BTC, ETH, SOL)})
        self.asked = asyncio.Barrier(3)

    async def quote(self, symbol):
        await self.asked.wait()
        return await super().quote(symbol)


async def test_many_markets_wait_for_a_slow_venue_together_and_keep_their_order():
    clock = FakeClock(NOON)
    market = SlowMarket(clock)
    read = ReadMarket(clock, market, market, FakeWon(), Origin.LIVE)
    async with asyncio.timeout(5):
        seen = await read((SOL, BTC, ETH), Timeframe.H1)
    assert [facts.symbol for facts in seen] == [SOL, BTC, ETH]
    assert all(facts.quote and facts.snapshot for facts in seen)
