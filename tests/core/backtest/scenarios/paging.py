"""Plays a scene on a page of the paper broker: bar by bar, with the desk's rules between them."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from core.domain.intent import Role
from core.domain.market import Quote
from core.domain.paper import Book
from core.domain.trade import Exit, TradeStatus
from core.domain.trading import Fill, Order, OrderStatus, Refused
from core.ending import trade_of_plan
from core.execution.booking import book
from core.execution.levels import followed, is_over
from core.execution.names import named
from core.execution.orders import (
    close_order,
    entry_order,
    stop_order,
    target_amounts,
    target_order,
)
from core.paper.matching import match
from core.paper.page import Page
from core.paper.placing import submit, withdraw
from tests.builders import proposal
from tests.core.backtest.scenarios.stage import Market, Scene, Told
from tests.core.paper.builders import BTC, START
from tests.core.paper.fakes import FakeClock

NAME = "card01"


class Paper:
    """One trade on one page. `held` is what was left of it at each close."""

    def __init__(self, scene: Scene) -> None:
        self.clock = FakeClock(START)
        self.market = Market(scene.recording(), scene.contract, self.clock)
        self.tape = self.market.tape(BTC)
        self.row = self.tape.closed_by(START)
        self.page = Page(
            book=Book(symbol=BTC, seen=START, mark=self.quote().mark),
            instrument=scene.contract,
            wallet=Decimal(scene.equity),
            costs=scene.costs,
        )
        self.trade = trade_of_plan(proposal(id=NAME, plan=scene.plan()), START)
        self.stops = self.booked = 0
        self.held: dict[datetime, Decimal] = {}

    def quote(self) -> Quote:
        last = self.market._last(BTC, self.clock.now())
        mark = self.market._mark(BTC, self.clock.now(), last)
        return Quote(BTC, self.clock.now(), last.price, mark.price)

    def plays(self) -> Told:
        if not self.trade.plan.accepts(self.quote().last):
            return Told(None, self.page.wallet)
        before = self.market._bar(BTC, self.tape, self.row - 1)
        self.page = replace(self.page, stamps=before.funding)
        self.submits(entry_order(self.trade, named(NAME, Role.ENTRY, 1)), before.candle.volume)
        if self.is_open:
            self.protects()
            for place, price, amount in target_amounts(self.trade, self.page.instrument):
                name = named(NAME, Role.TARGET, 1, place)
                self.submits(target_order(self.trade, name, price, amount))
        for close in self.market.closes():
            self.clock.moment = close
            self.lives()
            self.held[close] = self.trade.remaining
        if self.is_open:
            self.sells(Exit.DATA)
            self.held |= dict.fromkeys(list(self.held)[-1:], Decimal(0))
        return Told(self.trade if self.trade.amount else None, self.page.wallet)

    @property
    def filled(self) -> set[str]:
        """Orders that have found all they wanted."""
        closed = (state for state in self.page.closed if state.status is OrderStatus.FILLED)
        return {state.order.client_order_id for state in closed}

    @property
    def is_open(self) -> bool:
        return self.trade.status is TradeStatus.OPEN

    def lives(self) -> None:
        """Every bar that has closed, then what the desk does at a close."""
        while self.row < self.tape.closed_by(self.clock.now()):
            self.page = match(self.page, self.market._bar(BTC, self.tape, self.row))
            self.row += 1
            self.books()
        if self.is_open and is_over(self.trade, self.clock.now()):
            self.sells(Exit.TIME)
        elif self.is_open:
            self.trade = followed(self.trade, self.quote().last, self.page.instrument)
            self.protects()

    def sells(self, why: Exit) -> None:
        self.trade = replace(self.trade, ending=why)
        self.submits(close_order(self.trade, named(NAME, Role.CLOSE, 1), self.trade.remaining))

    def protects(self) -> None:
        """A new stop goes in before the old one comes out."""
        old = named(NAME, Role.STOP, self.stops)
        state = self.page.waiting(old)
        if state and state.order.stop_price == self.trade.stop:
            return
        self.stops += 1
        self.submits(stop_order(self.trade, named(NAME, Role.STOP, self.stops)))
        self.page = withdraw(self.page, old)

    def submits(self, order: Order, volume: Decimal | None = None) -> None:
        after = submit(self.page, order, self.quote(), self.clock.now(), volume)
        if not isinstance(after, Refused):
            self.page = after
            self.books()

    def books(self) -> None:
        """What has happened since, as the ledger would write it down."""
        for activity in self.page.activity[self.booked :]:
            done = isinstance(activity, Fill) and activity.client_order_id in self.filled
            self.trade = book(self.trade, activity, done=done)
        self.booked = len(self.page.activity)


async def paged(scene: Scene) -> Told:
    return Paper(scene).plays()
