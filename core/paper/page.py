"""One symbol of a paper account while something happens to it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Self

from core.domain.instrument import Instrument
from core.domain.market import FundingStamp
from core.domain.paper import Book, Holding
from core.domain.trading import Activity, OrderState, OrderStatus
from core.paper.costs import STANDARD, Costs


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A book, the money beside it, and what has happened since the page was opened.

    `elsewhere` is margin that other symbols hold; `stamps` is funding that has just come due.
    """

    book: Book
    instrument: Instrument
    wallet: Decimal
    costs: Costs = STANDARD
    elsewhere: Decimal = Decimal(0)
    seq: int = 0
    stamps: tuple[FundingStamp, ...] = ()
    activity: tuple[Activity, ...] = ()
    closed: tuple[OrderState, ...] = ()

    @property
    def free(self) -> Decimal:
        holding = self.book.holding
        return self.wallet - self.elsewhere - (holding.margin if holding else 0)

    def waiting(self, client_order_id: str) -> OrderState | None:
        orders = self.book.orders
        return next((s for s in orders if s.order.client_order_id == client_order_id), None)

    def hold(self, holding: Holding | None) -> Self:
        return replace(self, book=replace(self.book, holding=holding))

    def record(self, activity: Activity, money: Decimal) -> Self:
        """Write down what happened under the next `seq`, and move the wallet by it."""
        return replace(
            self,
            activity=(*self.activity, activity),
            seq=activity.seq,
            wallet=self.wallet + money,
        )

    def queue(self, state: OrderState) -> Self:
        """Let a new order wait."""
        return self._with_orders((*self.book.orders, state))

    def update(self, state: OrderState) -> Self:
        """Let a waiting order go on waiting, as it is now."""
        mine = state.order.client_order_id
        orders = self.book.orders
        return self._with_orders(
            tuple(state if other.order.client_order_id == mine else other for other in orders)
        )

    def dismiss(self, states: Collection[OrderState], status: OrderStatus) -> Self:
        """Take waiting orders off the book; they ended with this status."""
        if not states:
            return self
        kept = tuple(state for state in self.book.orders if state not in states)
        closed = tuple(replace(state, status=status) for state in states)
        return replace(self._with_orders(kept), closed=(*self.closed, *closed))

    def _with_orders(self, orders: tuple[OrderState, ...]) -> Self:
        return replace(self, book=replace(self.book, orders=orders))
