"""Whatever an account does, its money adds up to the last digit."""

from decimal import Decimal
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.venues.trading import conditional, fate, matching
from tests.venues.trading.algos import Condition
from tests.venues.trading.orders import Refusal, Side, Wish
from tests.venues.trading.settings import move_margin, set_isolated, set_leverage
from tests.venues.trading.tape import BTC, desk
from tests.venues.trading.turns import settle

HOUR = 3_600
sides = st.sampled_from(Side)
coins = st.integers(1, 800).map(lambda n: n * BTC.step)
ways = st.integers(-400, 400).map(lambda n: n * BTC.tick * 5)  # from the price of now
orders = st.fixed_dictionaries(
    {
        "act": st.just("order"),
        "side": sides,
        "quantity": coins,
        "away": st.none() | ways,
        "tif": st.sampled_from(["GTC", "IOC", "GTX"]),
        "reduce": st.booleans(),
        "name": st.sampled_from("abc"),
    }
)
stops = st.fixed_dictionaries(
    {
        "act": st.just("stop"),
        "side": sides,
        "quantity": coins,
        "away": ways,
        "type": st.sampled_from(["STOP_MARKET", "TAKE_PROFIT_MARKET"]),
        "closes": st.booleans(),
        "reduce": st.booleans(),
        "name": st.sampled_from("abc"),
    }
)
moves = st.fixed_dictionaries(
    {"act": st.just("move"), "away": ways, "hours": st.integers(0, 9), "room": st.none() | coins}
)
others = st.fixed_dictionaries(
    {"act": st.sampled_from(["cancel", "leverage", "isolate", "margin", "adl"]), "n": coins}
)
lives = st.lists(st.one_of(orders, stops, moves, others), min_size=8, max_size=40)


def live(here, step):
    """Do one thing; a refusal must have changed nothing."""
    before = told(here.ledger.state)
    try:
        globals()[f"do_{step.act}"](here, step)
    except Refusal:
        assert told(here.ledger.state) == before
    settle(here.ledger)


def told(state):
    return state.wallet, dict(state.positions), len(state.orders), len(state.fills)


def do_order(here, step):
    price = None if step.away is None else here.tape.price + step.away
    asked = Wish(
        symbol="BTCUSDT",
        side=step.side,
        quantity=step.quantity,
        price=price,
        tif="GTC" if price is None else step.tif,
        reduce_only=step.reduce,
        client_id=step.name,
    )
    matching.place(here.ledger, asked)


def do_stop(here, step):
    asked = Condition(
        symbol="BTCUSDT",
        side=step.side,
        type=step.type,
        trigger=here.tape.price + step.away,
        quantity=Decimal(0) if step.closes else step.quantity,
        closes=step.closes,
        reduce_only=step.reduce and not step.closes,
        client_id=step.name,
    )
    conditional.place(here.ledger, asked)


def do_move(here, step):
    here.ledger.state.liquidity.clear()
    if step.room is not None:
        here.ledger.state.liquidity["BTCUSDT"] = step.room
    here.tape.stamps.append((here.tape.now + step.hours * HOUR * 500, Decimal("0.00012345")))
    here.goes_to(here.tape.price + step.away * 5, seconds=step.hours * HOUR)


def do_cancel(here, step):
    waiting = here.ledger.open_orders()
    matching.cancel(here.ledger, waiting[0] if waiting else None)


def do_leverage(here, step):
    set_leverage(here.ledger, "BTCUSDT", 1 + int(step.n * 1_000) % 125)


def do_isolate(here, step):
    set_isolated(here.ledger, "BTCUSDT", isolated=bool(int(step.n * 1_000) % 2))


def do_margin(here, step):
    move_margin(here.ledger, "BTCUSDT", step.n * 100)


def do_adl(here, step):
    if here.ledger.position("BTCUSDT").amount:
        fate.deleverage(here.ledger, "BTCUSDT", step.n, here.tape.price)


def lived(steps):
    here = desk(20_000)
    for step in steps:
        live(here, SimpleNamespace(**step))
    return here


def total(numbers):
    return sum(numbers, Decimal(0))


@settings(max_examples=60, deadline=None)
@given(lives)
def test_the_wallet_changes_by_profit_fees_funding_and_penalties_and_by_nothing_else(steps):
    state = lived(steps).ledger.state
    assert state.wallet == 20_000 + total(i.amount for i in state.incomes)
    kinds = {i.kind: Decimal(0) for i in state.incomes}
    for line in state.incomes:
        kinds[line.kind] += line.amount
    assert kinds.get("REALIZED_PNL", 0) == total(f.realized for f in state.fills)
    assert kinds.get("COMMISSION", 0) == -total(f.fee for f in state.fills)
    assert kinds.keys() <= {"REALIZED_PNL", "COMMISSION", "FUNDING_FEE", "INSURANCE_CLEAR"}


@settings(max_examples=60, deadline=None)
@given(lives)
def test_a_position_is_the_sum_of_its_fills_and_profit_is_what_they_brought(steps):
    ledger = lived(steps).ledger
    position, fills = ledger.position("BTCUSDT"), ledger.state.fills
    assert position.amount == total(f.signed for f in fills)
    paid = total(f.signed * f.price for f in fills)
    assert total(f.realized for f in fills) == position.cost - paid
    if not position.amount:
        assert (position.cost, position.margin) == (0, 0)


@settings(max_examples=60, deadline=None)
@given(lives)
def test_a_reducing_order_never_opens_or_turns_a_position(steps):
    state = lived(steps).ledger.state
    held = Decimal(0)
    for fill in state.fills:
        before, held = held, held + fill.signed
        if state.orders[fill.order].reduce_only:
            assert abs(held) < abs(before)
            assert held * before >= 0


@settings(max_examples=60, deadline=None)
@given(lives)
def test_orders_are_filled_by_their_fills_and_numbers_are_never_used_twice(steps):
    state = lived(steps).ledger.state
    for order in state.orders.values():
        mine = [f for f in state.fills if f.order == order.id]
        assert order.filled == total(f.quantity for f in mine) <= order.quantity
        assert order.quote == total(f.quantity * f.price for f in mine)
    numbers = [*state.orders, *state.algos, *(f.id for f in state.fills)]
    assert len(numbers) == len(set(numbers))
    waiting = [o.client_id for o in state.orders.values() if o.open]
    assert len(waiting) == len(set(waiting))


@settings(max_examples=30, deadline=None)
@given(lives)
def test_a_life_told_twice_is_the_same_life(steps):
    first, second = lived(steps), lived(steps)
    assert first.ledger.state == second.ledger.state
    assert first.heard == second.heard
