"""A thousand hours at a fake venue, and what of them is kept."""

import numpy as np

from core.domain.market import Timeframe
from tests.bot.candles.venue import COLUMNS, FakeVenue
from tests.bot.market.tables import BTC, frame

H1 = Timeframe.H1
PAGE = 100


def hours(count, **place):
    return frame(range(101, 101 + count), **place)


def venue(whole, **manners):
    return FakeVenue({(BTC, H1): whole}, **{"page": PAGE} | manners)


async def kept(store):
    return await store.frame("binance", BTC, H1)


def same(one, other):
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in COLUMNS)


WHOLE = hours(1_000)
