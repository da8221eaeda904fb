"""Puts together everything that models' money needs: purse, minutes, caps, and who tells of them."""

from dataclasses import dataclass

from bot.books import Books
from bot.market.clock import SystemClock
from bot.model_notices import ModelNotices
from bot.patience import Waiting
from bot.storage.calls import SqlPurse
from bot.storage.database import Database
from bot.storage.wishes import USUAL, NotedWishes
from bot.stores import Stores, short_id
from core.ports import Won
from core.spending.allowance import TakeBudget, TakeCaps
from core.spending.caps import Wish
from core.spending.ports import Wishes
from core.voices.bill import ReadBudget
from core.voices.breaker import Health
from core.voices.consult import Desk

CALL_ID = 10


@dataclass(frozen=True, slots=True)
class Treasury:
    """`desk` is what everybody who asks a model needs; `waiting` must be given the task group, in
    which `books` must run. Whoever wants to know what was spent asks the books too.
    """

    books: Books
    wishes: Wishes
    waiting: Waiting
    desk: Desk
    take_budget: TakeBudget
    read_budget: ReadBudget


def open_treasury(
    account: str, stores: Stores, database: Database, won: Won, wish: Wish = USUAL
) -> Treasury:
    """Money is spent in real time, whatever time it is in the market."""
    wall, ledger, health, waiting = SystemClock(), stores.ledger, Health(), Waiting()
    wishes = NotedWishes(stores.notes, wish)
    caps = TakeCaps(account, ledger, won, wishes, wall)
    books = Books(database, SqlPurse(database, caps), stores.minutes)
    tell = ModelNotices(account, ledger, stores.notes, wall)
    desk = Desk(
        purse=books,
        minutes=books,
        health=health,
        tell=tell,
        clock=wall,
        patience=waiting,
        new_id=lambda: short_id(CALL_ID),
    )
    reads = ReadBudget(
        account=account, clock=wall, purse=books, allowance=caps, ledger=ledger, health=health
    )
    take = TakeBudget(books, caps, tell, wall)
    return Treasury(books, wishes, waiting, desk, take, reads)
