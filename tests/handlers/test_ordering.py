"""What people type behind /long, /short, /limit, /sl and /tp."""

from decimal import Decimal

import pytest

from core.domain.trade_wish import Level, TradeWish
from core.domain.trading import Side
from core.errors import BadArgument, UnknownSymbol
from handlers.ordering import level, limit_wish, symbol_and_level, wish

BTC, ETH, ODD = "BTC/USDT:USDT", "ETH/USDT:USDT", "1000PEPE/USDT:USDT"
KNOWN = (BTC, ETH, ODD)
TWO, FOUR = Level(away=Decimal("0.02")), Level(away=Decimal("0.04"))
WHOLE = TradeWish(
    symbol=BTC, side=Side.BUY, notional=Decimal(200), leverage=3, stop=TWO, target=FOUR
)


@pytest.mark.parametrize(
    "text",
    [
        "BTC 200 3x sl 2% tp 4%",
        "3x btcusdt tp 4% $200 sl 2%",
        "BTC/USDT:USDT 200usdt x3 sl=2% tp=4%",
        "btc 200 usdt 3배 손절 2% 익절 4%",
        "BTC ２００ ３x sl ２% tp 4.0%",
    ],
)
def test_a_trade_is_read_in_any_order_and_either_language(text):
    assert wish(text, KNOWN, Side.BUY) == WHOLE


def test_everything_but_the_coin_may_be_left_out():
    assert wish("eth", KNOWN, Side.SELL) == TradeWish(symbol=ETH, side=Side.SELL)


def test_a_coin_that_begins_with_a_number_is_no_size():
    assert wish("1000pepe 1k", KNOWN, Side.BUY) == TradeWish(
        symbol=ODD, side=Side.BUY, notional=Decimal(1000)
    )


@pytest.mark.parametrize("text", ["btc @ 61,000", "btc @61000", "btc at 61k", "btc limit 61000"])
def test_a_price_to_wait_at_is_said_with_a_word(text):
    assert wish(text, KNOWN, Side.BUY).limit == 61_000


@pytest.mark.parametrize(
    "text", ["btc long 61000 200", "61000 long btc 200", "btc 200 @61000 롱", "buy btc 61,000 200"]
)
def test_behind_limit_the_first_number_is_the_price(text):
    assert limit_wish(text, KNOWN) == TradeWish(
        symbol=BTC, side=Side.BUY, notional=Decimal(200), limit=Decimal(61_000)
    )


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("btc 200 300", "btc 200 300"),
        ("btc 3x 4x", "4x"),
        ("btc sl 2% sl 3%", "3%"),
        ("btc sl", ""),
        ("btc sl soon", "soon"),
        ("btc sl 0%", "0%"),
        ("btc tp -4%", "-4%"),
        ("btc 0", "btc 0"),
        ("btc yolo", "yolo"),
        ("btc @ 2%", "btc @ 2%"),
        ("", ""),
        ("btc 12345678901234567890", "12345678901234567890"),
    ],
)
def test_what_cannot_be_read_is_named(text, word):
    with pytest.raises(BadArgument) as caught:
        wish(text, KNOWN, Side.BUY)
    assert caught.value.usage == "usage.long"
    assert caught.value.numbers["text"] == word


def test_a_coin_that_is_not_there_is_said_with_those_that_are():
    with pytest.raises(UnknownSymbol) as caught:
        wish("doge 200", KNOWN, Side.BUY)
    assert caught.value.numbers["symbol"] == "doge"
    assert "BTC" in caught.value.numbers["known"]


@pytest.mark.parametrize("text", ["btc 61000", "btc long", "long 61000", "btc long short 61000"])
def test_a_limit_wants_coin_side_and_price(text):
    with pytest.raises(BadArgument):
        limit_wish(text, KNOWN)


def test_a_level_is_a_price_or_a_distance():
    assert symbol_and_level("BTC 61,000.5", "usage.sl") == ("btc", Level(price=Decimal("61000.5")))
    assert level(".5%", "usage.tp") == Level(away=Decimal("0.005"))


@pytest.mark.parametrize("text", ["", "btc", "btc 1 2", "btc soon"])
def test_a_level_wants_a_name_and_one_number(text):
    with pytest.raises(BadArgument):
        symbol_and_level(text, "usage.sl")
