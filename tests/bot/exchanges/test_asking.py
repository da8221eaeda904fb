"""A venue's errors become the desk's: who is busy, who is away, what nobody knows."""

import asyncio
from decimal import ROUND_HALF_EVEN, getcontext

import ccxt
import pytest

from bot.errors import VenueBusy, VenueUnavailable
from bot.exchanges.asking import Asker
from bot.exchanges.venues import venue_named
from core.errors import UnknownSymbol

NOON = 1_767_268_800_000


class Client:
    """ccxt, as far as it is asked: it answers, or raises."""

    def __init__(self, answer=None, **headers):
        self.answer = answer
        self.now = NOON
        self.asked = 0
        self.last_response_headers = headers
        self.last_http_response = None

    def milliseconds(self):
        return self.now

    async def fetch_time(self, *_arguments):
        self.asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def asking(answer=None, **headers):
    client = Client(answer, **headers)
    return Asker(venue_named("binance"), client, frozenset()), client


async def test_an_answer_is_passed_on():
    ask, _ = asking(NOON)
    assert await ask("fetch_time") == NOON


async def test_whoever_asks_rounds_afterwards_as_before():
    """ccxt's own rounding of a price changes the arithmetic of everybody who calls it."""
    ask, client = asking()

    async def fetch_time():
        return client.rounds(2.345, ccxt.ROUND, 2, ccxt.DECIMAL_PLACES)

    client.rounds, client.fetch_time = ccxt.decimal_to_precision, fetch_time
    before = getcontext().rounding
    assert await ask("fetch_time") == "2.35"
    assert getcontext().rounding == before == ROUND_HALF_EVEN


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (ccxt.OnMaintenance("system upgrade"), "Binance is under maintenance: system upgrade"),
        (ccxt.RequestTimeout("slow"), "Binance cannot be read: slow"),
        (ccxt.ExchangeError(" a\n b "), "Binance cannot be read: a b"),
        (KeyError("symbols"), "Binance answered nonsense: 'symbols'"),
        (TypeError(), "Binance answered nonsense: TypeError"),
        (ccxt.NetworkError("GET https://x.com/?key=1 502"), "Binance cannot be read: GET 502"),
    ],
)
async def test_what_cannot_be_read_is_said_in_one_line_without_addresses(error, says):
    ask, _ = asking(error)
    with pytest.raises(VenueUnavailable) as told:
        await ask("fetch_time")
    assert str(told.value) == says


async def test_a_symbol_that_it_does_not_know_is_named():
    ask, _ = asking(ccxt.BadSymbol("no market"))
    with pytest.raises(UnknownSymbol) as told:
        await ask("fetch_time", "NOPE/USDT:USDT")
    assert told.value.numbers == {"symbol": "NOPE/USDT:USDT", "known": "Binance"}


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"retry-after": "0"}, 0.0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-3"}, None),
        ({"Retry-After": "inf"}, None),
        ({}, None),
    ],
)
async def test_a_venue_that_asks_to_wait_says_how_long_or_not(headers, seconds):
    ask, _ = asking(ccxt.RateLimitExceeded("too many"), **headers)
    with pytest.raises(VenueBusy) as told:
        await ask("fetch_time")
    assert told.value.retry_after == seconds


async def test_until_then_it_is_not_asked_at_all():
    ask, client = asking(ccxt.DDoSProtection("banned"), **{"Retry-After": "60"})
    with pytest.raises(VenueBusy):
        await ask("fetch_time")
    client.answer, client.now = NOON, NOON + 59_000
    with pytest.raises(VenueBusy, match="Binance has asked to wait 1 s longer") as told:
        await ask("fetch_time")
    assert (client.asked, told.value.retry_after) == (1, 1.0)
    client.now += 1_000
    assert await ask("fetch_time") == NOON


@pytest.mark.parametrize(
    ("error", "headers", "seconds"),
    [
        (ccxt.RateLimitExceeded("429"), {}, 5),
        (ccxt.RateLimitExceeded("429"), {"Retry-After": "0"}, 0),
        (ccxt.DDoSProtection("418"), {}, 60),
        (ccxt.DDoSProtection("418"), {"Retry-After": "7200"}, 7_200),
        (ccxt.DDoSProtection("418"), {"Retry-After": "9999999"}, 86_400),
    ],
)
async def test_a_venue_rests_as_long_as_it_says_a_while_where_it_does_not_a_day_at_most(
    error, headers, seconds
):
    ask, _ = asking(error, **headers)
    with pytest.raises(VenueBusy):
        await ask("fetch_time")
    assert ask.rests_until == NOON / 1000 + seconds


class Two(Client):
    """Asked twice at once; the longer wish is answered first."""

    async def first(self):
        self.last_response_headers = {"Retry-After": "120"}
        raise ccxt.DDoSProtection("418")

    async def second(self):
        await asyncio.sleep(0)
        self.last_response_headers = {}
        raise ccxt.RateLimitExceeded("429")


async def test_a_shorter_wish_does_not_end_a_longer_one():
    ask = Asker(venue_named("binance"), Two(), frozenset())
    await asyncio.gather(ask("second"), ask("first"), return_exceptions=True)
    assert ask.rests_until == NOON / 1000 + 120


@pytest.mark.parametrize(
    ("said", "is_json"), [("[]", True), (' {"a":1}', True), ("<html>", False), ("", False)]
)
def test_an_empty_list_is_told_from_a_page(said, is_json):
    ask, client = asking()
    client.last_http_response = said
    assert ask.heard_json() is is_json
