"""Everything that one database keeps, by its keeper."""

import secrets
from dataclasses import dataclass
from typing import Self

from bot.storage.alerts import SqlAlerts
from bot.storage.backtests import SqlBacktests
from bot.storage.buttons import SqlButtons
from bot.storage.candles import SqlCandles
from bot.storage.cards import SqlCards
from bot.storage.database import Database
from bot.storage.events import SqlEvents
from bot.storage.inbox import SqlInbox
from bot.storage.ledger import SqlLedger
from bot.storage.minutes import SqlMinutes
from bot.storage.news import SqlNews
from bot.storage.notes import SqlNotes
from bot.storage.outbox import SqlOutbox
from bot.storage.paper import SqlPaperStore
from bot.storage.past import SqlPast
from bot.storage.scores import SqlScores
from bot.storage.sent import SqlSent
from bot.storage.sights import SqlSights
from bot.storage.tidings import SqlTidings

BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
BUTTON_ID = 10


def short_id(length: int) -> str:
    """Nobody can guess it; six letters name a trade, ten a button."""
    return "".join(secrets.choice(BASE32) for _ in range(length))


@dataclass(frozen=True, slots=True)
class Stores:
    ledger: SqlLedger
    notes: SqlNotes
    cards: SqlCards
    buttons: SqlButtons
    outbox: SqlOutbox
    inbox: SqlInbox
    paper: SqlPaperStore
    backtests: SqlBacktests
    candles: SqlCandles
    events: SqlEvents
    alerts: SqlAlerts
    news: SqlNews
    sights: SqlSights
    minutes: SqlMinutes
    scores: SqlScores
    past: SqlPast
    tidings: SqlTidings
    sent: SqlSent

    @classmethod
    def over(cls, database: Database) -> Self:
        return cls(
            SqlLedger(database),
            SqlNotes(database),
            SqlCards(database),
            SqlButtons(database, lambda: short_id(BUTTON_ID)),
            SqlOutbox(database),
            SqlInbox(database),
            SqlPaperStore(database),
            SqlBacktests(database),
            SqlCandles(database),
            SqlEvents(database),
            SqlAlerts(database),
            SqlNews(database),
            SqlSights(database),
            SqlMinutes(database),
            SqlScores(database),
            SqlPast(database),
            SqlTidings(database),
            SqlSent(database),
        )
