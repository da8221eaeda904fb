"""No screen about a backtest outgrows Telegram or the telephone, whatever its numbers are."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from core.backtest.figures import Month
from core.backtest.filed import Filed, Progress, Status
from core.backtest.reading import Page
from core.backtest.record import Banner, Kind
from core.domain.market import Timeframe
from core.domain.people import Language
from core.domain.tuning import STANDARD, Tuning
from core.owner import opening_settings
from handlers.asking import usual
from handlers.screens import CAPTION_LIMIT
from handlers.views.backtest.card import asked_view, card, months_view, unfinished
from handlers.views.backtest.comparison import comparison
from handlers.views.backtest.form import form
from handlers.views.backtest.listing import ON_A_PAGE, listing
from handlers.views.backtest.parameters import parameters, tuned_view
from handlers.views.backtest.progress import progress_view
from tests.builders import Offer, settings
from tests.handlers.records import found, plain
from tests.handlers.views.facts import reader
from tests.handlers.views.telephone import fits

READERS = [reader(language) for language in Language]
COINS = tuple(f"COIN{n:02}/USDT:USDT" for n in range(12))
WORDS = " ".join(f"COIN{n:02}" for n in range(12)) + " 2024-01-01 2026-11-25 15m 2000"
HUGE = Decimal("-1234567890.12")
EVERYTHING = Tuning(
    horizon=480,
    stop_in_atr=12.3456789,
    target_in_stops=0.25,
    fixed_stop=0.02,
    trend_in_atr=1.5,
    trend_adx=33.0,
    stretched=2.75,
    fresh=60,
    channel=480,
    prior=300.0,
    quorum=3,
    hurdle=0.0015,
    voices=("breakout",),
)


def filed(**changes):
    usual_one = {
        "id": "abcdefgh",
        "account": "paper",
        "person": 42,
        "created_at": datetime(2026, 11, 25, tzinfo=UTC),
        "kind": Kind.WALKFORWARD,
        "words": WORDS,
        "status": Status.STOPPED,
        "total": -0.99,
        "hold": 123.4,
    }
    return Filed(**usual_one | changes)


def extreme():
    """Ten years, twelve coins, and figures of every size."""
    made = found(Kind.WALKFORWARD)
    months = tuple(
        Month(
            start=datetime(2016 + n // 12, n % 12 + 1, 1, tzinfo=UTC),
            change=-0.99 * (n % 2),
            lowest=-0.99,
            trades=1234,
        )
        for n in range(120)
    )
    figures = replace(
        made.figures, total=123.4567, hold=-0.99, drawdown=0.99, trades=123_456, months=months,
        fees=-HUGE, funding=HUGE, sharpe=-123.45, profit_factor=1234.5, expectancy=-12.34,
    )  # fmt: skip
    question = replace(made.question, symbols=COINS, source="a very long name of a folder.zip")
    return replace(
        made,
        banner=Banner.CONTAMINATED,
        figures=figures,
        question=question,
        luck=replace(made.luck, tries=2000),
        proposed=EVERYTHING,
    )


@pytest.mark.parametrize("who", READERS, ids=["ko", "en"])
@pytest.mark.parametrize("record", [extreme(), found(), plain(), plain(0)], ids="xfpn")
def test_a_card_fits_under_its_picture(who, record):
    fits(card(who, filed(), record), CAPTION_LIMIT - 40)  # the label above it


@pytest.mark.parametrize("who", READERS, ids=["ko", "en"])
def test_what_is_behind_a_card_fits(who):
    for view in (months_view(who, extreme()), asked_view(who, extreme())):
        fits(view)
    fits(comparison(who, (filed(), extreme()), (filed(), plain())))
    fits(comparison(who, (filed(), plain(0)), (filed(), plain())))


@pytest.mark.parametrize("who", READERS, ids=["ko", "en"])
def test_a_set_with_every_number_changed_fits(who):
    for timeframe in (extreme().question.timeframe, Timeframe.M1):
        fits(parameters(who, "abcdefgh", extreme(), settings(timeframe=timeframe)))
    fits(tuned_view(who, "abcdefgh", STANDARD, EVERYTHING))


@pytest.mark.parametrize("who", READERS, ids=["ko", "en"])
def test_a_running_one_fits(who):
    for progress in (
        Progress(),
        Progress(ahead=12),
        Progress(stage="map", done=1999, total=2000, best=-123.456),
        Progress(stage="12/120", done=2000, total=2000),
        Progress(stage="search", done=3000, total=2000),
        Progress(stage="a new one", done=0, total=0),
        Progress(stage="and/or", done=1, total=2),
        Progress(stage="1/0", done=1, total=2),
    ):
        fits(progress_view(who, filed(), progress))


@pytest.mark.parametrize("who", READERS, ids=["ko", "en"])
def test_one_that_failed_fits(who):
    for status, error in (
        (Status.FAILED, "<nothing> to play & more " * 20),
        (Status.FAILED, ""),
        (Status.STOPPED, ""),
        (Status.RUNNING, ""),
    ):
        fits(unfinished(who, filed(status=status, error=error)))


@pytest.mark.parametrize("who", READERS, ids=["ko", "en"])
def test_a_form_of_many_coins_fits(who):
    settings = opening_settings(COINS, Timeframe.M15)
    for kind in Kind:
        fits(form(who, usual(kind, settings), settings, Offer(COINS, tuple(Timeframe))))


@pytest.mark.parametrize("who", READERS, ids=["ko", "en"])
def test_a_full_page_of_the_list_fits(who):
    many = tuple(filed(id=f"{n:08}", lost=True) for n in range(ON_A_PAGE))
    running = {"00000001": Progress(stage="search", done=1, total=3)}
    fits(listing(who, Page(many, running, 5, 200, 5), "00000002"))
