"""Beside the streams: what none of them may tell has been read once."""

import asyncio
from decimal import Decimal

import pytest

from bot.live.keeping import Keeper
from bot.live.market import LiveMarket
from bot.live.switching import Switch
from tests.bot.live.street import BTC, ETH, feed
from tests.builders import instrument, settings


class Mute:
    """Streams that never say a word."""

    def lines(self, symbols, timeframes):
        return ()

    async def drop(self, line=None):
        pass


async def lived(venue_is_down):
    """The feed of a keeper that has just begun."""
    own, venue = feed()
    venue.is_down = venue_is_down
    contracts = {symbol: instrument(symbol=symbol) for symbol in (BTC, ETH)}

    async def nobody(before, now):
        pass

    async def read():
        return settings(symbols=(BTC, ETH))

    async def listing(_followed):
        return contracts

    market = LiveMarket(Switch(own, None, own.clock, nobody), own.clock, contracts)
    life = asyncio.ensure_future(Keeper(market, Mute(), read, listing).run())
    await asyncio.sleep(0.05)
    assert not life.done()
    life.cancel()
    await asyncio.wait({life})
    return own


async def test_marks_are_read_once_at_first_so_that_they_are_seen_growing_old():
    own = await lived(venue_is_down=False)
    assert {own.seen(symbol).mark for symbol in (BTC, ETH)} == {Decimal("100.1")}


@pytest.mark.parametrize("symbol", [BTC, ETH])
async def test_a_venue_that_is_away_at_the_start_ends_nothing(symbol):
    own = await lived(venue_is_down=True)
    assert own.seen(symbol).mark is None
