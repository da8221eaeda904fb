"""Candles, steps and snapshots: what a market value may hold, and which way it rounds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.instrument import MaintenanceTier
from core.domain.market import (
    CandleFrame,
    FundingRate,
    Origin,
    Timeframe,
    exact,
    from_millis,
    to_millis,
)
from core.domain.snapshot import MarketSnapshot
from tests.builders import INSTRUMENT, NOON, instrument
from tests.fakes import frame

HOUR = timedelta(hours=1)
PRICES = st.decimals(min_value="0.01", max_value="200000", places=6)


@pytest.mark.parametrize(
    ("timeframe", "duration"),
    [
        (Timeframe.M1, timedelta(minutes=1)),
        (Timeframe.M15, timedelta(minutes=15)),
        (Timeframe.H4, timedelta(hours=4)),
        (Timeframe.D1, timedelta(days=1)),
    ],
)
def test_a_timeframe_knows_how_long_its_candles_last(timeframe, duration):
    assert timeframe.duration == duration
    assert timeframe.milliseconds == duration / timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("timeframe", "opened"),
    [
        (Timeframe.M15, datetime(2024, 1, 1, 13, 45, tzinfo=UTC)),
        (Timeframe.H1, datetime(2024, 1, 1, 13, tzinfo=UTC)),
        (Timeframe.H4, datetime(2024, 1, 1, 12, tzinfo=UTC)),
        (Timeframe.D1, datetime(2024, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_moment_belongs_to_the_candle_that_opened_last(timeframe, opened):
    assert timeframe.floor(datetime(2024, 1, 1, 13, 59, 59, tzinfo=UTC)) == opened
    assert timeframe.floor(opened) == opened


@given(st.datetimes(datetime(2015, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))
def test_milliseconds_and_moments_are_the_same_time(moment):
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)

    assert from_millis(to_millis(moment)) == moment
    assert from_millis(to_millis(moment)).tzinfo is UTC


@given(amount=st.decimals(min_value="-100", max_value="100", places=7))
def test_an_amount_is_rounded_towards_zero_onto_a_step(amount):
    rounded = INSTRUMENT.round_amount(amount)

    assert abs(rounded) <= abs(amount)
    assert abs(amount - rounded) < INSTRUMENT.step_size
    assert rounded % INSTRUMENT.step_size == 0


@given(price=PRICES)
def test_prices_go_down_up_or_to_the_nearest_tick(price):
    down, up = INSTRUMENT.price_down(price), INSTRUMENT.price_up(price)
    tick = INSTRUMENT.tick_size

    assert down <= price <= up
    assert up - down in {Decimal(0), tick}
    assert down % tick == up % tick == 0
    assert INSTRUMENT.round_price(price) in {down, up}
    assert abs(INSTRUMENT.round_price(price) - price) <= tick / 2


def test_a_price_between_two_ticks_goes_to_the_even_one():
    assert INSTRUMENT.round_price(Decimal("100.05")) == Decimal("100.0")
    assert INSTRUMENT.round_price(Decimal("100.15")) == Decimal("100.2")


def test_a_symbol_names_its_coin_and_its_money():
    assert (INSTRUMENT.base, INSTRUMENT.quote) == ("BTC", "USDT")
    assert instrument(symbol="ETH/EUR").quote == "EUR"


@pytest.mark.parametrize(("notional", "place"), [(0, 0), (299_999, 0), (300_000, 1), (10**9, 1)])
def test_the_tier_is_the_highest_whose_floor_is_reached(notional, place):
    shuffled = replace(INSTRUMENT, tiers=INSTRUMENT.tiers[::-1])

    assert shuffled.tier(Decimal(notional)) == INSTRUMENT.tiers[place]
    assert INSTRUMENT.tiers[0] == MaintenanceTier(Decimal(0), Decimal("0.004"), Decimal(0))


class TestFrame:
    def test_columns_of_unequal_length_are_no_frame(self):
        whole = frame([1, 2, 3])
        with pytest.raises(ValueError, match="one length"):
            replace(whole, volume=np.ones(2))

    @pytest.mark.parametrize("times", [[3, 2, 1], [1, 1, 2]])
    def test_candles_that_are_not_in_order_are_no_frame(self, times):
        with pytest.raises(ValueError, match="oldest first"):
            replace(frame([1, 2, 3]), time=np.array(times, dtype=np.int64))

    def test_nobody_can_write_into_a_frame(self):
        whole = frame([1, 2, 3])
        for column in (whole.time, whole.open, whole.high, whole.low, whole.close, whole.volume):
            with pytest.raises(ValueError, match="read-only"):
                column[0] = 9

    def test_rows_are_cut_like_a_list_and_never_from_behind(self):
        whole = frame([1, 2, 3, 4])

        assert list(whole.rows(1, 3).close) == [2, 3]
        assert list(whole.rows(-2, 3).close) == [1, 2, 3]
        assert list(whole.rows(0, 9).close) == [1, 2, 3, 4]
        assert len(whole.rows(4, 9)) == 0
        assert whole.rows(1, 3).timeframe is Timeframe.H1

    def test_every_column_is_cut_alike(self):
        whole = frame([10, 20, 15, 12], reach=1)
        cut = whole.rows(1, 2)

        assert (cut.open[0], cut.high[0], cut.low[0], cut.close[0]) == (10, 21, 9, 20)
        assert cut.time[0] == whole.time[1]
        assert cut.volume[0] == 1

    def test_a_candle_counts_from_the_instant_it_closes(self):
        whole = frame([1, 2, 3])

        assert whole.closed_by(NOON) == 3
        assert whole.closed_by(NOON - timedelta(milliseconds=1)) == 2
        assert whole.closed_by(NOON - 3 * HOUR) == 0
        assert whole.closed_by(NOON + 9 * HOUR) == 3

    def test_an_empty_frame_has_closed_nothing(self):
        assert frame([]).closed_by(NOON) == 0

    def test_a_candle_is_read_in_the_decimals_that_were_written(self):
        candle = frame([0.1, 0.30000000000000004], reach=0).candle(1)

        assert candle.open == Decimal("0.1")
        assert candle.close == Decimal("0.30000000000000004")
        assert (candle.high, candle.low, candle.volume) == (candle.close, candle.open, 1)
        assert candle.open_time == NOON - HOUR


@given(st.floats(1e-8, 1e8))
def test_the_exact_decimal_reads_back_as_the_same_float(number):
    assert float(exact(number)) == number


class TestSnapshot:
    def shot(self, whole: CandleFrame, at: datetime = NOON, **changes: object) -> MarketSnapshot:
        return MarketSnapshot(INSTRUMENT, at, whole, Origin.RECORDED, **changes)

    def test_a_candle_that_has_not_closed_is_no_part_of_a_snapshot(self):
        with pytest.raises(ValueError, match="closed candles"):
            self.shot(frame([1, 2, 3]), NOON - timedelta(minutes=1))

    def test_the_same_sight_has_the_same_hash_whenever_somebody_looks(self):
        now, later = self.shot(frame([1, 2, 3])), self.shot(frame([1, 2, 3]), NOON + HOUR)

        assert now.hash == later.hash
        assert len(now.hash) == 16
        assert now.symbol == INSTRUMENT.symbol

    @pytest.mark.parametrize("column", ["time", "open", "high", "low", "close", "volume"])
    def test_any_number_that_differs_gives_another_hash(self, column):
        whole = frame([1, 2, 3])
        shifted = replace(whole, **{column: getattr(whole, column) - 1})

        assert self.shot(shifted).hash != self.shot(whole).hash

    def test_funding_and_symbol_belong_to_the_sight(self):
        whole = frame([1, 2, 3])
        rate = FundingRate(NOON, Decimal("0.0001"))
        other = MarketSnapshot(instrument(symbol="ETH/USDT:USDT"), NOON, whole, Origin.RECORDED)

        hashes = {self.shot(whole).hash, self.shot(whole, funding=rate).hash, other.hash}
        assert len(hashes) == 3
