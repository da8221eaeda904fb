"""A replayed month adds up: to the last digit in money, and at every close of its curve."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest

from bot.backtest.histories import histories
from bot.market.instruments import instrument
from bot.market.shelf import resample
from bot.market.synthetic import synthetic
from core.backtest.history import SymbolHistory
from core.backtest.replay import replay, set_out, walk
from core.backtest.scenario import Jitter, Scenario
from core.domain.market import Timeframe, exact, to_millis
from core.domain.people import Profile
from core.domain.trade import Exit
from core.domain.tuning import Tuning
from core.errors import NoMarketData
from core.owner import opening_settings
from core.risk.profiles import LIMITS

BTC, ETH, SOL = SYMBOLS = ("BTC/USDT:USDT", "ETH/USDT:USDT", "SOL/USDT:USDT")
OPENED = datetime(2026, 1, 1, tzinfo=UTC)
START = OPENED + timedelta(days=25)
DAYS = 40
HOUR = timedelta(hours=1)
EQUITY = Decimal(10_000)
BUSY = Tuning(
    horizon=12, stop_in_atr=1.2, target_in_stops=2.5, quorum=1, prior=5.0, hurdle=-0.01
)  # fmt: skip


@pytest.fixture(scope="module")
def past():
    recording = synthetic(3, SYMBOLS, Timeframe.H1, OPENED, 24 * (25 + DAYS) + 5)
    return histories(recording, SYMBOLS, Timeframe.H1)


def scenario(**changes):
    settings = replace(
        opening_settings(SYMBOLS, Timeframe.H1),
        tuning=BUSY,
        profile=Profile.BOLD,
        limits=replace(LIMITS[Profile.BOLD], proposals_per_day=20),
    )
    end = START + timedelta(days=DAYS)
    told = {"start": START, "end": end, "equity": EQUITY, "settings": settings}
    return Scenario(**{**told, **changes})


@pytest.fixture(scope="module")
def run(past):
    return replay(past, scenario())


@pytest.fixture(scope="module")
def fixed(past):
    return replay(past, scenario(fixed=Decimal(1000)))


@pytest.fixture(params=["run", "fixed"])
def either(request):
    return request.getfixturevalue(request.param)


def test_it_trades_enough_to_mean_something(run):
    assert len(run.trades) >= 40
    assert {trade.symbol for trade in run.trades} == set(SYMBOLS)
    assert {Exit.STOP, Exit.TARGET, Exit.TIME, Exit.TRAIL} <= {trade.exit for trade in run.trades}
    assert any(trade.funding for trade in run.trades)


def test_the_closing_equity_is_the_opening_one_and_every_trade_s_net(either):
    assert either.closing == EQUITY + sum(trade.net for trade in either.trades)
    assert float(either.closing) == pytest.approx(either.curve.equity[-1], abs=1e-9)


def test_the_curve_has_the_opening_and_every_close(either):
    assert either.curve.time[0] == to_millis(START)
    assert either.curve.equity[0] == float(EQUITY)
    hours = np.diff(either.curve.time)
    assert set(hours.tolist()) == {3_600_000}
    assert len(either.curve.time) == either.looks + 1 == 24 * DAYS + 1
    assert either.candles == 3 * 24 * DAYS


@pytest.mark.parametrize("size", [None, Decimal(1000)], ids=["one account", "one size"])
def test_the_curve_is_the_money_and_what_is_open_at_its_mark(past, size):
    """Once more, close by close, in decimals."""
    walked = walk(past, scenario(fixed=size))
    curve = walked.told().curve
    for place in range(0, len(walked.timetable) - 1, 7):
        moment = walked.timetable.at(place)
        worth = sum(purse.at_mark(moment) for purse in walked.purses)
        for lot in walked.lots:
            mark = exact(walked.lanes[lot.street.symbol].mark[place])
            worth += (mark - lot.entry) * lot.held_at(moment) * lot.sign
        assert curve.equity[place + 1] == pytest.approx(float(worth), abs=1e-6)


def test_trades_come_in_the_order_of_their_ends(either):
    ends = [trade.closed_at for trade in either.trades]
    assert ends == sorted(ends)
    assert [trade.id for trade in either.trades] == sorted(trade.id for trade in either.trades)


def test_a_symbol_holds_one_position_at_a_time(either):
    for symbol in SYMBOLS:
        own = sorted((t.opened_at, t.closed_at) for t in either.trades if t.symbol == symbol)
        assert all(end <= begin for (_, end), (begin, _) in pairwise(own))


def test_everything_that_asked_was_entered_or_refused_or_held(run):
    assert run.edges >= len(run.trades) + sum(run.refusals.values())
    assert sum(run.refusals.values()) > 0


def test_trades_of_one_size_are_asked_by_no_rule(fixed):
    assert fixed.refusals == {}
    assert len(fixed.trades) > 100
    for trade in fixed.trades:
        assert trade.plan.leverage == 1
        assert 900 < trade.amount * trade.entry_price <= 1000


def test_what_is_open_at_the_end_is_sold_there(past):
    run = replay(past, scenario(end=START + timedelta(days=16, hours=5)))
    left = [trade for trade in run.trades if trade.exit is Exit.DATA]
    assert left
    assert {trade.closed_at for trade in left} == {run.scenario.end}
    assert run.trades[-len(left) :] == tuple(left)


def test_a_symbol_without_a_history_is_said_at_once(past):
    with pytest.raises(NoMarketData) as said:
        replay({BTC: past[BTC], SOL: past[SOL]}, scenario())
    assert said.value.numbers["symbol"] == ETH


def test_other_histories_are_left_alone(past):
    alone = scenario(settings=replace(scenario().settings, symbols=(ETH,)))
    assert replay(past, alone).trades == replay({ETH: past[ETH]}, alone).trades


def test_the_order_of_histories_does_not_matter(past, run):
    turned = replay(dict(reversed(past.items())), scenario())
    assert turned.trades == run.trades
    assert turned.curve.equity == pytest.approx(run.curve.equity, abs=1e-9)


def test_a_stretch_without_a_close_leaves_the_account_as_it_was(past):
    run = replay(past, scenario(start=START, end=START + timedelta(minutes=59)))
    assert (run.trades, run.looks, run.candles, run.edges) == ((), 0, 0, 0)
    assert run.closing == EQUITY
    assert run.curve.equity.tolist() == [10_000]


@pytest.mark.parametrize("size", [None, Decimal(1000)])
def test_entries_come_late_by_the_dice_of_a_seed(past, size):
    once, again, other = (
        replay(past, scenario(fixed=size, jitter=Jitter(candles=5, seed=seed)))
        for seed in (1, 1, 2)
    )
    assert once.trades == again.trades
    assert once.trades != other.trades


def test_dice_without_sides_change_nothing(past, run):
    assert replay(past, scenario(jitter=Jitter(candles=0, seed=4))).trades == run.trades


class Noting:
    """Writes down how the account stands whenever somebody looks."""

    def __init__(self, going):
        self.entering, self.stand, self.notes = going.entering, going.stand, []
        self.refusals = going.entering.refusals

    def look(self, wishes):
        self.notes.append(self.stand.standing())
        return self.entering.look(wishes)


def test_each_period_began_with_the_equity_of_the_curve(past, run):
    """The last close by a day's, week's, month's or 30 days' start; without one, the opening."""
    going = set_out(past, scenario())
    going.entering = noting = Noting(going)
    going.run()
    times, equity = run.curve.time, run.curve.equity
    assert len(noting.notes) > 100
    for note in noting.notes:
        now = int(np.searchsorted(times, to_millis(note.now)))
        assert float(note.equity) == pytest.approx(equity[now], abs=1e-6)
        for period, began in note.started.items():
            at = to_millis(period_start(period, note.now))
            last = max(int(np.searchsorted(times, at, side="right")) - 1, 0)
            assert float(began) == pytest.approx(equity[last], abs=1e-6)


def period_start(period, now):
    midnight = now.replace(hour=0)
    return {
        "day": midnight,
        "week": midnight - timedelta(days=now.weekday()),
        "month": midnight.replace(day=1),
        "rolling": now - timedelta(days=30),
    }[period]


def test_nobody_enters_before_the_tape_begins_or_after_it_ends(recorded_twice):
    history, asked = recorded_twice
    run = replay({history.symbol: history}, asked)
    first, last = history.tape.time[0], history.tape.time[-1] + 900_000

    assert run.trades
    assert min(to_millis(trade.opened_at) for trade in run.trades) > first
    assert max(to_millis(trade.opened_at) for trade in run.trades) <= last


def test_trades_come_in_the_order_of_their_ends_and_the_curve_ends_at_the_closing(recorded_twice):
    history, asked = recorded_twice
    run = replay({history.symbol: history}, asked)
    ends = [trade.closed_at for trade in run.trades]

    assert ends == sorted(ends)
    assert run.curve.equity[-1] == pytest.approx(float(run.closing), abs=1e-9)


@pytest.fixture
def recorded_twice():
    """Hours for half a year; quarters of an hour begin two months later and end a month earlier."""
    start = datetime(2026, 1, 5, tzinfo=UTC)
    fine = synthetic(5, (BTC,), Timeframe.M15, start, 4 * 24 * 180).candles[BTC][Timeframe.M15]
    hours = resample(fine, Timeframe.H1)
    tape = fine.rows(4 * 24 * 60, 4 * 24 * 150)
    history = SymbolHistory(instrument=instrument(BTC, fine), frame=hours, tape=tape)
    tuning = Tuning(quorum=1, horizon=24)
    account = replace(opening_settings((BTC,), Timeframe.H1), tuning=tuning)
    asked = Scenario(
        start=start + timedelta(days=30),
        end=start + timedelta(days=180),
        equity=Decimal(10_000),
        settings=account,
    )
    return history, asked
