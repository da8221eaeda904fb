"""From what was asked to candles, an account and the question as it is kept."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from bot.backtest.options import BacktestAsked
from bot.backtest.question import question, scenario
from bot.backtest.stretch import USUAL, stretch
from core.backtest.record import Kind
from core.domain.market import Origin, Timeframe
from core.domain.people import Approval, Profile
from core.domain.tuning import Tuning
from core.risk.profiles import LIMITS
from tests.bot.backtest.facts import ASKED, market
from tests.bot.market.tables import BTC, HEADER, rows


def test_without_files_the_usual_symbols_are_made_up():
    made = stretch(BacktestAsked(days=1, seed=3))
    assert (made.symbols, made.origin, made.source) == (USUAL, Origin.SYNTHETIC, "seed 3")


def test_what_lies_before_the_start_is_warm_up():
    made = market()
    for history in made.histories.values():
        assert history.frame.closed_by(made.start) == 3_000
        assert history.frame.closed_by(made.end) == len(history.frame)


def test_files_are_read_and_named(tmp_path):
    folder = tmp_path / "hours"
    folder.mkdir()
    (folder / "BTCUSDT_1h.csv").write_text("\n".join([HEADER, *rows(96), ""]))
    made = stretch(BacktestAsked(candles=(folder, folder), first=date(2024, 1, 3)))
    assert (made.symbols, made.origin, made.source) == ((BTC,), Origin.RECORDED, "hours")
    assert made.end - made.start == timedelta(days=2)


def test_the_account_trades_as_it_was_asked_to():
    asked = replace(
        ASKED,
        profile=Profile.BOLD,
        approval=Approval.AUTOPILOT,
        tuning=Tuning(horizon=24),
        two_targets=False,
        equity=Decimal(5000),
        slippage=Decimal("0.001"),
        timeframe=Timeframe.H1,
    )
    played = scenario(asked, market())
    settings = played.settings
    assert (played.equity, played.costs.slippage) == (5000, Decimal("0.001"))
    assert (settings.profile, settings.limits) == (Profile.BOLD, LIMITS[Profile.BOLD])
    assert (settings.approval, settings.tuning) == (Approval.AUTOPILOT, Tuning(horizon=24))
    assert (settings.two_targets, settings.symbols) == (False, market().symbols)


def test_the_question_says_the_same_as_the_account():
    played, asked = scenario(ASKED, market()), question(ASKED, market(), Kind.OPTIMIZE)
    assert asked.kind is Kind.OPTIMIZE
    assert (asked.start, asked.end) == (played.start, played.end)
    for name in ("symbols", "timeframe", "profile", "limits", "approval", "tuning", "two_targets"):
        assert getattr(asked, name) == getattr(played.settings, name)
