"""From what was asked to what is replayed, and to the question as a record keeps it."""

from dataclasses import replace

from bot.backtest.options import BacktestAsked
from bot.backtest.stretch import Stretch
from core.backtest.record import Kind, Question
from core.backtest.scenario import Scenario
from core.domain.people import AccountSettings
from core.owner import opening_settings
from core.paper.costs import Costs
from core.risk.profiles import LIMITS


def scenario(asked: BacktestAsked, stretch: Stretch) -> Scenario:
    """A new paper account with these settings, over the whole stretch."""
    return Scenario(
        start=stretch.start,
        end=stretch.end,
        equity=asked.equity,
        settings=_settings(asked, stretch),
        costs=Costs(slippage=asked.slippage, spread=asked.spread),
    )


def question(asked: BacktestAsked, stretch: Stretch, kind: Kind = Kind.BACKTEST) -> Question:
    settings = _settings(asked, stretch)
    return Question(
        kind=kind,
        symbols=stretch.symbols,
        timeframe=stretch.timeframe,
        start=stretch.start,
        end=stretch.end,
        equity=asked.equity,
        profile=settings.profile,
        limits=settings.limits,
        approval=settings.approval,
        tuning=settings.tuning,
        two_targets=settings.two_targets,
        slippage=asked.slippage,
        spread=asked.spread,
        models=asked.models,
        origin=stretch.origin,
        source=stretch.source,
    )


def _settings(asked: BacktestAsked, stretch: Stretch) -> AccountSettings:
    """A running desk's own, or a new account's; never paused."""
    opening = opening_settings(stretch.symbols, stretch.timeframe, asked.approval)
    if asked.desk:
        kept = replace(asked.desk.settings, paused=False, paused_at=None, tuning=asked.tuning)
        return replace(kept, symbols=stretch.symbols, timeframe=stretch.timeframe)
    return replace(
        opening,
        profile=asked.profile,
        limits=LIMITS[asked.profile],
        tuning=asked.tuning,
        two_targets=asked.two_targets,
    )
