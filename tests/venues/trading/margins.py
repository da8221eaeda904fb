"""How much of an account is bound, how much is free, and where a position would be liquidated."""

from decimal import ROUND_UP, Decimal

from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import GRAIN, ZERO, Order, Refusal, Side, Wish
from tests.venues.trading.positions import Position, closing


def unrealized(ledger: Ledger, position: Position) -> Decimal:
    return position.unrealized(ledger.quote(position.symbol).mark)


def maintenance(ledger: Ledger, position: Position) -> Decimal:
    notional = abs(position.notional(ledger.quote(position.symbol).mark))
    return ledger.rule(position.symbol).maintenance(notional)


def initial(ledger: Ledger, position: Position) -> Decimal:
    notional = abs(position.notional(ledger.quote(position.symbol).mark))
    return bound(notional, ledger.setting(position.symbol).leverage)


def bound(notional: Decimal, leverage: int) -> Decimal:
    return (notional / leverage).quantize(GRAIN, ROUND_UP)


def crossed(ledger: Ledger) -> list[Position]:
    return [p for p in ledger.held() if not ledger.setting(p.symbol).isolated]


def cross_unrealized(ledger: Ledger) -> Decimal:
    return sum((unrealized(ledger, p) for p in crossed(ledger)), ZERO)


def ordered(ledger: Ledger, symbol: str | None = None) -> Decimal:
    """What open orders bind: those that would open something."""
    opening = (o for o in ledger.open_orders(symbol) if not o.reduce_only)
    return sum((bind(ledger, o) for o in opening), ZERO)


def bind(ledger: Ledger, order: Order) -> Decimal:
    signed = order.rest * order.side.sign
    opened = order.rest - closing(ledger.position(order.symbol), signed)
    price = order.price or ledger.quote(order.symbol).mark
    return bound(opened * price, ledger.setting(order.symbol).leverage)


def free(ledger: Ledger) -> Decimal:
    """What is left for new orders; isolated positions have paid already."""
    taken = sum((initial(ledger, p) for p in crossed(ledger)), ZERO)
    return ledger.cross + cross_unrealized(ledger) - taken - ordered(ledger)


def afford(ledger: Ledger, wish: Wish) -> None:
    """Whether there is margin, and leverage, for what an order would open."""
    quote, position = ledger.quote(wish.symbol), ledger.position(wish.symbol)
    price = wish.price or (quote.ask if wish.side is Side.BUY else quote.bid)
    opened = wish.quantity - closing(position, wish.quantity * wish.side.sign)
    if opened <= 0:
        return
    leverage = ledger.setting(wish.symbol).leverage
    loss = max(wish.side.sign * (price - quote.mark), ZERO) * opened
    if bound(opened * price, leverage) + loss + opened * price * ledger.taker > free(ledger):
        raise Refusal(-2019, "Margin is insufficient.")
    total = (opened + abs(position.amount + pending(ledger, wish))) * quote.mark
    if total > ledger.rule(wish.symbol).cap(leverage):
        raise Refusal(-2027, "Exceeded the maximum allowable position at current leverage.")


def pending(ledger: Ledger, wish: Wish) -> Decimal:
    """What open orders on the same side would add."""
    same = [o for o in ledger.open_orders(wish.symbol) if o.side is wish.side]
    return sum((o.rest * o.side.sign for o in same if not o.reduce_only), ZERO)


def backing(ledger: Ledger, position: Position) -> Decimal:
    """The money that a position may lose: its own, or all that crosses."""
    if ledger.setting(position.symbol).isolated:
        return position.margin
    return ledger.cross + cross_unrealized(ledger) - unrealized(ledger, position)


def spare(ledger: Ledger, position: Position) -> Decimal:
    """How far a position is from liquidation, in money."""
    others = (
        ZERO
        if ledger.setting(position.symbol).isolated
        else sum((maintenance(ledger, p) for p in crossed(ledger) if p is not position), ZERO)
    )
    margin = backing(ledger, position) + unrealized(ledger, position)
    return margin - maintenance(ledger, position) - others


def liquidation_price(ledger: Ledger, position: Position) -> Decimal:
    """Where `spare` would be nothing, all else being equal; nought when nowhere."""
    mark = ledger.quote(position.symbol).mark
    rules = ledger.rule(position.symbol)
    rate = rules.tier(abs(position.notional(mark))).maintenance
    slope = position.amount - abs(position.amount) * rate
    price = mark - spare(ledger, position) / slope
    return max(price, ZERO)


def bankruptcy_price(ledger: Ledger, position: Position) -> Decimal:
    """Where the money behind a position is gone."""
    return (position.cost - max(backing(ledger, position), ZERO)) / position.amount
