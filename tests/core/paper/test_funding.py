"""Who pays whom at a funding stamp, and who came too late."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from core.domain.trading import Side
from core.paper.matching import match
from tests.core.paper.builders import (
    HOUR,
    START,
    bar,
    exits,
    limit,
    long,
    market,
    page,
    payments,
    placed,
    short,
    stamp,
    stop,
)

BUY, SELL = Side.BUY, Side.SELL
NEXT = START + HOUR


@pytest.mark.parametrize(
    ("holding", "rate", "expected"),
    [
        (long("2"), "0.0001", "-0.0202"),
        (long("2"), "-0.0001", "0.0202"),
        (short("2"), "0.0001", "0.0202"),
        (short("2"), "-0.0001", "-0.0202"),
    ],
)
def test_a_long_pays_a_positive_rate_on_its_mark_value(holding, rate, expected):
    after = match(holding, bar("100 102 99 101", funding=[stamp(rate, "101")]))

    (payment,) = payments(after.activity)
    assert payment.amount == Decimal(expected)
    assert payment.time == NEXT
    assert after.wallet == holding.wallet + Decimal(expected)


def test_funding_is_paid_before_the_bar_takes_the_position_away():
    before = placed(long(), stop(SELL, "1", "95"))

    after = match(before, bar("100 101 90 91", funding=[stamp("0.0001", "100")]))

    assert [one.seq for one in after.activity] == [1, 2, 3]
    assert payments(after.activity)[0].seq == 2
    assert exits(after)


def test_every_stamp_of_a_long_bar_is_paid():
    stamps = [stamp("0.0001", "100", START + timedelta(minutes=m)) for m in (20, 40, 60)]

    assert len(payments(match(long(), bar("100 101 99 100", funding=stamps)).activity)) == 3


def test_nobody_pays_without_a_position():
    before = placed(page(), limit(BUY, "1", "50"))

    after = match(before, bar("100 101 99 100", funding=[stamp("0.0001", "100")]))

    assert not after.activity


@pytest.mark.parametrize(("late", "paid"), [(0, 1), (14.9, 1), (15, 0), (60, 0)])
def test_an_entry_just_after_a_stamp_still_pays_it(late, paid):
    due = replace(page(), stamps=(stamp("0.0001", "100", START),))

    after = placed(due, market(BUY, "2"), at=START + timedelta(seconds=late))

    assert [p.amount for p in payments(after.activity)] == [Decimal("-0.02")] * paid


def test_only_the_part_that_opens_pays_a_stamp_just_passed():
    before = replace(long("2"), stamps=(stamp("0.0001", "100", START),))

    after = placed(before, market(SELL, "3", name="flip"))

    assert [p.amount for p in payments(after.activity)] == [Decimal("0.01")]


@pytest.mark.parametrize(("minute", "paid"), [(20, 0), (39.9, 0), (40.1, 1), (60, 1)])
def test_a_stamp_before_the_holding_opened_in_the_same_bar_is_not_its_own(minute, paid):
    before = placed(page(), market(BUY), at=START + timedelta(minutes=40, seconds=15))
    due = stamp("0.0001", "100", START + timedelta(minutes=minute))

    after = match(before, bar("100 101 99 100", funding=[due]))

    assert len(payments(after.activity)) == paid


def test_a_limit_that_fills_inside_a_bar_pays_the_stamp_at_its_close():
    before = placed(page(), limit(BUY, "1", "95"))
    early = stamp("0.0001", "95", NEXT - timedelta(minutes=30))

    after = match(before, bar("100 101 94 96", funding=[early, stamp("0.0002", "95")]))

    assert [p.amount for p in payments(after.activity)] == [Decimal("-0.019")]


def test_a_limit_that_fills_at_the_open_pays_the_stamp_of_that_moment():
    before = placed(page(), limit(BUY, "1", "95"))
    before = match(before, bar("100 101 96 96", funding=[stamp("0.0001", "96")]))

    after = match(before, bar("94 96 93 95", hour=1))

    assert [p.amount for p in payments(after.activity)] == [Decimal("-0.0096")]


def test_stamps_are_forgotten_one_bar_later():
    before = placed(page(), limit(BUY, "1", "95"))
    before = match(before, bar("100 101 96 96", funding=[stamp("0.0001", "96")]))
    before = match(before, bar("96 97 96 96", hour=1))

    assert not payments(match(before, bar("94 96 93 95", hour=2)).activity)
