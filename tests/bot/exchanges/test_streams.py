"""What a stream says late or twice changes no price."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from bot.exchanges.streams import CcxtStreams
from bot.exchanges.venues import venue_named
from core.domain.market import to_millis
from tests.bot.live.street import BTC, M1, feed
from tests.builders import NOON

NOW = to_millis(NOON)


@pytest.fixture
def streams():
    client = SimpleNamespace(
        client=None, handle_ohlcv=None, on_close=None, on_error=None, clients={}, markets={}
    )
    ask = SimpleNamespace(client=client, venue=venue_named("binance"), can=lambda _ability: True)
    heard = CcxtStreams(ask, feed()[0])
    heard._followed = frozenset({BTC})
    return heard


def test_a_candle_of_hours_ago_is_no_price_of_now(streams):
    streams._candle(BTC, M1, [NOW, 100.0, 101.0, 99.0, 100.0, 5.0], False)
    streams._candle(BTC, M1, [NOW - 600 * 60_000, 50.0, 51.0, 49.0, 50.0, 5.0], True)
    assert streams.feed.seen(BTC).last == 100


def test_a_mark_that_was_overtaken_on_its_way_changes_nothing(streams):
    for mark, stamp in ((100.0, NOW), (50.0, NOW - 1)):
        streams._marks({BTC: {"symbol": BTC, "markPrice": mark, "timestamp": stamp}})
    assert streams.feed.seen(BTC).mark == Decimal(100)


def test_a_mark_of_the_future_does_not_make_the_desk_deaf(streams):
    for mark, stamp in ((50.0, NOW + 86_400_000), (100.0, NOW + 1)):
        streams._marks({BTC: {"symbol": BTC, "markPrice": mark, "timestamp": stamp}})
    assert streams.feed.seen(BTC).mark == Decimal(100)
