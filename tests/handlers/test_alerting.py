"""What people type behind /alert, in the ways in which they type it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.alerts.gauges import GAUGES, Feed, Unit
from core.alerts.setting import Wish
from core.domain.alert import Way
from core.domain.market import Timeframe
from core.errors import BadArgument, DeskError, UnknownSymbol
from handlers.alerting import read, told
from tests.builders import Offer

BTC, ETH = "BTC/USDT:USDT", "ETH/USDT:USDT"
CHOICES = Offer((BTC, ETH), (Timeframe.H1, Timeframe.H4, Timeframe.D1))


def wish(level, way=Way.ABOVE, gauge="price", symbol=BTC, timeframe=Timeframe.H1, **changes):
    return Wish(
        symbol=symbol, gauge=gauge, way=way, level=Decimal(level), timeframe=timeframe, **changes
    )


def heard(text):
    return read(text, CHOICES, Timeframe.H1)


@pytest.mark.parametrize(
    "text",
    [
        "BTC > 70000",
        "btc>70000",
        "BTCUSDT >= 70,000",
        "BTC above 70k",
        "BTC 70000 이상",
        "BTC 가격 70000 초과",
        "when BTC price is over 70000.0",
        "BTC > $70,000",
        "BTC ≧ 70000",
        "BTC⩾70000",
        "ＢＴＣ＞７００００",
    ],
)
def test_a_price_is_read_in_the_ways_in_which_it_is_typed(text):
    assert heard(text) == wish(70000)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("BTC rsi < 30", wish(30, Way.BELOW, "rsi")),
        ("BTC 4h RSI under 30", wish(30, Way.BELOW, "rsi", timeframe=Timeframe.H4)),
        ("rsi BTC 70 cross up", wish(70, Way.ABOVE, "rsi", crossing=True)),
        (
            "ETH 4h macd cross up",
            wish(0, Way.ABOVE, "macd", ETH, timeframe=Timeframe.H4, crossing=True),
        ),
        ("ETH ema cross down", wish(0, Way.BELOW, "ema", ETH, crossing=True)),
        ("BTC macd > 0", wish(0, Way.ABOVE, "macd", crossing=True)),
        ("BTC > 5%", wish(5, Way.ABOVE, "change")),
        ("BTC 24h < -5%", wish(-5, Way.BELOW, "change")),
        ("BTC 등락률 -5% 이하", wish(-5, Way.BELOW, "change")),
        ("BTC 24h < \N{MINUS SIGN}5%", wish(-5, Way.BELOW, "change")),
        ("BTC > 1M", wish(1_000_000)),
        ("BTC funding > 0.05%", wish("0.05", Way.ABOVE, "funding")),
        ("BTC 70000", wish(70000, None)),
        ("BTC 볼린저 > 100", wish(100, Way.ABOVE, "bollinger")),
    ],
)
def test_indicators_changes_and_funding_are_read(text, wanted):
    assert heard(text) == wanted


@pytest.mark.parametrize(
    ("text", "usage", "said"),
    [
        ("> 70000", "usage.alert", "&gt; 70000"),
        ("BTC", "usage.alert", "BTC"),
        ("BTC > ", "usage.alert", "BTC &gt;"),
        ("BTC > 70000 80000", "usage.alert", "80000"),
        ("BTC ETH > 70000", "usage.alert", "ETH"),
        ("BTC rsi macd > 7", "usage.alert", "macd"),
        ("BTC > < 7", "usage.alert", "&lt;"),
        ("BTC rsi < 130", "usage.alert_level", "BTC rsi &lt; 130"),
        ("BTC rsi < 30%", "usage.alert_level", "BTC rsi &lt; 30%"),
        ("BTC > -70000", "usage.alert_level", "BTC &gt; -70000"),
        ("BTC > 0", "usage.alert_level", "BTC &gt; 0"),
        ("BTC macd", "usage.alert_cross", "BTC macd"),
        ("BTC macd > 12", "usage.alert_cross", "BTC macd &gt; 12"),
        ("BTC 4h > 70000", "usage.alert_price", "4h"),
        ("BTC 1m rsi < 30", "usage.alert_timeframe", "1m"),
        ("BTC 1M rsi < 30", "usage.alert", "30"),
        ("BTC > $$", "usage.alert", "$$"),
    ],
)
def test_what_cannot_be_read_is_named(text, usage, said):
    with pytest.raises(BadArgument) as wrong:
        heard(text)
    assert (wrong.value.usage, wrong.value.numbers["text"]) == (usage, said)


@pytest.mark.parametrize(
    ("text", "coin", "gauge"),
    [
        ("BB > 0.5", "BB", "price"),
        ("bb bb > 0.5", "BB", "bollinger"),
        ("AT above 0.5", "AT", "price"),
        ("up > 0.5", "UP", "price"),
        ("4 > 0.5", "4", "price"),
        ("BTC bb > 0.5", "BTC", "bollinger"),
        ("BTC up at 0.5", "BTC", "price"),
    ],
)
def test_a_coin_may_be_called_like_a_word(text, coin, gauge):
    symbols = (BTC, *(f"{name}/USDT:USDT" for name in ("BB", "AT", "UP", "4")))
    wanted = wish("0.5", gauge=gauge, symbol=f"{coin}/USDT:USDT")
    assert read(text, Offer(symbols, (Timeframe.H1,)), Timeframe.H1) == wanted


def test_once_more_keeps_what_the_coin_is_paid_in():
    symbols = (BTC, "BTC/USDC:USDC", "4/USDT:USDT")
    for name in symbols:
        wanted = wish(70, symbol=name)
        assert read(told(wanted), Offer(symbols, (Timeframe.H1,)), Timeframe.H1) == wanted


def test_a_symbol_that_is_not_here_is_named():
    with pytest.raises(UnknownSymbol):
        heard("DOGE > 1")


@given(st.text(max_size=60))
def test_whatever_is_typed_gets_a_wish_or_a_sentence(text):
    for said in (text, f"BTC {text}", f"BTC > {text}"):
        try:
            heard(said)
        except DeskError as error:
            assert error.code


LEVELS = st.decimals("0.01", "99", places=2)


@given(st.sampled_from(sorted(GAUGES)), st.sampled_from(Way), LEVELS, st.booleans())
def test_what_is_told_back_reads_as_the_same_wish(gauge, way, level, crossing):
    row = GAUGES[gauge]
    lines = row.unit is Unit.CROSSING
    wanted = wish(
        0 if lines else min(level, row.high),
        way,
        gauge,
        ETH,
        Timeframe.H4 if row.feed is Feed.CANDLES else Timeframe.H1,
        crossing=crossing or lines,
    )
    assert heard(told(wanted)) == wanted
