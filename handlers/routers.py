"""The table of contents: all that the desk answers to in Telegram, in the order in which it is tried."""

from aiogram import Router

from handlers import (
    adopting,
    backtests,
    desk,
    errors,
    fallback,
    forwards,
    news,
    panic,
    positions,
    proposals,
    reports,
    results,
    settings,
    start,
)


def build() -> Router:
    """Every router, in the order in which an update meets them: panic first."""
    root = Router(name=__name__)
    root.include_routers(
        forwards.build(),
        panic.build(),
        desk.build(),
        positions.build(),
        proposals.build(),
        reports.build(),
        news.build(),
        backtests.build(),
        results.build(),
        adopting.build(),
        settings.build(),
        start.build(),
        errors.build(),
        fallback.build(),
    )
    return root
