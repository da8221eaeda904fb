"""What an answer to *place* proves, and above all what it does not."""

import json

import aiohttp
import ccxt
import pytest

from bot.broker.binance.codes import CODES
from bot.broker.fate import NEVER_SENT, Receipt, code_of, fate
from core.domain.trading import Placed, Refused, Unknown


def every_class(base):
    yield base
    for each in base.__subclasses__():
        yield from every_class(each)


CCXT_ERRORS = sorted({*every_class(ccxt.BaseError)}, key=lambda error: error.__name__)
RESET = aiohttp.ServerDisconnectedError()
REFUSED = aiohttp.ClientConnectorError(None, OSError("refused"))
NAMELESS = aiohttp.ClientConnectorDNSError(None, OSError("no such name"))


def caused(cause):
    error = ccxt.ExchangeNotAvailable("binanceusdm POST https://fapi.binance.com/fapi/v1/order")
    error.__cause__ = cause
    return error


def said(code, error=ccxt.ExchangeError):
    return error("binanceusdm " + json.dumps({"code": code, "msg": "words"}))


@pytest.mark.parametrize("error", CCXT_ERRORS, ids=lambda error: error.__name__)
def test_no_error_class_alone_proves_that_an_order_was_refused(error):
    assert fate(error("boom"), "k7q2e", CODES) == Unknown("k7q2e")


@pytest.mark.parametrize("error", CCXT_ERRORS, ids=lambda error: error.__name__)
def test_whatever_the_class_a_known_code_does(error):
    assert fate(said(-2019, error), "k7q2e", CODES) == Refused("k7q2e", "-2019")


@pytest.mark.parametrize("code", [-1000, -1001, -1006, -1007, -1008, -4116, -20132, 0, "", None])
def test_a_code_that_may_mean_anything_proves_nothing(code):
    assert fate(said(code), "k7q2e", CODES) == Unknown("k7q2e")


def test_an_order_is_placed_when_the_venue_has_it_under_our_id():
    assert fate(Receipt("17", "k7q2e"), "k7q2e", CODES) == Placed("k7q2e")


@pytest.mark.parametrize(
    "answer", [None, Receipt("", "k7q2e"), Receipt("17", ""), Receipt("17", "k7q2f")]
)
def test_an_answer_without_both_ids_proves_nothing(answer):
    assert fate(answer, "k7q2e", CODES) == Unknown("k7q2e")


@pytest.mark.parametrize("cause", [REFUSED, NAMELESS], ids=["refused", "nameless"])
def test_where_no_connection_stood_nothing_was_sent(cause):
    assert fate(caused(cause), "k7q2e", CODES) == Refused("k7q2e", NEVER_SENT)


@pytest.mark.parametrize(
    "cause", [RESET, TimeoutError(), ConnectionResetError(), aiohttp.ClientOSError(104, "reset")]
)
def test_where_one_broke_the_order_may_have_been_on_it(cause):
    assert fate(caused(cause), "k7q2e", CODES) == Unknown("k7q2e")


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ('bybit {"retCode":110007,"retMsg":"ab not enough"}', "110007"),
        ('okx {"code":"1","data":[{"sCode":"51008","sMsg":"{not} enough"}],"msg":""}', "51008"),
        ('okx {"code":"50011","data":[],"msg":"Too Many Requests"}', "50011"),
        ('bitget {"code":"40762","msg":"The order size is greater"}', "40762"),
        (
            'upbit {"error":{"name":"insufficient_funds_bid","message":"x"}}',
            "insufficient_funds_bid",
        ),
        ("binanceusdm 429 Too Many Requests ", "429"),
        ("binanceusdm 418 I'm a teapot <html>", "418"),
        ("binanceusdm POST https://fapi.binance.com/x?a=1 429 Too Many <html>", "429"),
        ("binanceusdm POST https://fapi.binance.com/429 502 Bad Gateway", ""),
        ('binanceusdm {"code":-2019', ""),
        ("binanceusdm {}", ""),
        ("binanceusdm [1]", ""),
    ],
)
def test_a_code_is_read_where_the_venue_wrote_it(message, code):
    assert code_of(ccxt.ExchangeError(message)) == code
