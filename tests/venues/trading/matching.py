"""Taking orders and filling them against the world's prices.

What crosses the spread fills at the touch, as taker. What rests fills at its own price, as maker,
once the market has traded through it: a mere touch fills nobody, for others were first. Where a
test says how much the market will take, no more is filled.
"""

from dataclasses import replace
from decimal import Decimal

from tests.venues.trading.ledger import Ledger
from tests.venues.trading.margins import afford
from tests.venues.trading.orders import ZERO, Fill, Order, Refusal, Side, Status, Wish
from tests.venues.trading.positions import after, cents
from tests.venues.trading.rules import (
    Quote,
    Rules,
    check_band,
    check_notional,
    check_price,
    check_quantity,
)

KILLED = Refusal(-5021, "Due to the order could not be filled immediately, the FOK order failed.")
NOT_MAKER = Refusal(
    -5022,
    "Due to the order could not be executed as maker, the Post Only order will be rejected.",
)


def place(ledger: Ledger, wish: Wish) -> Order:
    """Take an order, or refuse it; what can be filled at once is filled."""
    checked = admitted(ledger, wish)
    return accept(ledger, checked)


def admitted(ledger: Ledger, wish: Wish) -> Wish:
    """The order as the venue will take it, if the market and the money allow it."""
    cut = acceptable(ledger, wish)
    if not wish.reduce_only:
        check_touch(ledger, wish, ledger.quote(wish.symbol))
        afford(ledger, wish)
    return cut


def acceptable(ledger: Ledger, wish: Wish) -> Wish:
    """An order that makes sense: a reducing one is cut to what there is to reduce."""
    rules = check_trading(ledger, wish.symbol)
    check_leg(ledger, wish.leg)
    check_quantity(rules, wish.quantity, market=wish.price is None)
    if wish.price is not None:
        check_price(rules, wish.price)
    check_client_id(ledger, wish.client_id)
    mark = ledger.quote(wish.symbol).mark
    check_band(rules, wish, mark)
    check_notional(rules, wish, mark)
    if wish.price is None and wish.tif != "GTC":
        raise Refusal(-1106, "Parameter 'timeInForce' sent when not required.")
    if len(ledger.open_orders(wish.symbol)) >= rules.max_orders:
        raise Refusal(-2025, "Reach max open order limit.")
    if wish.reduce_only:
        return replace(wish, quantity=min(wish.quantity, reducible(ledger, wish)))
    return wish


def check_trading(ledger: Ledger, symbol: str) -> Rules:
    rules = ledger.rule(symbol)
    if rules.ends is not None and ledger.clock() >= rules.ends:
        words = "Symbol is on delivering or delivered or settling or closed or pre-trading."
        raise Refusal(-4108, words)
    return rules


def check_leg(ledger: Ledger, leg: str) -> None:
    """This account keeps one position a contract; in hedge mode it takes no orders at all."""
    if ledger.state.hedged or leg != "BOTH":
        raise Refusal(-4061, "Order's position side does not match user's setting.")


def check_client_id(ledger: Ledger, client_id: str) -> None:
    """Unique among open orders only: the id of a filled order may come again; or for ever."""
    spent = ledger.lasting and ledger.named(client_id)
    if spent or any(o.client_id == client_id for o in ledger.open_orders()):
        raise Refusal(-4116, "ClientOrderId is duplicated.")


def reducible(ledger: Ledger, wish: Wish) -> Decimal:
    position = ledger.position(wish.symbol)
    if position.sign * wish.side.sign >= 0:
        raise Refusal(-2022, "ReduceOnly Order is rejected.")
    others = (o for o in ledger.open_orders(wish.symbol) if o.reduce_only and o.side is wish.side)
    left = abs(position.amount) - sum((o.rest for o in others), ZERO)
    if left <= 0:
        words = "ReduceOnly Order Failed. Please check your existing position and open orders"
        raise Refusal(-4118, words)
    return left


def crosses(side: Side, price: Decimal | None, quote: Quote) -> bool:
    if price is None:
        return True
    return quote.ask <= price if side is Side.BUY else quote.bid >= price


def check_touch(ledger: Ledger, wish: Wish, quote: Quote) -> None:
    touches = crosses(wish.side, wish.price, quote)
    if wish.tif == "GTX" and touches:
        raise NOT_MAKER
    room = ledger.state.liquidity.get(wish.symbol, wish.quantity)
    if wish.tif == "FOK" and not (touches and room >= wish.quantity):
        raise KILLED


def enter(ledger: Ledger, wish: Wish, *, origin: str = "", algo: int | None = None) -> Order:
    """Put an order into the book."""
    now, number = ledger.clock(), ledger.serial()
    order = Order(
        id=number,
        client_id=wish.client_id or f"web_{number}",
        symbol=wish.symbol,
        side=wish.side,
        type=wish.type,
        tif=wish.tif,
        quantity=wish.quantity,
        price=wish.price or ZERO,
        reduce_only=wish.reduce_only,
        created=now,
        updated=now,
        origin=origin or wish.type,
        algo=algo,
        attached=wish.attached,
    )
    ledger.state.orders[number] = order
    if wish.attached:
        ledger.state.unarmed.append(number)
    ledger.tell_order(order, "NEW")
    return order


def accept(ledger: Ledger, wish: Wish, *, origin: str = "", algo: int | None = None) -> Order:
    """Put an admitted order into the book and let it trade."""
    return run(ledger, enter(ledger, wish, origin=origin, algo=algo))


def run(ledger: Ledger, order: Order) -> Order:
    """Let an order that has come into the book trade."""
    quote = ledger.quote(order.symbol)
    if crosses(order.side, order.price or None, quote):
        touch = quote.ask if order.side is Side.BUY else quote.bid
        trade(ledger, order, touch, takes(ledger, order), ledger.taker)
    if order.open and (order.type == "MARKET" or order.tif in {"IOC", "FOK"}):
        finish(ledger, order, Status.EXPIRED)
    return order


def trade(
    ledger: Ledger,
    order: Order,
    price: Decimal,
    amount: Decimal,
    rate: Decimal,
    execution: str = "TRADE",
) -> None:
    """Fill so much of an order, and let the money follow."""
    if amount <= 0:
        return
    position, money = ledger.position(order.symbol), ledger.setting(order.symbol)
    leverage = money.leverage if money.isolated else None
    changed, realized = after(position, amount * order.side.sign, price, leverage)
    fee, now, number = cents(amount * price * rate), ledger.clock(), ledger.serial()
    ledger.state.positions[order.symbol] = replace(changed, updated=now)
    ledger.earn("REALIZED_PNL", order.symbol, realized, number)
    ledger.earn("COMMISSION", order.symbol, -fee, number)
    order.filled, order.quote = order.filled + amount, order.quote + amount * price
    order.status, order.updated = (Status.PART if order.rest else Status.FILLED), now
    maker = rate == ledger.maker
    sort = (order.symbol, order.side, price, amount, fee, realized, maker, now)
    fill = Fill(number, order.id, *sort)
    ledger.state.fills.append(fill)
    ledger.tell_money("ORDER", ZERO, order.symbol)
    ledger.tell_order(order, execution, fill)


def takes(ledger: Ledger, order: Order) -> Decimal:
    """How much of an order fills now: a reducing one never more than is there."""
    amount = order.rest
    if order.reduce_only:
        position = ledger.position(order.symbol)
        there = abs(position.amount) if position.sign * order.side.sign < 0 else ZERO
        amount = min(amount, there)
    room = ledger.state.liquidity.get(order.symbol)
    if room is not None:
        amount = min(amount, room)
        ledger.state.liquidity[order.symbol] = room - amount
    return amount


def finish(ledger: Ledger, order: Order, status: Status) -> None:
    order.status, order.updated = status, ledger.clock()
    ledger.tell_order(order, status.value)


def cancel(ledger: Ledger, order: Order | None) -> Order:
    if order is None or not order.open:
        raise Refusal(-2011, "Unknown order sent.")
    finish(ledger, order, Status.CANCELED)
    return order


def match(ledger: Ledger) -> None:
    """Fill what rests and has been traded through, the better prices first."""
    for order in sorted(ledger.open_orders(), key=lambda o: -o.price * o.side.sign):
        quote = ledger.quote(order.symbol)
        if order.open and crosses(order.side, order.price, quote):
            trade(ledger, order, order.price, takes(ledger, order), ledger.maker)


def trim(ledger: Ledger) -> None:
    """Reducing orders that have nothing left to reduce are taken off the book."""
    for order in ledger.open_orders():
        sign = ledger.position(order.symbol).sign
        if order.reduce_only and sign * order.side.sign >= 0:
            finish(ledger, order, Status.EXPIRED)


def amend(ledger: Ledger, order: Order | None, quantity: Decimal, price: Decimal) -> Order:
    """Change what rests: it may trade at once."""
    if order is None or not order.open:
        raise Refusal(-2013, "Order does not exist.")
    if (quantity, price) == (order.quantity, order.price):
        raise Refusal(-5027, "No need to modify the order.")
    rules, quote = ledger.rule(order.symbol), ledger.quote(order.symbol)
    check_quantity(rules, quantity, market=False)
    check_price(rules, price)
    wish = Wish(symbol=order.symbol, side=order.side, quantity=quantity, price=price)
    check_band(rules, wish, quote.mark)
    if order.tif == "GTX" and crosses(order.side, price, quote):
        raise NOT_MAKER
    if not order.reduce_only and quantity > order.quantity:
        afford(ledger, replace(wish, quantity=quantity - order.quantity))
    order.quantity, order.price, order.updated = max(quantity, order.filled), price, ledger.clock()
    ledger.tell_order(order, "AMENDMENT")
    if not order.rest:
        finish(ledger, order, Status.CANCELED)
    elif crosses(order.side, price, quote):
        touch = quote.ask if order.side is Side.BUY else quote.bid
        trade(ledger, order, touch, takes(ledger, order), ledger.taker)
    return order
