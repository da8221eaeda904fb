"""Where paper accounts sleep: core's `PaperStore` over a database."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from bot.storage.codec import decode, encode
from bot.storage.database import Database
from bot.storage.rows import activity_row, book_row, order_row
from bot.storage.tables import paper_accounts, paper_activity, paper_books, paper_orders
from bot.storage.upsert import add, put
from core.domain.paper import Book, PaperState
from core.domain.trading import Activity, Fill, FundingPayment, OrderState

ACTIVITIES: dict[str, type[Activity]] = {"fill": Fill, "funding": FundingPayment}


ACCOUNT = select(paper_accounts.c.wallet, paper_accounts.c.seq).where(
    paper_accounts.c.account == bindparam("account")
)
BOOKS = select(paper_books.c.body).where(paper_books.c.account == bindparam("account"))
CLOSED_ORDER = select(paper_orders.c.body).where(
    paper_orders.c.account == bindparam("account"),
    paper_orders.c.client_order_id == bindparam("client_order_id"),
)
ACTIVITY = (
    select(paper_activity.c.type, paper_activity.c.body)
    .where(
        paper_activity.c.account == bindparam("account"),
        paper_activity.c.seq > bindparam("after"),
    )
    .order_by(paper_activity.c.seq)
)


@dataclass(frozen=True, slots=True)
class News:
    """What happened to a paper account since it was saved last."""

    closed: Sequence[OrderState] = ()
    activity: Sequence[Activity] = ()


@dataclass(frozen=True, slots=True)
class SqlPaperStore:
    """Each call is one transaction; `core.ports.PaperStore` says what it promises."""

    database: Database

    async def load(self, account: str) -> PaperState | None:
        return await self.database.read(load_state, account)

    async def save(
        self,
        account: str,
        state: PaperState,
        *,
        closed: Sequence[OrderState] = (),
        activity: Sequence[Activity] = (),
    ) -> None:
        await self.database.run(save_state, account, state, News(closed, activity))

    async def closed_order(self, account: str, client_order_id: str) -> OrderState | None:
        return await self.database.read(read_closed_order, account, client_order_id)

    async def activity(self, account: str, after: int) -> tuple[Activity, ...]:
        return await self.database.read(read_activity, account, after)


def load_state(connection: Connection, account: str) -> PaperState | None:
    row = connection.execute(ACCOUNT, {"account": account}).one_or_none()
    if row is None:
        return None
    bodies = connection.scalars(BOOKS, {"account": account}).all()
    books = (decode(Book, body) for body in bodies)
    return PaperState(row.wallet, row.seq, {book.symbol: book for book in books})


def save_state(connection: Connection, account: str, state: PaperState, news: News) -> None:
    wallet = {"account": account, "wallet": state.wallet, "seq": state.seq}
    put(connection, paper_accounts, [wallet])
    put(connection, paper_books, [book_row(account, book) for book in state.books.values()])
    put(connection, paper_orders, [order_row(account, order) for order in news.closed])
    rows = [
        {**activity_row(each), "account": account, "body": encode(each)} for each in news.activity
    ]
    add(connection, paper_activity, rows)


def read_closed_order(
    connection: Connection, account: str, client_order_id: str
) -> OrderState | None:
    asked = {"account": account, "client_order_id": client_order_id}
    body = connection.scalars(CLOSED_ORDER, asked).one_or_none()
    return None if body is None else decode(OrderState, body)


def read_activity(connection: Connection, account: str, after: int) -> tuple[Activity, ...]:
    rows = connection.execute(ACTIVITY, {"account": account, "after": after}).all()
    return tuple(decode(ACTIVITIES[row.type], row.body) for row in rows)
