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
    portfolio,
    positions,
    proposals,
    reports,
    results,
    settings,
    start,
    strangers,
    watching,
)

IN_ORDER = (
    forwards,
    panic,
    desk,
    charts,
    positions,
    strangers,
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
