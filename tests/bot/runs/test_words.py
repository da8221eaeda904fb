"""What is typed for a piece of work, and that it is about the very desk that asks."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from bot.backtest.options import read_backtest
from bot.backtest.question import question, scenario
from bot.backtest.stretch import stretch
from bot.errors import WrongQuestion
from bot.market.playback import Wish, playback
from bot.runs.place import Place, place
from bot.runs.words import DESK, desk_now, words
from bot.search.command_line import read_optimize, read_walk
from bot.storage.codec import encode
from core.backtest.record import Kind
from core.domain.market import Origin, Timeframe
from core.domain.people import Approval, Profile
from core.domain.tuning import Tuning
from core.risk.profiles import LIMITS
from tests.bot.market.tables import HEADER, rows
from tests.bot.runs.works import BTC, ETH, NOW, PLACE, SETTINGS, request, work


def asked(tmp_path, wanted, where=PLACE, read=read_backtest):
    """What the command makes of the words and the file."""
    (tmp_path / DESK).write_text(encode(desk_now(wanted, where)), encoding="utf-8")
    kind, *rest = words(wanted, where, tmp_path)
    assert kind == wanted.request.kind
    return read(rest)


def test_the_account_goes_with_it_to_the_digit(tmp_path):
    limits = replace(LIMITS[Profile.BOLD], risk_per_trade=Decimal("0.0035"), leverage=4)
    settings = replace(
        SETTINGS, profile=Profile.BOLD, limits=limits, two_targets=False, tuning=Tuning(horizon=24)
    )
    read = asked(tmp_path, work(settings=settings))
    market = stretch(read)
    played = scenario(read, market)
    assert (played.equity, played.settings) == (9876, replace(settings, symbols=(BTC,)))
    told = question(read, market)
    assert (told.limits, told.tuning, told.two_targets) == (limits, Tuning(horizon=24), False)
    assert (told.profile, told.equity) == (Profile.BOLD, 9876)


def test_a_pause_does_not_stop_a_backtest_and_small_trades_get_a_yes(tmp_path):
    settings = replace(SETTINGS, paused=True, paused_at=NOW, approval=Approval.SMALL)
    read = asked(tmp_path, work(settings=settings))
    played = scenario(read, stretch(read)).settings
    assert (played.paused, played.paused_at, played.approval) == (False, None, Approval.ASK)


@pytest.mark.parametrize("timeframe", [Timeframe.H1, Timeframe.H4])
def test_a_made_up_market_is_the_one_that_the_desk_lives_in(tmp_path, timeframe):
    start = datetime(2026, 1, 5, 9, 41, tzinfo=UTC)
    game = playback(Wish(symbols=(BTC, ETH)), start)
    now = game.start + timedelta(days=20, minutes=7)
    wanted = work(asked=request(symbols=(ETH,), timeframe=timeframe, days=30), now=now)
    made = stretch(asked(tmp_path, wanted, place((), game)))
    tape, lived = made.histories[ETH].tape, game.recording.candles[ETH][Timeframe.H1]
    assert len(tape) == lived.closed_by(now) + 1
    for name in ("time", "open", "high", "low", "close"):
        ours, theirs = (getattr(frame, name) for frame in (tape, lived))
        assert np.array_equal(ours, theirs[: len(tape)])
    assert made.end == timeframe.floor(now)
    assert made.start == made.end - timedelta(days=30)
    assert made.origin is Origin.SYNTHETIC


def test_recorded_files_are_read_up_to_now_and_no_further(tmp_path):
    file = tmp_path / "BTCUSDT_1h.csv"
    file.write_text("\n".join([HEADER, *rows(500), ""]))
    game = playback(Wish(candles=(file,)))
    now = game.start + timedelta(hours=100, minutes=59)
    made = stretch(asked(tmp_path, work(now=now), place((file,), game)))
    assert (made.end, made.origin) == (game.start + timedelta(hours=100), Origin.RECORDED)


def test_paths_are_whole_wherever_the_desk_was_started(tmp_path, monkeypatch):
    (tmp_path / "BTCUSDT_1h.csv").write_text("\n".join([HEADER, *rows(96), ""]))
    monkeypatch.chdir(tmp_path)
    game = playback(Wish(candles=(Path("BTCUSDT_1h.csv"),)))
    assert place((Path("BTCUSDT_1h.csv"),), game).candles == (str(tmp_path / "BTCUSDT_1h.csv"),)


def test_days_dates_or_everything(tmp_path):
    assert asked(tmp_path, work()).days == 30
    dates = request(days=None, first=date(2026, 2, 1), last=date(2026, 2, 20))
    read = asked(tmp_path, work(asked=dates))
    assert (read.first, read.last, read.days) == (date(2026, 2, 1), date(2026, 2, 20), None)
    everything = asked(tmp_path, work(asked=request(days=None)))
    assert (everything.first, everything.last, everything.days) == (None, None, None)


def test_a_search_is_told_how_many_sets_it_tries(tmp_path):
    read = asked(tmp_path, work(asked=request(Kind.OPTIMIZE, trials=250)), read=read_optimize)
    assert read.wanted.search.trials == 250
    assert read.wanted.search.base == SETTINGS.tuning


@pytest.mark.parametrize(
    ("days", "train", "test"),
    [(365, 121, 20), (9999, 333, 55), (90, 30, 7), (12, 4, 4), (2, 1, 1), (None, 291, 48)],
)
def test_a_walk_is_cut_to_what_is_recorded_of_its_length(tmp_path, days, train, test):
    wanted = work(asked=request(Kind.WALKFORWARD, days=days))
    thousand_days = Place(first=wanted.now - timedelta(days=1000))
    read = asked(tmp_path, wanted, thousand_days, read_walk)
    assert (read.train.days, read.test.days) == (train, test)


@pytest.mark.parametrize("content", [None, "", "{}", "no json"])
def test_a_file_that_no_desk_wrote_is_one_sentence(tmp_path, content):
    if content is not None:
        (tmp_path / DESK).write_text(content)
    with pytest.raises(WrongQuestion, match="--desk: "):
        read_backtest(["--desk", str(tmp_path / DESK)])
