"""A row that cannot be true is refused, counted and shown, and never reaches a frame."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.market.merge import merge
from bot.market.report import Flaw, Gap
from bot.market.table import load
from core.domain.market import Timeframe
from tests.bot.market.tables import BTC, FIRST, HOUR, at, row, rows, source


def with_cell(line: str, place: int, cell: str) -> str:
    cells = line.split(",")
    cells[place] = cell
    return ",".join(cells)


CORRUPTIONS = {
    "text": (Flaw.UNREADABLE, lambda line: with_cell(line, 2, "abc")),
    "hole": (Flaw.UNREADABLE, lambda line: with_cell(line, 4, "")),
    "underscore": (Flaw.UNREADABLE, lambda line: with_cell(line, 1, "1_0")),
    "header": (Flaw.UNREADABLE, lambda line: "ts,open,high,low,close,volume"),
    "nan": (Flaw.NOT_FINITE, lambda line: with_cell(line, 5, "nan")),
    "infinity": (Flaw.NOT_FINITE, lambda line: with_cell(line, 2, "inf")),
    "huge": (Flaw.NOT_FINITE, lambda line: with_cell(line, 2, "1e999")),
    "short": (Flaw.COLUMNS, lambda line: line.rpartition(",")[0]),
    "long": (Flaw.COLUMNS, lambda line: line + "," + line),
    "seconds": (Flaw.TIME, lambda line: with_cell(line, 0, "1704067200")),
    "endless": (Flaw.NOT_FINITE, lambda line: with_cell(line, 0, "inf")),
    "fraction": (Flaw.TIME, lambda line: with_cell(line, 0, line.partition(",")[0] + ".5")),
    "zero": (Flaw.PRICE, lambda line: with_cell(line, 3, "0")),
    "negative": (Flaw.PRICE, lambda line: with_cell(line, 1, "-4")),
    "high": (Flaw.HIGH, lambda line: with_cell(line, 2, "98.5")),
    "low": (Flaw.LOW, lambda line: with_cell(line, 3, "500")),
    "volume": (Flaw.VOLUME, lambda line: with_cell(line, 5, "-1")),
    "grid": (Flaw.OFF_GRID, lambda line: with_cell(line, 0, line.partition(",")[0][:-1] + "1")),
}
GOOD = rows(40)


def counts(report) -> Counter:
    return Counter({refused.flaw: refused.count for refused in report.refused})


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_every_kind_of_bad_row_is_named_with_its_line(name):
    flaw, corrupt = CORRUPTIONS[name]
    bad = corrupt(GOOD[7])
    report = load(source([*GOOD[:7], bad, *GOOD[8:]])).report

    (refused,) = report.refused
    assert (refused.flaw, refused.count) == (flaw, 1)
    assert refused.examples[0].line == 9
    assert refused.examples[0].content == bad[:80]


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.integers(0, 39), st.sampled_from(sorted(CORRUPTIONS)), max_size=12))
def test_a_corrupted_row_never_appears_in_the_frame(injected):
    lines = [
        CORRUPTIONS[injected[n]][1](line) if n in injected else line for n, line in enumerate(GOOD)
    ]
    table = load(source(lines))
    good = [hour for hour in range(40) if hour not in injected]

    assert table.time.tolist() == [FIRST + hour * HOUR for hour in good]
    assert table.columns[:, 0].tolist() == [100.0 + hour for hour in good]
    assert counts(table.report) == Counter(CORRUPTIONS[name][0] for name in injected.values())
    assert table.report.rows == len(good)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)), max_size=10))
def test_a_time_that_comes_twice_is_refused_wherever_it_stands(repeats):
    lines = list(GOOD)
    for hour, place in repeats:
        lines.insert(place, GOOD[hour])
    table = load(source(lines))
    assert table.time.tolist() == [FIRST + hour * HOUR for hour in range(40)]
    assert counts(table.report) == Counter({Flaw.DUPLICATE: len(repeats)})


def test_a_time_that_comes_twice_with_other_numbers_is_a_conflict():
    lines = [*GOOD[:8], row(7, 500.0), GOOD[7], row(-3), *GOOD[8:]]
    table = load(source(lines))
    assert counts(table.report) == Counter(
        {Flaw.CONFLICT: 1, Flaw.DUPLICATE: 1, Flaw.BACK_STEP: 1}
    )
    assert len(table.time) == 40


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 39), st.integers(0, 39))
def test_one_row_gone_astray_costs_one_row(taken, place):
    lines = list(GOOD)
    lines.insert(place, lines.pop(taken))
    table = load(source(lines))
    assert counts(table.report) == Counter({Flaw.BACK_STEP: int(taken != place)})
    assert (np.diff(table.time) > 0).all()


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n,"), max_size=6)
JUNK = st.lists(st.one_of(CELL, st.sampled_from(["1", "nan", "1704067200000"])), max_size=7)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), JUNK), max_size=8))
def test_no_junk_between_the_rows_costs_a_good_one(junk):
    lines = list(GOOD)
    for place, cells in junk:
        lines.insert(place, ",".join(cells))
    table = load(source(lines))
    assert table.time.tolist() == [FIRST + hour * HOUR for hour in range(40)]
    assert table.columns[:, 0].tolist() == [100.0 + hour for hour in range(40)]


def test_a_stamp_from_the_far_future_does_not_cost_the_rows_after_it():
    lines = [*GOOD[:10], row(9_000), *GOOD[10:]]
    table = load(source(lines))
    assert len(table.time) == 40
    assert counts(table.report) == Counter({Flaw.BACK_STEP: 1})


def test_a_refused_row_leaves_a_gap_and_nothing_fills_it():
    recording = merge([load(source([*rows(3), *rows(2, first=5)]))])
    assert len(recording.candles[BTC][Timeframe.H1]) == 5
    assert recording.report.gaps == (Gap(at(3), at(5), 2),)


def test_wild_funding_is_refused():
    lines = [f"{FIRST},0.0001", f"{FIRST + 8 * HOUR},7", f"{FIRST + 16 * HOUR},-0.001"]
    table = load(source(lines, "BTCUSDT.csv", header="funding_time,funding_rate"))
    assert counts(table.report) == Counter({Flaw.RATE: 1})
    assert table.columns.tolist() == [[0.0001], [-0.001]]


def test_jitter_of_one_funding_stamp_is_no_second_stamp():
    lines = [f"{FIRST + 1},0.0001", f"{FIRST + 900},0.0001", f"{FIRST + 8 * HOUR},0.0001"]
    table = load(source(lines, "BTCUSDT.csv", header="funding_time,funding_rate"))
    assert counts(table.report) == Counter({Flaw.DUPLICATE: 1})


def test_the_console_is_told_in_few_plain_sentences():
    bad = [with_cell(line, 1, "oops") for line in GOOD[:5]]
    lines = [*bad, *(row(hour) for hour in range(5, 60, 2)), *rows(40, first=60)]
    said = merge([load(source(lines))]).report.lines()

    assert said[0] == (
        "BTCUSDT_1h.csv: 5 rows refused for text that is not a number: "
        f"line 2 '{bad[0]}', line 3 '{bad[1]}', line 4 '{bad[2]}', …."
    )
    assert said[1] == (
        "BTC/USDT:USDT 1h candles: 1 candle missing from 2024-01-01 06:00 to 2024-01-01 07:00 UTC."
    )
    assert said[-1] == "BTC/USDT:USDT 1h candles: … and 18 more gaps, 18 candles."
    assert len(said) == 11
