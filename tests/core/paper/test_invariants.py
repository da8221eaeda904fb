"""What no sequence of orders and bars may break."""

from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.trading import Order, OrderStatus, OrderType, Refused, Side
from core.paper.costs import Costs
from core.paper.fills import LIQUIDATION
from core.paper.holding import bankruptcy_of, liquidation_of, side_of
from core.paper.matching import match
from core.paper.page import Page
from core.paper.placing import submit, withdraw
from tests.core.paper.builders import (
    BTC,
    HOUR,
    START,
    bar,
    fills,
    money_of,
    order,
    page,
    quote,
    stamp,
)

OPENING = "1000"
SLIPPING = Costs(slippage=Decimal("0.0007"), volume_share=Decimal("0.1"))
ticks = st.integers(700, 1300).map(lambda tick: Decimal(tick) / 10)
amounts = st.integers(100, 4000).map(lambda step: Decimal(step) / 1000)
orders = st.builds(
    order,
    st.sampled_from(list(OrderType)),
    st.sampled_from(list(Side)),
    amounts.map(str),
    ticks.map(str),
    reduce_only=st.booleans(),
    leverage=st.integers(1, 50),
)
rates = st.integers(-300, 300).map(lambda rate: str(Decimal(rate) / 100000))


@st.composite
def bars(draw):
    last, mark = (draw(_prices()) for _ in range(2))
    funding = draw(st.lists(rates, max_size=1))
    volume = str(draw(st.integers(0, 20)))
    return last, mark, volume, funding


@st.composite
def _prices(draw):
    prices = sorted(draw(st.lists(ticks, min_size=4, max_size=4)))
    open_, close = draw(st.permutations(prices[1:3]))
    return f"{open_} {prices[3]} {prices[0]} {close}"


steps = st.lists(st.one_of(orders, bars(), st.integers(0, 9)), min_size=8, max_size=25)


class Life:
    """A page that a list of orders, bars and cancellations happens to."""

    def __init__(self) -> None:
        self.page = page(OPENING, SLIPPING)
        self.hours = 0
        self.count = 0
        self.last = "100"

    def lives(self, step) -> None:
        if isinstance(step, Order):
            self._place(step)
        elif isinstance(step, tuple):
            self._match(*step)
        else:
            self.page = withdraw(self.page, f"{step}")

    def _place(self, wanted: Order) -> None:
        now = START + self.hours * HOUR
        named = order(
            wanted.type,
            wanted.side,
            str(wanted.amount),
            str(wanted.price or wanted.stop_price or 100),
            name=str(self.count),
            reduce_only=wanted.reduce_only,
            leverage=wanted.leverage,
        )
        after = submit(self.page, named, quote(self.last, BTC, now), now, Decimal(20))
        if not isinstance(after, Refused):
            self.page, self.count = after, self.count + 1

    def _match(self, last, mark, volume, funding) -> None:
        due = [stamp(rate, "100", START + (self.hours + 1) * HOUR) for rate in funding]
        lived = bar(last, mark=mark, volume=volume, hour=self.hours, funding=due)
        self.page = match(self.page, lived)
        self.hours += 1
        self.last = str(lived.candle.close)


def lived(path) -> list[Page]:
    life = Life()
    pages = [life.page]
    for step in path:
        life.lives(step)
        pages.append(life.page)
    return pages


@given(steps)
@settings(max_examples=60, deadline=None)
def test_the_wallet_is_the_sum_of_all_that_happened(path):
    for after in lived(path):
        assert after.wallet == Decimal(OPENING) + money_of(after.activity)
        assert [one.seq for one in after.activity] == list(range(1, after.seq + 1))


@given(steps)
@settings(max_examples=60, deadline=None)
def test_amounts_stay_on_the_step_and_orders_within_themselves(path):
    for after in lived(path):
        step = after.instrument.step_size
        assert all(fill.amount > 0 and not fill.amount % step for fill in fills(after.activity))
        assert all(0 <= s.filled < s.order.amount for s in after.book.orders)
        for state in after.closed:
            is_full = state.filled == state.order.amount
            assert is_full is (state.status is OrderStatus.FILLED)


@given(steps)
@settings(max_examples=60, deadline=None)
def test_the_holding_is_the_sum_of_the_fills_and_reduce_only_never_opens(path):
    after = lived(path)[-1]
    known = {s.order.client_order_id: s.order for s in (*after.closed, *after.book.orders)}
    held = Decimal(0)
    for fill in fills(after.activity):
        change = fill.amount * fill.side.sign
        if fill.client_order_id == LIQUIDATION or known[fill.client_order_id].reduce_only:
            assert held * change < 0
            assert abs(change) <= abs(held)
        held += change
    assert held == (after.book.holding.amount if after.book.holding else 0)


@given(steps)
@settings(max_examples=60, deadline=None)
def test_nothing_loses_more_than_its_margin(path):
    for before, after in pairwise(lived(path)):
        new = fills(after.activity[len(before.activity) :])
        if len(new) == 1 and before.book.holding:
            assert new[0].realized_pnl >= -before.book.holding.margin
        if any(one.client_order_id == LIQUIDATION for one in new):
            assert after.book.is_empty


@given(steps)
@settings(max_examples=60, deadline=None)
def test_no_reduce_only_order_outlives_its_holding(path):
    for after in lived(path):
        holding = after.book.holding
        exits = [s.order for s in after.book.orders if s.order.reduce_only]
        assert all(holding and one.side is side_of(holding).opposite for one in exits)


@given(steps)
@settings(max_examples=60, deadline=None)
def test_an_order_opens_no_more_than_the_free_margin_carries(path):
    for before, after in pairwise(lived(path)):
        new = fills(after.activity[len(before.activity) :])
        if len(new) == 1 and _margin(after) > _margin(before):
            assert after.free >= 0


def _margin(one: Page) -> Decimal:
    return one.book.holding.margin if one.book.holding else Decimal(0)


@given(steps)
@settings(max_examples=60, deadline=None)
def test_liquidation_always_lies_before_bankruptcy(path):
    for after in lived(path):
        holding = after.book.holding
        if holding:
            gap = liquidation_of(holding, after.instrument) - bankruptcy_of(holding)
            assert gap * side_of(holding).sign >= Decimal("-1e-9")
