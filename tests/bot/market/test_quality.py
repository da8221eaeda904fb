"""A grade is the worst that there is a reason for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.market.quality import Compared, Grade, Jump, Quality, Stretch
from bot.market.report import Gap
from core.domain.history import Kind
from core.domain.market import Timeframe
from tests.bot.market.tables import BTC, at

FINE = Quality(
    venue="binance",
    symbol=BTC,
    kind=Kind.CANDLES,
    timeframe=Timeframe.H1,
    first=at(0),
    last=at(999),
    rows=1_000,
    age=timedelta(hours=1),
)
DAY = timedelta(days=1)


def gap(missing):
    return (Gap(at(5), at(5 + missing), missing),)


@pytest.mark.parametrize(
    ("changes", "grade"),
    [
        ({}, Grade.OK),
        ({"gaps": gap(1)}, Grade.THIN),
        ({"gaps": gap(11)}, Grade.BROKEN),
        ({"refused": 1}, Grade.THIN),
        ({"refused": 2}, Grade.BROKEN),
        ({"repeated": 900}, Grade.OK),
        ({"conflicts": 1}, Grade.THIN),
        ({"silent": (Stretch(at(3), 10),)}, Grade.OK),
        ({"silent": (Stretch(at(3), 6), Stretch(at(20), 5))}, Grade.THIN),
        ({"jumps": (Jump(at(3), 0.1),)}, Grade.OK),
        ({"jumps": (Jump(at(3), -0.4),)}, Grade.BROKEN),
        ({"jumps": (Jump(at(3), 0.1), Jump(at(7), 0.1))}, Grade.BROKEN),
        ({"compared": Compared("bybit", 1_000, 0.995, None)}, Grade.OK),
        ({"compared": Compared("bybit", 1_000, 0.97, None)}, Grade.THIN),
        ({"compared": Compared("bybit", 1_000, 0.9, None)}, Grade.BROKEN),
        ({"age": timedelta(hours=25)}, Grade.STALE),
        ({"age": timedelta(hours=25), "gaps": gap(1)}, Grade.STALE),
        ({"age": timedelta(hours=25), "gaps": gap(100)}, Grade.BROKEN),
    ],
)
def test_the_grade_follows_from_the_facts(changes, grade):
    quality = replace(FINE, **changes)
    assert quality.grade(DAY) is grade
    assert (not quality.reasons(DAY)) == (grade is Grade.OK)


def test_nothing_is_too_old_where_nobody_says_how_old_it_may_be():
    assert replace(FINE, age=timedelta(days=900)).grade(None) is Grade.OK


def test_the_longest_gap_is_told():
    assert replace(FINE, gaps=gap(1) + gap(7) + gap(2)).longest.missing == 7
    assert FINE.longest is None
