"""Whatever the desk keeps comes back equal, to the digit, the microsecond and the type."""

import json
from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.backtest.desk import DeskNow
from bot.storage.codec import decode, decode_notice, encode, encode_notice
from bot.storage.errors import DeskStorageError
from core.backtest.record import Record
from core.domain.instrument import Instrument
from core.domain.intent import Intent
from core.domain.ledger import Booked
from core.domain.notice import Notice
from core.domain.opinion import Abstention, Decision, Opinion
from core.domain.paper import Book
from core.domain.people import AccountSettings, Person
from core.domain.proposal import Proposal
from core.domain.trade import Trade
from core.domain.trading import Fill, FundingPayment, OrderState, Side
from tests.bot.storage.values import anything
from tests.builders import (
    NOON,
    SETTINGS,
    booked,
    decision,
    fill,
    funding,
    opinion,
    plan,
    proposal,
    trade,
)

KEPT = (
    Decision,
    Proposal,
    Trade,
    Intent,
    Booked,
    AccountSettings,
    Person,
    Book,
    OrderState,
    Fill,
    FundingPayment,
    Instrument,
    Record,
    DeskNow,
)


@pytest.mark.parametrize("kind", KEPT, ids=lambda kind: kind.__name__)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_value_comes_back_equal(kind, data):
    value = data.draw(anything(kind))

    assert decode(kind, encode(value)) == value


@settings(max_examples=40, deadline=None)
@given(anything(Notice))
def test_a_number_of_a_notice_keeps_its_type(notice):
    back = decode_notice(encode_notice(notice))

    assert back == notice
    assert [type(number) for number in back.numbers.values()] == [
        type(number) for number in notice.numbers.values()
    ]


@pytest.mark.parametrize(
    "digits", ["0.30", "1E+2", "-0", "1E-30", "0.123456789012345678901234567891"]
)
def test_a_decimal_keeps_its_digits(digits):
    stored = decode(Trade, encode(trade(realized=Decimal(digits))))

    assert str(stored.realized) == digits


def test_a_silent_voice_is_not_mistaken_for_an_opinion():
    views = decode(Decision, encode(decision())).views

    assert [type(view) for view in views] == [Opinion, Abstention]


def test_a_fill_is_not_mistaken_for_funding():
    for activity in (fill(), funding()):
        stored = decode(Booked, encode(booked(activity)))
        assert type(stored.activity) is type(activity)


def test_keys_of_a_mapping_are_sides_again():
    (key, _) = decode(Opinion, encode(opinion())).p_target_first

    assert type(key) is Side


def test_a_value_beyond_all_numbers_survives():
    boundless = opinion(effective_n=float("inf"))

    assert decode(Opinion, encode(boundless)) == boundless


def test_a_time_of_another_zone_is_the_same_moment():
    seoul = NOON.astimezone(ZoneInfo("Asia/Seoul"))

    assert decode(Proposal, encode(proposal(created_at=seoul))).created_at == NOON


def test_a_long_wait_keeps_its_microsecond():
    wait = timedelta(days=400, microseconds=1)

    stored = decode(Proposal, encode(proposal(plan=plan(time_stop=wait))))

    assert stored.plan.time_stop == wait


@pytest.mark.parametrize("body", ["", "{}", "null", '{"id": 1}'])
def test_a_body_that_is_no_value_is_an_error_of_the_storage(body):
    with pytest.raises(DeskStorageError, match="a stored Proposal"):
        decode(Proposal, body)


def test_a_field_of_a_later_version_is_passed_over():
    body = encode(proposal()).replace("{", '{"colour":"red",', 1)

    assert decode(Proposal, body) == proposal()


def test_settings_of_a_time_before_halts_are_those_of_an_active_account():
    kept = json.loads(encode(SETTINGS))
    for name in ("causes", "released_at"):
        del kept[name]
    assert decode(AccountSettings, json.dumps(kept)) == SETTINGS
