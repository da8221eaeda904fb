"""Every gauge measures something on candles, and no row of the table is dead."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest

from core.alerts.gauges import GAUGES, Feed, Unit
from core.alerts.seeing import readings
from core.domain.market import FundingRate, Origin, Timeframe
from core.domain.snapshot import MarketSnapshot
from tests.bot.market.tables import without
from tests.builders import INSTRUMENT, NOON
from tests.fakes import frame

WAVE = 64_000 + 900 * np.sin(np.arange(400) / 13)
EVER = NOON - timedelta(days=4_000)
ON_CANDLES = [name for name, gauge in GAUGES.items() if gauge.feed is Feed.CANDLES]


def snapshot(closes, timeframe=Timeframe.H1):
    return MarketSnapshot(INSTRUMENT, NOON, frame(closes, timeframe), Origin.SYNTHETIC)


@pytest.mark.parametrize("name", ON_CANDLES)
def test_a_gauge_has_values_within_its_bounds_and_crosses_something(name):
    gauge = GAUGES[name]
    values = [look.last for look in readings(name, snapshot(WAVE), EVER)]
    assert len(values) > 300
    if gauge.unit is Unit.CROSSING:
        assert min(values) < 0 < max(values)
    else:
        assert all(gauge.low <= value <= gauge.high for value in values)


@pytest.mark.parametrize("name", ON_CANDLES)
def test_candles_that_do_not_move_or_do_not_suffice_break_nothing(name):
    readings(name, snapshot(np.full(400, 64_000.0)), EVER)
    assert not readings(name, snapshot([64_000.0]), EVER)


@pytest.mark.parametrize(("timeframe", "back"), [(Timeframe.H1, 24), (Timeframe.D1, 1)])
def test_a_change_is_against_the_close_of_a_day_before(timeframe, back):
    closes = np.linspace(100, 150, 40)
    last = readings("change", snapshot(closes, timeframe), EVER)[-1]
    assert float(last.last) == pytest.approx((closes[-1] / closes[-1 - back] - 1) * 100, abs=1e-6)
    assert last.end == NOON


def test_a_hole_in_the_candles_makes_the_day_of_a_change_no_longer():
    seen = snapshot(np.linspace(100, 150, 60))
    holed = replace(seen, frame=without(seen.frame, *range(40, 50)))
    whole, other = (readings("change", one, EVER) for one in (seen, holed))
    assert other[-1] == whole[-1]


def test_what_people_call_a_gauge_is_unambiguous():
    words = [word for name, gauge in GAUGES.items() for word in (name, *gauge.words)]
    assert len(words) == len(set(words))
    assert all(word == word.lower() for word in words)


def test_levels_of_prices_are_above_nothing():
    assert GAUGES["price"].low > Decimal(0)


def test_funding_is_the_rate_that_holds_now_in_percent():
    rate = FundingRate(NOON - timedelta(hours=4), Decimal("0.0001"))
    seen = MarketSnapshot(INSTRUMENT, NOON, frame(WAVE), Origin.SYNTHETIC, rate)
    (look,) = readings("funding", seen, NOON - timedelta(seconds=5))
    assert (look.end, look.last) == (NOON, Decimal("0.01"))
    assert readings("funding", snapshot(WAVE), EVER) == ()
