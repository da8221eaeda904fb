"""What happens to an account unasked: funding, liquidation, deleveraging, delivery, transfers."""

from decimal import ROUND_DOWN, ROUND_UP, Decimal

from tests.venues.trading.algos import Stage
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.margins import backing, bankruptcy_price, spare
from tests.venues.trading.matching import enter, finish, trade
from tests.venues.trading.orders import GRAIN, ZERO, Order, Side, Status, Wish
from tests.venues.trading.positions import Position, cents
from tests.venues.trading.rules import Rules


def fund(ledger: Ledger) -> None:
    """Pay or collect what came due since the last time, at the mark price of now."""
    since, ledger.state.funded = ledger.state.funded, ledger.clock()
    for position in ledger.held():
        for time, rate in ledger.funding(position.symbol):
            if since < time <= ledger.state.funded:
                pay(ledger, ledger.position(position.symbol), rate)


def pay(ledger: Ledger, position: Position, rate: Decimal) -> None:
    symbol = position.symbol
    amount = cents(-position.notional(ledger.quote(symbol).mark) * rate)
    ledger.earn("FUNDING_FEE", symbol, amount)
    if ledger.setting(symbol).isolated:
        change_margin(ledger, position, amount)
    ledger.tell_money("FUNDING_FEE", amount, symbol)


def change_margin(ledger: Ledger, position: Position, amount: Decimal) -> None:
    moved = Position(
        position.symbol,
        position.amount,
        position.cost,
        position.margin + amount,
        ledger.clock(),
    )
    ledger.state.positions[position.symbol] = moved


def liquidate(ledger: Ledger) -> None:
    """Close by force what its money no longer carries; orders of that contract go first."""
    for symbol in [p.symbol for p in ledger.held()]:
        if spare(ledger, ledger.position(symbol)) >= 0:
            continue
        for order in ledger.open_orders(symbol):
            finish(ledger, order, Status.EXPIRED)
        if spare(ledger, ledger.position(symbol)) < 0:
            seize(ledger, ledger.position(symbol))


def seize(ledger: Ledger, position: Position) -> None:
    """At the mark, but never worse than bankrupt; a penalty takes of what is left."""
    symbol, sign = position.symbol, position.sign
    tick = ledger.rule(symbol).tick
    favour = ROUND_UP if sign > 0 else ROUND_DOWN  # to a price that is no worse
    ruin = (bankruptcy_price(ledger, position) / tick).quantize(Decimal(1), favour) * tick
    mark = (ledger.quote(symbol).mark / tick).quantize(Decimal(1)) * tick
    price = max(mark, ruin) if sign > 0 else min(mark, ruin)
    behind = backing(ledger, position) + position.unrealized(price)
    force(ledger, position, abs(position.amount), price, "autoclose", ZERO)
    most = (abs(position.amount) * price * ledger.penalty).quantize(GRAIN, ROUND_DOWN)
    penalty = max(min(most, behind.quantize(GRAIN, ROUND_DOWN)), ZERO)
    ledger.earn("INSURANCE_CLEAR", symbol, -penalty)
    ledger.tell_money("INSURANCE_CLEAR", -penalty, symbol)


def deleverage(ledger: Ledger, symbol: str, amount: Decimal, price: Decimal) -> Order:
    """Somebody else went bankrupt, and this account's profit pays: part of it is closed."""
    position = ledger.position(symbol)
    most = min(amount, abs(position.amount))
    return force(ledger, position, most, price, "adl_autoclose", ledger.taker)


def deliver(ledger: Ledger) -> None:
    """A contract ends: its orders go, and its position is settled at the mark."""
    names = {p.symbol for p in ledger.held()} | {o.symbol for o in ledger.open_orders()}
    names |= {a.asked.symbol for a in ledger.open_algos()}
    for rules in sorted(map(ledger.rule, names), key=lambda one: one.symbol):
        if rules.ends is None or ledger.clock() < rules.ends:
            continue
        for order in ledger.open_orders(rules.symbol):
            finish(ledger, order, Status.EXPIRED)
        for algo in ledger.open_algos(rules.symbol):
            algo.stage, algo.updated = Stage.EXPIRED, ledger.clock()
            ledger.tell_algo(algo)
        position = ledger.position(rules.symbol)
        if position.amount:
            settle(ledger, position, rules)


def settle(ledger: Ledger, position: Position, rules: Rules) -> None:
    price = ledger.quote(rules.symbol).mark.quantize(rules.tick)
    force(ledger, position, abs(position.amount), price, "settlement_autoclose", ledger.taker)


def force(
    ledger: Ledger, position: Position, amount: Decimal, price: Decimal, who: str, rate: Decimal
) -> Order:
    """An order that the venue places for the account and fills itself."""
    wish = Wish(
        symbol=position.symbol,
        side=Side.SELL if position.sign > 0 else Side.BUY,
        quantity=amount,
        price=price,
        tif="IOC",
        client_id=f"{who}-{ledger.clock()}{ledger.serial() % 1_000_000:06d}",
    )
    order = enter(ledger, wish)
    trade(ledger, order, price, amount, rate, "CALCULATED")
    return order


def transfer(ledger: Ledger, amount: Decimal) -> None:
    """Money comes or goes by the owner's hand."""
    ledger.earn("TRANSFER", "", amount)
    ledger.tell_money("DEPOSIT" if amount > 0 else "WITHDRAW", amount)
