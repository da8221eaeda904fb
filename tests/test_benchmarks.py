"""The benchmarks' own arithmetic: the reference engine, and what is said of engines beside ours."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.benchmarks import backtest, committee, orders, streams, wake
from tests.benchmarks.backtest_data import CASES, columns
from tests.benchmarks.backtest_engines import DESK, PEERS, Outcome
from tests.benchmarks.backtest_reference import FEE, STOP, TARGET, signals, trades

SERIES = replace(CASES["b"].series[4], candles=30_000)
OUTCOME = Outcome(wall=1, seconds=1, first=1, candles=100, trades=3, peak_mb=50)
PEER = PEERS[0]


def candle_by_candle(found):
    """The same trades by looking at every candle."""
    sides, done, side = dict(signals(found["c"])), [], 0
    for row in range(1, len(found["c"])):
        opened, high, low = (float(found[key][row]) for key in "ohl")
        if not side and row - 1 in sides:
            side, entry, price = sides[row - 1], row, opened
        stop, target = (price * (1 - STOP * side), price * (1 + TARGET * side)) if side else (0, 0)
        adverse, kind = (low, high) if side > 0 else (high, low)
        paid = None
        if side and side * adverse <= side * stop:
            paid = side * min(side * stop, side * opened)
        elif side and side * kind >= side * target:
            paid = side * max(side * target, side * opened)
        elif side and row == len(found["c"]) - 1:
            paid = float(found["c"][-1])
        if paid is not None:
            done.append((entry, row, side * (paid - price) / price - FEE * (1 + paid / price)))
            side = 0
    return done


def test_the_same_seed_gives_the_same_candles():
    first, second = columns(SERIES), columns(SERIES)
    assert all((first[key] == second[key]).all() for key in ("ts", *"ohlcv"))


def test_the_reference_jumps_to_what_a_look_at_every_candle_finds():
    found = columns(SERIES)
    assert len(trades(found)) > 100
    assert trades(found) == candle_by_candle(found)


def test_an_engine_without_its_environment_is_noted_and_no_failure():
    absent = replace(PEER, python=Path("/nowhere/python"))
    row = backtest.row("a", absent, [backtest.one_round("a", [absent], Path("/nowhere"))])
    assert row == {
        "benchmark": "backtest",
        "case": "a",
        "engine": "vectorbt (Rust)",
        "note": "not installed",
    }


def test_ratios_compare_what_ran_in_the_same_round():
    slow = replace(OUTCOME, seconds=30, wall=60)
    rounds = [
        {DESK: OUTCOME, PEER: slow},
        {DESK: replace(OUTCOME, seconds=2), PEER: replace(slow, seconds=60)},
        {DESK: replace(OUTCOME, seconds=3), PEER: replace(slow, seconds=90)},
    ]
    row = backtest.row("a", PEER, rounds)
    assert row["desk_over_engine"] == pytest.approx(30)
    assert row["wall_over_desk"] == 60
    assert row["candles_per_second"] == 2


async def test_a_desk_of_three_symbols_is_woken_by_every_close():
    every, _ = await wake.measured(3, closes=4)
    assert every["closes"] == 4
    assert 0 < every["received_p50_ms"] < every["sent_p50_ms"]


def test_a_few_streams_are_heard_by_their_books():
    told = streams.case(2, seconds=0.3)
    assert told["case"] == "2 symbols, 3 timeframes"
    assert told["messages_per_second"] > 0
    assert told["ours_share"] > 0 < told["ccxt_share"]
    assert 0 < told["lag_p50_ms"] <= told["lag_p99_ms"]


async def test_a_small_committee_is_timed_with_and_without_models():
    rules, bare, booked = await committee.measured(21, voices=2, rounds=3)
    assert "adds_p50_ms" not in rules
    assert rules["rounds"] == bare["rounds"] == booked["rounds"] == 3
    for row in (bare, booked):
        assert row["adds_cpu_p50_ms"] > 0
        assert row["blocked_ms"] > 0


async def test_a_small_desk_has_entries_on_the_wire_and_every_part_is_timed():
    every, _ = await orders.measured(10, closes=3, warm=0)
    assert every["closes"] >= 2
    for part in ("forming", "watching", "proposing", "approving", "gate", "placing"):
        assert 0 < every[f"{part}_p50_ms"] < every["entry_p99_ms"]
    assert every["cpu_p50_ms"] > 0
