"""Taking orders of a spot account and filling them against the world's prices.

As on the futures floors: what crosses fills at the touch as taker, what rests fills at its own
price once the market has traded through it, and no more than the market will take.
"""

from decimal import ROUND_DOWN, ROUND_UP, Decimal

from tests.venues.trading.orders import ZERO, Refusal, Side
from tests.venues.trading.upbit.account import WON, Account, Order, Quote, Trade, Wish, named
from tests.venues.trading.upbit.units import GRAIN, LEAST, unit_of
from tests.venues.trading.upbit.words import NO_MARKET, USED, of_side


def place(account: Account, asked: Wish) -> Order:
    """Take an order, or refuse it; its name is used up either way."""
    if asked.identifier and asked.identifier in account.state.names:
        raise USED
    if asked.identifier:
        account.state.names.add(asked.identifier)
    check(account, asked)
    return enter(account, asked)


def check(account: Account, asked: Wish) -> None:
    if asked.market not in account.markets():
        raise NO_MARKET
    quote = account.quote(asked.market)
    check_numbers(asked)
    if worth(asked, quote) < LEAST:
        raise of_side("under_min_total", asked.side)
    currency, amount, fee = bound(account, asked)
    if amount + fee > account.purse(currency).free:
        raise of_side("insufficient_funds", asked.side, currency)


def check_numbers(asked: Wish) -> None:
    """Prices lie on the grid of the won market, volumes have eight digits."""
    if asked.kind == "limit" and (not asked.price or asked.price % unit_of(asked.price)):
        raise of_side("invalid_price", asked.side)
    if asked.volume is not None and (asked.volume <= 0 or asked.volume % GRAIN):
        raise of_side("invalid_volume", asked.side)


def worth(asked: Wish, quote: Quote) -> Decimal:
    if asked.spends:
        return asked.price or ZERO
    return (asked.price or quote.bid) * (asked.volume or ZERO)


def bound(account: Account, asked: Wish) -> tuple[str, Decimal, Decimal]:
    """Which currency an order binds, how much of it, and the fee on top; a seller's comes later."""
    if asked.side is Side.SELL:
        return asked.market.partition("-")[2], asked.volume or ZERO, ZERO
    amount = worth(asked, account.quote(asked.market))
    return WON, amount, (amount * account.fee).quantize(GRAIN, ROUND_UP)


def enter(account: Account, asked: Wish) -> Order:
    """Put an order into the book and let it trade."""
    number, now = account.serial(), account.clock()
    currency, amount, fee = bound(account, asked)
    purse = account.purse(currency)
    purse.free, purse.locked = purse.free - amount - fee, purse.locked + amount + fee
    order = Order(
        number=number,
        uuid=named(number),
        asked=asked,
        created=now,
        updated=now,
        bound=amount + fee,
        locked=amount + fee,
        reserved_fee=fee,
    )
    account.state.orders[number] = order
    account.tell(order)
    run(account, order)
    return order


def crosses(asked: Wish, quote: Quote) -> bool:
    if asked.kind != "limit" or asked.price is None:
        return True
    return quote.ask <= asked.price if asked.side is Side.BUY else quote.bid >= asked.price


def run(account: Account, order: Order) -> None:
    """What it may take at once; then it rests, or it is over."""
    asked, quote = order.asked, account.quote(order.asked.market)
    touch = quote.ask if asked.side is Side.BUY else quote.bid
    wanted = volume_at(order, touch)
    room = account.state.liquidity.get(asked.market, wanted)
    touches = crosses(asked, quote)
    killed = asked.tif == "fok" and not (touches and room >= wanted)
    if killed or (asked.tif == "post_only" and touches):
        finish(account, order, "cancel")
    elif touches:
        fill(account, order, touch, min(wanted, room), maker=False)
    if order.open and (asked.kind != "limit" or asked.tif in {"ioc", "fok"}):
        finish(account, order, "cancel")


def volume_at(order: Order, price: Decimal) -> Decimal:
    """Won that buy a piece too small stay over, and the order ends as cancelled."""
    rest = order.rest / price if order.asked.spends else order.rest
    return rest.quantize(GRAIN, ROUND_DOWN)


def fill(account: Account, order: Order, price: Decimal, volume: Decimal, *, maker: bool) -> None:
    if volume <= 0:
        return
    market = order.asked.market
    if market in account.state.liquidity:
        account.state.liquidity[market] -= volume
    fee = (price * volume * account.fee).quantize(GRAIN, ROUND_DOWN)  # never above the reserve
    now = account.clock()
    trade = Trade(named(account.serial()), order.number, price, volume, fee, maker, now)
    order.trades.append(trade)
    order.updated = now
    pay(account, order, trade)
    if not order.rest:
        finish(account, order, "done")
    account.tell(order)


def pay(account: Account, order: Order, trade: Trade) -> None:
    """Won go one way, coins the other; what is given comes out of what is bound."""
    won, coins = account.purse(WON), account.purse(order.asked.coin)
    if order.asked.side is Side.BUY:
        given = trade.funds + trade.fee
        coins.average = mixed(coins.whole, coins.average, trade)
        won.locked, order.locked = won.locked - given, order.locked - given
        coins.free += trade.volume
    else:
        coins.locked, order.locked = coins.locked - trade.volume, order.locked - trade.volume
        won.free += trade.funds - trade.fee


def mixed(held: Decimal, average: Decimal, trade: Trade) -> Decimal:
    whole = held + trade.volume
    return ((held * average + trade.funds) / whole).quantize(Decimal("0.0001"))


def finish(account: Account, order: Order, state: str) -> None:
    """What it still binds is free again."""
    asked = order.asked
    purse = account.purse(WON if asked.side is Side.BUY else asked.coin)
    purse.locked, purse.free = purse.locked - order.locked, purse.free + order.locked
    order.locked, order.state, order.updated = ZERO, state, account.clock()
    account.tell(order)


def cancel(account: Account, order: Order | None) -> Order:
    if order is None or not order.open:
        raise Refusal("order_not_found", "주문을 찾지 못했습니다.")
    finish(account, order, "cancel")
    return order


def turn(account: Account) -> None:
    """Fill what rests and has been traded through, the better prices first."""
    for order in sorted(account.open_orders(), key=lambda o: -(o.asked.price or ZERO)):
        quote = account.quote(order.asked.market)
        if order.open and order.asked.price is not None and crosses(order.asked, quote):
            room = account.state.liquidity.get(order.asked.market, order.rest)
            fill(account, order, order.asked.price, min(order.rest, room), maker=True)


def deposit(account: Account, currency: str, amount: Decimal) -> None:
    """Money comes by the owner's hand, or (negative) goes."""
    account.purse(currency).free += amount
