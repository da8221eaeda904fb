"""Placebo markets: mirrored, shuffled, renamed, and still markets."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.backtest.history import Funding
from core.backtest.placebo import aliased, flipped, on_tick, shuffled
from core.domain.market import CandleFrame, Timeframe
from tests.core.backtest.runs import HOUR, NEW_YEAR, frame, history

FUNDING = Funding(np.array([1, 2], dtype=np.int64), np.array([0.0001, -0.0003]))
SEEDS = st.integers(0, 2**32 - 1)
BLOCKS = st.integers(1, 12)


def walk(seed, rows=40, gaps=False):
    """Candles with wicks, on ticks of 0.1."""
    dice = np.random.default_rng(seed)
    closes = np.round(1000 * np.exp(np.cumsum(dice.normal(0, 0.02, rows))), 1)
    opens = np.concatenate(([1000.0], closes[:-1]))
    if gaps:
        opens = np.round(opens * np.exp(dice.normal(0, 0.005, rows)), 1)
    wicks = np.round(np.abs(dice.normal(0, 5, (2, rows))), 1)
    times = frame(closes).time
    return CandleFrame(
        Timeframe.H1,
        times,
        opens,
        np.round(np.maximum(opens, closes) + wicks[0], 1),
        np.round(np.minimum(opens, closes) - wicks[1], 1),
        closes,
        dice.uniform(1, 9, rows),
    )


def scaled(candles, factor):
    columns = (candles.open, candles.high, candles.low, candles.close)
    priced = (on_tick(column * factor, Decimal("0.1")) for column in columns)
    return CandleFrame(candles.timeframe, candles.time, *priced, candles.volume)


def moves(candles):
    """Log returns from close to close."""
    return np.diff(np.log(candles.close))


def is_market(candles):
    """Prices are positive ticks and every candle holds its open and its close."""
    prices = np.concatenate((candles.open, candles.high, candles.low, candles.close))
    return (
        (prices > 0).all()
        and all(Decimal(repr(float(price))) % Decimal("0.1") == 0 for price in prices)
        and (candles.high >= np.maximum(candles.open, candles.close)).all()
        and (candles.low <= np.minimum(candles.open, candles.close)).all()
    )


class TestFlipped:
    def test_by_hand(self):
        candles = CandleFrame(
            Timeframe.H1, np.array([0, 3_600_000]),
            np.array([100.0, 150.0]), np.array([160.0, 200.0]), np.array([100.0, 125.0]),
            np.array([150.0, 125.0]), np.array([3.0, 4.0]),
        )  # fmt: skip
        mirrored = flipped(history(candles)).frame
        assert mirrored.open.tolist() == [200.0, 133.3]
        assert mirrored.high.tolist() == [200.0, 160.0]
        assert mirrored.low.tolist() == [125.0, 100.0]
        assert mirrored.close.tolist() == [133.3, 160.0]
        assert mirrored.volume.tolist() == [3.0, 4.0]

    @given(SEEDS)
    def test_what_rose_falls_as_much(self, seed):
        candles = walk(seed)
        mirrored = flipped(history(candles)).frame
        assert moves(mirrored) == pytest.approx(-moves(candles), abs=1e-3)
        assert is_market(mirrored)
        assert (mirrored.open[1:] == mirrored.close[:-1]).all()

    @given(SEEDS)
    def test_twice_mirrored_is_the_original(self, seed):
        candles = walk(seed)
        again = flipped(flipped(history(candles))).frame
        assert again.close == pytest.approx(candles.close, rel=1e-3)
        assert again.high == pytest.approx(candles.high, rel=1e-3)

    def test_marks_follow_at_their_distance(self):
        candles = walk(1)
        there = flipped(history(candles, mark=scaled(candles, 1.01)))
        assert there.mark.close == pytest.approx(there.frame.close / 1.01, rel=1e-3)

    def test_without_marks_there_are_none(self):
        assert flipped(history(walk(1))).mark is None

    def test_the_crowd_stands_on_the_other_side(self):
        rates = flipped(history(walk(1), funding=FUNDING)).funding.rate
        assert rates.tolist() == [-0.0001, 0.0003]

    def test_a_frame_that_is_its_own_tape_stays_so(self):
        there = flipped(history(walk(1)))
        assert there.tape is there.frame

    def test_a_finer_tape_stays_one_with_its_frame(self):
        fine = walk(1, rows=8)
        halves = (fine.high.reshape(-1, 4).max(axis=1), fine.low.reshape(-1, 4).min(axis=1))
        coarse = CandleFrame(
            Timeframe.H4, fine.time[::4], fine.open[::4], *halves, fine.close[3::4],
            fine.volume.reshape(-1, 4).sum(axis=1),
        )  # fmt: skip
        there = flipped(history(coarse, tape=fine))
        assert there.frame.high.tolist() == there.tape.high.reshape(-1, 4).max(axis=1).tolist()
        assert there.frame.open.tolist() == there.tape.open[::4].tolist()
        assert there.frame.close.tolist() == there.tape.close[3::4].tolist()


class TestShuffled:
    @given(SEEDS, BLOCKS)
    def test_it_is_still_a_market(self, seed, block):
        there = shuffled(history(walk(seed)), seed, block).frame
        assert is_market(there)
        assert (there.open[1:] == there.close[:-1]).all()

    @given(SEEDS, BLOCKS)
    def test_every_candle_is_there_once(self, seed, block):
        candles = walk(seed)
        there = shuffled(history(candles), seed, block).frame
        assert sorted(there.volume) == sorted(candles.volume)
        assert there.time.tolist() == candles.time.tolist()
        shapes = np.log(candles.high / candles.open), np.log(there.high / there.open)
        assert np.sort(shapes[1]) == pytest.approx(np.sort(shapes[0]), abs=2e-3)

    @given(SEEDS, BLOCKS)
    def test_it_ends_where_the_market_ended(self, seed, block):
        candles = walk(seed)
        there = shuffled(history(candles), seed, block).frame
        assert there.open[0] == candles.open[0]
        assert there.close[-1] == pytest.approx(candles.close[-1], abs=0.11)

    def test_candles_of_a_block_stay_together(self):
        candles = walk(3, rows=40)
        volumes = shuffled(history(candles), 5, 8).frame.volume.reshape(-1, 8).tolist()
        before = candles.volume.reshape(-1, 8).tolist()
        assert sorted(volumes) == sorted(before)
        assert volumes != before

    def test_one_block_changes_nothing(self):
        candles = walk(3)
        there = shuffled(history(candles), 5, len(candles)).frame
        assert there.close.tolist() == candles.close.tolist()
        assert there.high.tolist() == candles.high.tolist()

    @settings(max_examples=30)
    @given(SEEDS)
    def test_steps_between_candles_travel_with_them(self, seed):
        candles = walk(seed, gaps=True)
        there = shuffled(history(candles), seed, 1).frame
        assert is_market(there)
        steps = np.sort(np.log(there.open[1:] / there.close[:-1]))
        known = np.append(np.log(candles.open[1:] / candles.close[:-1]), 0.0)
        assert all(np.abs(known - step).min() < 1e-3 for step in steps)

    @given(SEEDS, BLOCKS)
    def test_marks_keep_their_distance(self, seed, block):
        candles = walk(seed)
        there = shuffled(history(candles, mark=scaled(candles, 1.01)), seed, block)
        assert there.mark.time.tolist() == there.frame.time.tolist()
        assert there.mark.close == pytest.approx(1.01 * there.frame.close, rel=1e-3)

    def test_marks_that_begin_later_travel_with_their_candles(self):
        candles = walk(1, rows=40)
        mark = scaled(candles, 1.01).rows(30, 40)
        there = shuffled(history(candles, mark=mark), 5, 10)
        rows = np.searchsorted(there.frame.time, there.mark.time)
        assert len(rows) == 10
        assert there.frame.volume[rows].tolist() == candles.volume[30:].tolist()
        assert there.mark.close == pytest.approx(1.01 * there.frame.close[rows], rel=1e-3)

    def test_marks_without_a_candle_are_dropped(self):
        candles = walk(1)
        mark = frame([1, 2], start=NEW_YEAR - 9 * HOUR)
        assert len(shuffled(history(candles, mark=mark), 5, 10).mark) == 0

    def test_it_is_its_own_tape_and_keeps_its_funding(self):
        there = shuffled(history(walk(1), funding=FUNDING), 5, 4)
        assert there.tape is there.frame
        assert there.funding is FUNDING

    def test_a_seed_says_it_all(self):
        closes = [shuffled(history(walk(1)), seed, 4).frame.close.tolist() for seed in (5, 5, 6)]
        assert closes[0] == closes[1] != closes[2]

    def test_a_finer_tape_cannot_follow(self):
        with pytest.raises(ValueError, match="finer tape"):
            shuffled(history(walk(1), tape=walk(2)), 5, 4)

    def test_a_block_holds_a_candle(self):
        with pytest.raises(ValueError, match="at least one candle"):
            shuffled(history(walk(1)), 5, 0)


class TestAliased:
    def test_only_the_name_changes(self):
        before = history(walk(1), funding=FUNDING)
        after = aliased(before, 3)
        assert after.symbol == "COIN3/USDT:USDT"
        assert after.frame is after.tape is before.frame
        assert replace(after.instrument, symbol=before.symbol) == before.instrument

    def test_the_currency_it_is_paid_in_stays(self):
        assert aliased(history(walk(1), symbol="ETH/USDC:USDC"), 1).symbol == "COIN1/USDC:USDC"


class TestOnTick:
    @pytest.mark.parametrize(
        ("price", "tick", "rounded"),
        [
            (64000.04999, "0.1", "64000.0"),
            (0.123456789, "0.0000001", "0.1234568"),
            (101.3, "0.5", "101.5"),
            (101.3, "0.25", "101.25"),
            (12_345.0, "10", "12340.0"),
            (12_345.1, "1E+1", "12350.0"),
            (1e-9, "0.1", "0.1"),
            (0.3000000001, "0.10", "0.3"),
        ],
    )
    def test_it_reads_back_as_an_exact_decimal(self, price, tick, rounded):
        assert repr(float(on_tick(np.array([price]), Decimal(tick))[0])) == rounded

    @given(st.floats(1e-4, 1e6), st.sampled_from(["0.1", "0.00001", "0.5", "10", "0.05"]))
    def test_it_is_a_whole_number_of_ticks_and_near(self, price, tick):
        found = Decimal(repr(float(on_tick(np.array([price]), Decimal(tick))[0])))
        assert found % Decimal(tick) == 0
        assert found > 0
        assert found <= Decimal(tick) or abs(found - Decimal(price)) <= Decimal(tick) * Decimal(
            "0.51"
        )
