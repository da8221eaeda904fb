"""A whole paper account as pages: open one, put it back, and what it all comes to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from core.domain.instrument import Instrument
from core.domain.market import FundingStamp
from core.domain.paper import Book, Holding, PaperState
from core.domain.trading import Account, Position
from core.paper.costs import Costs
from core.paper.holding import liquidation_of
from core.paper.page import Page


@dataclass(frozen=True, slots=True)
class Marked:
    """A holding beside the mark price it is judged by."""

    instrument: Instrument
    holding: Holding
    mark: Decimal

    def position(self) -> Position:
        holding = self.holding
        return Position(
            symbol=self.instrument.symbol,
            amount=holding.amount,
            entry_price=holding.entry_price,
            leverage=holding.leverage,
            margin=holding.margin,
            mark_price=self.mark,
            liquidation_price=liquidation_of(holding, self.instrument),
            opened_at=holding.opened_at,
        )


def open_page(
    state: PaperState,
    book: Book,
    instrument: Instrument,
    costs: Costs,
    stamps: tuple[FundingStamp, ...] = (),
) -> Page:
    others = (other for other in state.books.values() if other.symbol != book.symbol)
    return Page(
        book=book,
        instrument=instrument,
        wallet=state.wallet,
        costs=costs,
        elsewhere=margin_of(others),
        seq=state.seq,
        stamps=stamps,
    )


def put_back(state: PaperState, page: Page) -> PaperState:
    return PaperState(page.wallet, page.seq, {**state.books, page.book.symbol: page.book})


def only(state: PaperState, symbols: set[str]) -> PaperState:
    """The state with these books alone: what a store has to write."""
    return replace(state, books={s: book for s, book in state.books.items() if s in symbols})


def idle_seen(state: PaperState, now: datetime) -> PaperState:
    """Nothing can happen to an empty book, so it has seen everything."""
    idle = {s: replace(book, seen=now) for s, book in state.books.items() if book.is_empty}
    return replace(state, books={**state.books, **idle})


def margin_of(books: Iterable[Book]) -> Decimal:
    return sum((book.holding.margin for book in books if book.holding), Decimal(0))


def summary(state: PaperState, marked: list[Marked]) -> Account:
    positions = tuple(one.position() for one in marked)
    open_profit = sum((position.unrealized_pnl for position in positions), Decimal(0))
    return Account(
        wallet=state.wallet,
        equity=state.wallet + open_profit,
        free_margin=state.wallet - margin_of(state.books.values()),
        positions=positions,
    )
