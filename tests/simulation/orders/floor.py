"""The exchange of one life: one account on the shared ledger, without HTTP, that remembers its past.

What it is told to do it does at once; how long a message takes, and whether it comes, is the line's
business. Every change leaves a `View`, so that a question can be answered as things were.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from core.domain.trading import Activity, Order, OrderState, OrderStatus, OrderType
from tests.simulation.orders.street import RULES, START_MS, VENUE, Street
from tests.simulation.orders.telling import (
    SEIZED,
    algo_state,
    fill_told,
    funding_told,
    order_state,
    penalty_after,
)
from tests.venues.trading import conditional, history, matching
from tests.venues.trading.algos import Condition
from tests.venues.trading.ledger import Ledger, Setting, State
from tests.venues.trading.orders import ZERO, Refusal, Side, Wish
from tests.venues.trading.positions import Position
from tests.venues.trading.settings import set_leverage
from tests.venues.trading.turns import settle, turn

OPENING = Decimal(10_000)
PAST = 12.0
DUPLICATE = Refusal(-4116, "ClientOrderId is duplicated.")


@dataclass(frozen=True, slots=True)
class View:
    """What the account could tell at one moment."""

    since: float
    book: dict[str, OrderState]  # by client id: orders of the regular book
    algos: dict[str, OrderState]
    activity: tuple[Activity, ...]
    positions: tuple[Position, ...]
    wallet: Decimal

    def open(self) -> list[OrderState]:
        every = (*self.book.values(), *self.algos.values())
        return [s for s in every if s.status is OrderStatus.OPEN and s.order.client_order_id]


@dataclass(eq=False)
class Floor:
    """`unique`: an order id never comes twice; else only open ones are compared. `rests`: a
    take-profit rests in the regular book, and uses up what may be reduced.
    """

    street: Street
    unique: bool
    rests: bool
    watchers: list[Callable[[], None]] = field(default_factory=list)
    by_hand: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        settings = {name: Setting(leverage=3, isolated=True) for name in RULES}
        self.ledger = Ledger(
            clock=lambda: START_MS + int(self.loop.time() * 1000),
            quote=self.street.quote,
            rules=RULES,
            funding=self.street.funding,
            state=State(wallet=OPENING, funded=START_MS, settings=settings),
        )
        self.ledger.ears.append(self._changed)
        self.told: list[Activity] = []
        self.known = (0, 0)
        self.over: dict[int, OrderState] = {}
        self.fresh = False
        self.views: list[View] = []
        self.look()

    def _changed(self, _event: object) -> None:
        self.fresh = False

    # -- what is done

    def take(self, order: Order) -> None:
        """An order arrives. Raises Refusal."""
        try:
            if self.unique and order.client_order_id in self.names():
                raise DUPLICATE
            self._prepare(order)
            self._place(order)
        finally:
            self.settled()

    def _prepare(self, order: Order) -> None:
        name = VENUE[order.symbol]
        if not order.reduce_only and self.ledger.setting(name).leverage != order.leverage:
            set_leverage(self.ledger, name, order.leverage)

    def _place(self, order: Order) -> None:
        rests = order.type is OrderType.TAKE_PROFIT and self.rests
        if order.type in {OrderType.STOP_MARKET, OrderType.TAKE_PROFIT} and not rests:
            conditional.place(self.ledger, condition_of(order))
        else:
            matching.place(self.ledger, wish_of(order))

    def cancel(self, order: Order) -> None:
        """One that is gone already is no error."""
        name = order.client_order_id
        for algo in self.ledger.open_algos():
            if algo.asked.client_id == name:
                conditional.cancel(self.ledger, algo)
        for taken in self.ledger.open_orders():
            if taken.client_id == name:
                matching.cancel(self.ledger, taken)
        self.settled()

    def moves(self) -> None:
        """The prices, or the time, have moved."""
        if self.ledger.held() or self.ledger.open_orders() or self.ledger.open_algos():
            turn(self.ledger)
        self.settled()

    def settled(self) -> None:
        settle(self.ledger)
        if not self.fresh:
            self.look()
        for watcher in self.watchers:
            watcher()

    # -- what can be seen

    def names(self) -> set[str]:
        state = self.ledger.state
        taken = {order.client_id for order in state.orders.values()}
        return taken | {algo.asked.client_id for algo in state.algos.values()}

    def look(self) -> None:
        """Keep how things stand now, and forget what nobody can be told any more."""
        self.fresh = True
        self._hear()
        now, state = self.loop.time(), self.ledger.state
        self.views = [view for view in self.views[:-1] if view.since > now - PAST] + [
            *self.views[-1:],
            View(
                since=now,
                book={o.client_id: self._state(o.id) for o in state.orders.values()},
                algos={a.asked.client_id: self._algo(a.id) for a in state.algos.values()},
                activity=tuple(self.told),
                positions=tuple(self.ledger.held()),
                wallet=state.wallet,
            ),
        ]

    def _state(self, number: int) -> OrderState:
        order = self.ledger.state.orders[number]
        if number not in self.over or order.open or self.over[number].status is OrderStatus.OPEN:
            self.over[number] = order_state(order)
        return self.over[number]

    def _algo(self, number: int) -> OrderState:
        state = self.ledger.state
        known, algo = self.over.get(number), state.algos[number]
        if known is None or known.status is OrderStatus.OPEN:
            became = state.orders[algo.order] if algo.order is not None else None
            self.over[number] = algo_state(algo, became)
        return self.over[number]

    def _hear(self) -> None:
        """Tell what was lived through since the last time, in its order."""
        fills, lines = self.known
        state = self.ledger.state
        news: list[Activity] = []
        for fill in state.fills[fills:]:
            name = state.orders[fill.order].client_id
            seized = name.startswith(SEIZED)
            taken = penalty_after(state.incomes, fill) if seized else ZERO
            news.append(fill_told(fill, name, taken))
        rate = self.street.next_funding().rate
        paid = (line for line in state.incomes[lines:] if line.kind == "FUNDING_FEE")
        news += [funding_told(line, rate) for line in paid]
        self.known = len(state.fills), len(state.incomes)
        self.told += sorted(news, key=lambda one: one.seq)

    def view(self, lag: float = 0.0) -> View:
        """How things stood so many seconds ago."""
        moment = self.loop.time() - lag
        old = [view for view in self.views if view.since <= moment]
        return old[-1] if old else self.views[0]

    def find(self, order: Order, view: View) -> OrderState | None:
        """In every book where an order of its type may be."""
        name = order.client_order_id
        waits = order.type in {OrderType.STOP_MARKET, OrderType.TAKE_PROFIT}
        return (view.algos.get(name) if waits else None) or view.book.get(name)

    def position(self, symbol: str) -> Decimal:
        return self.ledger.position(VENUE[symbol]).amount

    def executed(self, name: str) -> Decimal:
        """How much has been filled under this id."""
        mine = [o for o in self.ledger.state.orders.values() if o.client_id == name]
        return sum((order.filled for order in mine), ZERO)

    def remembers(self, name: str) -> bool:
        found = history.find_algo(self.ledger, None, name)
        return found is not None or name in self.names()


def wish_of(order: Order) -> Wish:
    priced = order.stop_price if order.type is OrderType.TAKE_PROFIT else order.price
    ways = {OrderType.IOC: "IOC", OrderType.POST_ONLY: "GTX"}
    return Wish(
        symbol=VENUE[order.symbol],
        side=Side(order.side.upper()),
        quantity=order.amount,
        price=None if order.type is OrderType.MARKET else priced,
        tif=ways.get(order.type, "GTC"),
        reduce_only=order.reduce_only,
        client_id=order.client_order_id,
    )


def condition_of(order: Order) -> Condition:
    target = order.type is OrderType.TAKE_PROFIT
    return Condition(
        symbol=VENUE[order.symbol],
        side=Side(order.side.upper()),
        type="TAKE_PROFIT" if target else "STOP_MARKET",
        quantity=order.amount,
        trigger=order.stop_price or ZERO,
        price=order.stop_price if target else None,
        reduce_only=order.reduce_only,
        client_id=order.client_order_id,
    )
