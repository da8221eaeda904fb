"""Which numbers can be traded on: each fault has its grade, and the worst one counts."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.market import CandleFrame
from core.domain.quality import FLAWLESS, Fault, Finding, Grade, Quality
from core.indicators import LONGEST
from core.quality import Surroundings, agreement, assess, silence
from tests.builders import NOON
from tests.fakes import frame

CALM = 64_000 + 100 * np.sin(np.arange(LONGEST + 1))
SECOND = timedelta(seconds=1)


def grade_of(**around):
    quality = assess(frame(CALM), NOON, Surroundings(**around))
    return quality.grade, [finding.fault for finding in quality.findings]


def with_volume(*volume):
    whole = frame(CALM)
    columns = list(whole.columns)
    columns[5] = np.concatenate((columns[5][: -len(volume)], volume))
    return CandleFrame(whole.timeframe, *columns)


def test_a_calm_market_with_its_newest_candle_is_flawless():
    assert assess(frame(CALM), NOON) == FLAWLESS
    assert FLAWLESS.grade is Grade.OK
    assert FLAWLESS.worst is None


def test_without_candles_or_with_few_nothing_can_be_said():
    none = frame(CALM).rows(0, 0)
    assert [f.fault for f in assess(none, NOON).findings] == [Fault.EMPTY]
    few = assess(frame(CALM[:10]), NOON)
    assert few.worst == Finding(Fault.SHORT, Grade.BROKEN, 10)


@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_a_price_that_is_no_number_breaks_the_symbol(wrong):
    whole = frame(np.append(CALM[:-1], wrong))
    assert assess(whole, NOON).worst == Finding(Fault.NOT_FINITE, Grade.BROKEN)


def test_the_newest_candle_may_be_missing_for_no_moment():
    hour = timedelta(hours=1)
    whole = frame(CALM)
    assert assess(whole, NOON + hour - timedelta(milliseconds=1)).grade is Grade.OK
    late = assess(whole, NOON + hour)
    assert (late.grade, late.worst.fault) == (Grade.STALE, Fault.LATE_CANDLE)
    assert assess(whole, NOON + hour + 48 * SECOND).worst.value == pytest.approx(48, abs=0.01)


@pytest.mark.parametrize(
    ("around", "grade", "fault"),
    [
        ({"price_age": 31 * SECOND}, Grade.STALE, Fault.OLD_PRICE),
        ({"skew": -2 * SECOND}, Grade.THIN, Fault.SKEW),
        ({"skew": 6 * SECOND}, Grade.BROKEN, Fault.SKEW),
        ({"divergence": -0.02}, Grade.THIN, Fault.DIVERGENCE),
        ({"divergence": 0.06}, Grade.BROKEN, Fault.DIVERGENCE),
        ({"suspect": 1}, Grade.STALE, Fault.GAP),
        ({"missing": 3}, Grade.THIN, Fault.GAP),
        ({"accuracy": 0.95}, Grade.THIN, Fault.OUTLIER),
        ({"funding_late": timedelta(minutes=11)}, Grade.THIN, Fault.LATE_FUNDING),
        ({"ends_in": timedelta(days=3)}, Grade.BROKEN, Fault.ENDING),
        ({"ends_in": -timedelta(days=3)}, Grade.BROKEN, Fault.ENDING),
        ({"elsewhere": True}, Grade.STALE, Fault.ELSEWHERE),
    ],
)
def test_each_fault_has_its_grade(around, grade, fault):
    assert grade_of(**around) == (grade, [fault])


@pytest.mark.parametrize(
    "around",
    [
        {"price_age": 30 * SECOND},
        {"skew": SECOND},
        {"divergence": 0.009},
        {"accuracy": 0.99},
        {"funding_late": -timedelta(hours=4)},
        {"ends_in": timedelta(days=8)},
    ],
)
def test_what_is_within_the_limits_is_no_finding(around):
    assert grade_of(**around) == (Grade.OK, [])


def test_the_worst_finding_is_the_grade_and_all_are_kept():
    quality = assess(
        frame(CALM), NOON, Surroundings(missing=1, price_age=40 * SECOND, skew=2 * SECOND)
    )
    assert quality.grade is Grade.STALE
    assert [f.fault for f in quality.findings] == [Fault.OLD_PRICE, Fault.SKEW, Fault.GAP]


def test_only_good_and_thin_markets_are_entered():
    assert [grade.admits for grade in Grade] == [True, True, False, False]


def test_candles_without_a_trade_are_counted_in_a_row():
    assert silence(with_volume(0.0, 0.0, 5.0, 0.0)) == 2
    assert silence(with_volume(1.0, 0.0, 0.0, 0.0)) == 3
    quiet = assess(with_volume(0.0, 0.0, 0.0), NOON)
    assert (quiet.grade, quiet.worst) == (Grade.THIN, Finding(Fault.SILENT, Grade.THIN, 3))


@given(st.lists(st.sampled_from(list(Grade)), max_size=6))
def test_a_grade_is_never_better_than_its_worst_finding(grades):
    quality = Quality(tuple(Finding(Fault.GAP, grade) for grade in grades))
    assert quality.grade.rank == max((grade.rank for grade in grades), default=0)
    assert quality.grade.admits == all(grade.admits for grade in grades)


def test_two_venues_agree_about_the_candles_within_a_fifth_of_a_percent():
    ours = np.array([100.0, 100.0, 100.0, 100.0])
    assert agreement(ours, np.array([100.0, 100.1, 99.9, 101.0])) == 0.75
    assert agreement(np.empty(0), np.empty(0)) is None
