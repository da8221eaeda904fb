"""The banks' won for a dollar: only what can be a rate is one."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from bot.errors import VenueUnavailable
from bot.live.bank import ADDRESS, AskBank, rate_in
from bot.news.errors import Failed


@pytest.mark.parametrize(
    ("body", "rate"),
    [
        (b'{"base":"USD","rates":{"KRW":1391.23}}', Decimal("1391.23")),
        (b'{"rates":{"KRW":1391}}', Decimal(1391)),
        (b'{"rates":{"KRW":"1391"}}', None),
        (b'{"rates":{"KRW":NaN}}', None),
        (b'{"rates":{"KRW":Infinity}}', None),
        (b'{"rates":{"KRW":500}}', None),
        (b'{"rates":{"KRW":5000}}', None),
        (b'{"rates":{"KRW":-1391}}', None),
        (b'{"rates":{"KRW":true}}', None),
        (b'{"rates":{}}', None),
        (b'{"rates":null}', None),
        (b"[]", None),
        (b"null", None),
        (b"<html>", None),
        (b"", None),
        (b"\xff\xfe", None),
    ],
)
def test_an_answer_that_cannot_be_a_rate_is_none(body, rate):
    assert rate_in(body) == rate


def asking(*bodies):
    left, seoul = list(bodies), SimpleNamespace(bank=None)

    async def fetch(address):
        assert address == ADDRESS
        body = left.pop(0)
        if body is None:
            raise Failed("timeout")
        return SimpleNamespace(body=body)

    return AskBank(seoul, fetch), seoul


async def test_seoul_hears_of_the_rate_and_keeps_it_while_the_bank_talks_nonsense():
    ask, seoul = asking(b'{"rates":{"KRW":1390}}', b"nonsense")
    await ask()
    await ask()
    assert seoul.bank == 1390


async def test_a_bank_that_cannot_be_read_is_said_without_its_address():
    ask, seoul = asking(None)
    with pytest.raises(VenueUnavailable, match="rate cannot be read: timeout"):
        await ask()
    assert seoul.bank is None
