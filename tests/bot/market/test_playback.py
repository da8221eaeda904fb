"""Which stretch of which market is played."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from bot.errors import NoSuchMarket
from bot.market.playback import AHEAD, SYNTHETIC_START, WARM_UP, Wish, playback
from core.domain.market import Timeframe, to_millis
from tests.bot.market.tables import BTC, HEADER, START, rows

DAY = timedelta(days=1)


@pytest.fixture
def week(tmp_path):
    """168 hours from Monday on."""
    file = tmp_path / "BTCUSDT_1h.csv"
    file.write_text("\n".join([HEADER, *rows(168), ""]))
    return (file,)


def stretch(**wish):
    game = playback(Wish(**wish))
    return game.start, game.end


def test_a_synthetic_market_ends_after_half_a_year_unless_something_else_is_said():
    assert stretch(symbols=(BTC,)) == (SYNTHETIC_START, SYNTHETIC_START + timedelta(hours=AHEAD))
    assert stretch(symbols=(BTC,), days=10) == (SYNTHETIC_START, SYNTHETIC_START + 10 * DAY)


def test_a_synthetic_market_is_as_long_as_it_is_asked_to_be():
    game = playback(Wish(symbols=(BTC,), first=date(2024, 1, 1), last=date(2024, 12, 31)))
    frame = game.recording.candles[BTC][Timeframe.H1]
    assert (game.start, game.end) == (START, datetime(2025, 1, 1, tzinfo=UTC))
    assert len(frame) == WARM_UP + 366 * 24
    assert frame.closed_by(game.end) == len(frame)


def test_another_seed_is_another_market():
    one, same, other = (playback(Wish(symbols=(BTC,), days=2, seed=seed)) for seed in (1, 1, 2))
    closes = [game.recording.candles[BTC][Timeframe.H1].close for game in (one, same, other)]
    assert np.array_equal(closes[0], closes[1])
    assert not np.array_equal(closes[0], closes[2])


@pytest.mark.parametrize(
    "wish",
    [
        {"first": date(2024, 1, 2), "days": 3},
        {"last": date(2024, 1, 4), "days": 3},
        {"first": date(2024, 1, 2), "last": date(2024, 1, 4)},
    ],
)
@pytest.mark.parametrize("recorded", [True, False])
def test_two_of_first_last_and_days_say_the_same(week, wish, recorded):
    market = {"candles": week} if recorded else {"symbols": (BTC,)}
    assert stretch(**market, **wish) == (START + DAY, START + 4 * DAY)


def test_days_alone_are_the_last_ones_of_a_record(week):
    assert stretch(candles=week, days=2) == (START + 5 * DAY, START + 7 * DAY)


def test_more_days_than_there_are_begin_with_the_record(week):
    assert stretch(candles=week, days=365) == (START, START + 7 * DAY)


def test_without_dates_the_first_half_is_warm_up(week):
    assert stretch(candles=week) == (START + timedelta(hours=84), START + 7 * DAY)


def test_only_the_past_of_the_last_day_is_warm_up(week):
    assert stretch(candles=week, last=date(2024, 1, 2)) == (START + DAY, START + 2 * DAY)


def test_no_machine_is_asked_for_more_candles_than_it_can_hold():
    with pytest.raises(NoSuchMarket, match="3,000,000 candles at most"):
        playback(Wish(symbols=(BTC,), timeframe=Timeframe.M1, days=36_500))


def test_a_stretch_that_ends_before_it_begins_is_no_market():
    with pytest.raises(NoSuchMarket, match="nothing to play"):
        playback(Wish(symbols=(BTC,), first=date(2024, 2, 1), last=date(2024, 1, 1)))


def test_a_file_of_funding_alone_holds_no_candles(tmp_path):
    file = tmp_path / "BTCUSDT_funding.csv"
    file.write_text(f"funding_time,funding_rate\n{to_millis(START)},0.0001\n")
    with pytest.raises(NoSuchMarket, match="the files hold no candles at all"):
        playback(Wish(candles=(file,), symbols=(BTC,)))
