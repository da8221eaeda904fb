"""The table of contents: all that the desk answers to in Telegram, in the order in which it is tried."""

from aiogram import Router

from handlers import (
    adopting,
    alerts,
    analysts,
    ask,
    backtests,
    budget,
    charts,
    desk,
    errors,
    events,
    fallback,
    forwards,
    market,
    news,
    panic,
    positions,
    proposals,
    reports,
    results,
    settings,
    start,
    watching,
)


def build() -> Router:
    """Every router, in the order in which an update meets them: panic first."""
    root = Router(name=__name__)
    root.include_routers(
        forwards.build(),
        panic.build(),
        desk.build(),
        charts.build(),
        positions.build(),
        proposals.build(),
        market.build(),
        reports.build(),
        analysts.build(),
        news.build(),
        budget.build(),
        backtests.build(),
        results.build(),
        adopting.build(),
        alerts.build(),
        events.build(),
        watching.build(),
        settings.build(),
        start.build(),
        ask.build(),
        errors.build(),
        fallback.build(),
    )
    return root
