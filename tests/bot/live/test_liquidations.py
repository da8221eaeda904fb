"""Forced orders of the last hour, once an hour was listened to."""

from datetime import timedelta

from bot.live.liquidations import HOUR, Liquidation, Liquidations
from tests.builders import NOON

BTC, ETH = "BTC/USDT:USDT", "ETH/USDT:USDT"
MINUTE = timedelta(minutes=1)


def test_before_an_hour_was_listened_to_nobody_knows():
    heard = Liquidations(NOON)
    heard.hear(BTC, Liquidation(NOON, of_long=True, value=5.0))
    assert heard.within_hour(BTC, NOON + HOUR - MINUTE) is None
    assert heard.within_hour(BTC, NOON + HOUR) == (5.0, 0.0)


def test_longs_and_shorts_are_summed_by_symbol_and_forgotten_after_an_hour():
    heard = Liquidations(NOON - HOUR)
    heard.hear(BTC, Liquidation(NOON, of_long=True, value=100.0))
    heard.hear(BTC, Liquidation(NOON + 30 * MINUTE, of_long=False, value=20.0))
    heard.hear(BTC, Liquidation(NOON + 40 * MINUTE, of_long=True, value=3.0))
    heard.hear(ETH, Liquidation(NOON, of_long=True, value=9.0))
    assert heard.within_hour(BTC, NOON + HOUR) == (103.0, 20.0)
    assert heard.within_hour(BTC, NOON + HOUR + MINUTE) == (3.0, 20.0)
    assert heard.within_hour("SOL/USDT:USDT", NOON) == (0.0, 0.0)


def test_a_storm_is_not_kept_for_ever():
    heard = Liquidations(NOON - HOUR)
    for _ in range(6_000):
        heard.hear(BTC, Liquidation(NOON, of_long=True, value=1.0))
    assert len(heard.heard[BTC]) == 5_000


def test_what_is_older_than_the_hour_is_not_kept():
    heard = Liquidations(NOON)
    for minute in range(300):
        heard.hear(BTC, Liquidation(NOON + minute * MINUTE, of_long=True, value=1.0))
    assert len(heard.heard[BTC]) == 61
    assert heard.within_hour(BTC, NOON + 299 * MINUTE) == (61.0, 0.0)
