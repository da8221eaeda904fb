"""The table of contents: all that the desk answers to in Telegram, in the order in which it is tried."""

from aiogram import Router

from handlers import (
    accounts,
    adopting,
    alerts,
    analysts,
    ask,
    backtests,
    budget,
    by_hand,
    charts,
    desk,
    errors,
    events,
    fallback,
    forwards,
    keys,
    market,
    news,
    panic,
    portfolio,
    positions,
    proposals,
    reports,
    results,
    resuming,
    settings,
    start,
    strangers,
    watching,
)

IN_ORDER = (
    forwards,
    panic,
    resuming,
    desk,
    charts,
    positions,
    strangers,
    by_hand,
    proposals,
    market,
    reports,
    analysts,
    news,
    budget,
    portfolio,
    backtests,
    results,
    adopting,
    alerts,
    events,
    watching,
    settings,
    accounts,
    keys,
    start,
    ask,
    errors,
    fallback,
)


def build() -> Router:
    """Every router, in the order in which an update meets them: panic first."""
    root = Router(name=__name__)
    root.include_routers(*(module.build() for module in IN_ORDER))
    return root
