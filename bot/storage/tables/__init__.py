"""Every table of the desk.

Columns are for asking in SQL; where a table has a `body`, that JSON is the value that is read back.
"""

from bot.storage.tables.backtests import backtests
from bot.storage.tables.candles import candles, funding_rates, series
from bot.storage.tables.events import alerts, event_marks, events
from bot.storage.tables.models import calls, minutes, minutes_fixed
from bot.storage.tables.news import moods, news, news_keys
from bot.storage.tables.paper import paper_accounts, paper_activity, paper_books, paper_orders
from bot.storage.tables.people import (
    account_settings,
    buttons,
    cards,
    inbox,
    notes,
    outbox,
    people,
)
from bot.storage.tables.schema import metadata
from bot.storage.tables.scores import awaited, fates, forecasts, resolutions
from bot.storage.tables.secrets import locks, secrets
from bot.storage.tables.sights import sight_blocks, sights
from bot.storage.tables.strangers import strangers
from bot.storage.tables.tidings import tidings
from bot.storage.tables.trading import booked, decisions, equity_marks, intents, proposals, trades

__all__ = [
    "account_settings",
    "alerts",
    "awaited",
    "backtests",
    "booked",
    "buttons",
    "calls",
    "candles",
    "cards",
    "decisions",
    "equity_marks",
    "event_marks",
    "events",
    "fates",
    "forecasts",
    "funding_rates",
    "inbox",
    "intents",
    "locks",
    "metadata",
    "minutes",
    "minutes_fixed",
    "moods",
    "news",
    "news_keys",
    "notes",
    "outbox",
    "paper_accounts",
    "paper_activity",
    "paper_books",
    "paper_orders",
    "people",
    "proposals",
    "resolutions",
    "secrets",
    "series",
    "sight_blocks",
    "sights",
    "strangers",
    "tidings",
    "trades",
]
