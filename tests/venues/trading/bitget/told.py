"""Orders and fills as Bitget writes them."""

from decimal import Decimal

from tests.venues.text import bare, places
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import ZERO, Attached, Fill, Order, Side, Status

Told = dict[str, object]
STATES = {
    Status.CREATED: "live",
    Status.NEW: "live",
    Status.PART: "partially_filled",
    Status.FILLED: "filled",
    Status.CANCELED: "canceled",
    Status.EXPIRED: "canceled",
    Status.REJECTED: "canceled",
}
FORCES = {"GTC": "gtc", "IOC": "ioc", "FOK": "fok", "GTX": "post_only"}
FORCED = {
    # how the venue's own orders begin: what they are called for
    "autoclose": "burst_{side}_single",
    "adl_autoclose": "dte_sys_adl_{side}_in_single_side_mode",
    "settlement_autoclose": "delivery_{side}_single",
}


def priced(ledger: Ledger, symbol: str, price: Decimal | None) -> str:
    return f"{price:.{places(ledger.rule(symbol).tick)}f}" if price else ""


def side(one: Side) -> str:
    return one.value.lower()


def trade_side(order: Order) -> str:
    shape = FORCED.get(order.client_id.rpartition("-")[0], "{side}_single")
    return shape.format(side=side(order.side))


def source(order: Order) -> str:
    """Where an order comes from, in one word."""
    kind = order.type.lower()
    if order.client_id.startswith(tuple(FORCED)):
        return "liquidation"
    if order.origin.startswith("TRAILING"):
        return f"tracking_{kind}"
    if order.algo is None:
        return "market" if order.type == "MARKET" else "normal"
    return f"{'profit' if order.origin.startswith('TAKE') else 'loss'}_{kind}"


def mode(ledger: Ledger, symbol: str) -> str:
    return "isolated" if ledger.setting(symbol).isolated else "crossed"


def fills_of(ledger: Ledger, order: Order) -> list[Fill]:
    return [f for f in ledger.state.fills if f.order == order.id]


def order(ledger: Ledger, one: Order, state: str = "status") -> Told:
    fills = fills_of(ledger, one)
    return {
        "symbol": one.symbol,
        "size": bare(one.quantity),
        "orderId": str(one.id),
        "clientOid": one.client_id,
        "baseVolume": bare(one.filled),
        "fee": bare(-sum((f.fee for f in fills), ZERO)),
        "price": priced(ledger, one.symbol, one.price),
        "priceAvg": f"{one.average:.10f}".rstrip("0").rstrip(".") if one.filled else "",
        state: STATES[one.status],
        "side": side(one.side),
        "force": FORCES[one.tif],
        "totalProfits": bare(sum((f.realized for f in fills), ZERO)),
        "posSide": "net",
        "marginCoin": "USDT",
        **left_by(ledger, one.symbol, "presetStopSurplus", of(one.attached, profit=True)),
        **left_by(ledger, one.symbol, "presetStopLoss", of(one.attached, profit=False)),
        "quoteVolume": bare(one.quote),
        "orderType": one.type.lower(),
        "leverage": str(ledger.setting(one.symbol).leverage),
        "marginMode": mode(ledger, one.symbol),
        "reduceOnly": "YES" if one.reduce_only else "NO",
        "enterPointSource": "API",
        "tradeSide": trade_side(one),
        "posMode": "one_way_mode",
        "orderSource": source(one),
        "cancelReason": "normal_cancel" if STATES[one.status] == "canceled" else "",
        "cTime": str(one.created),
        "uTime": str(one.updated),
    }


def of(attached: tuple[Attached, ...], *, profit: bool) -> Attached | None:
    return next((one for one in attached if one.profit is profit), None)


def left_by(ledger: Ledger, symbol: str, start: str, wanted: Attached | None) -> Told:
    kind = "mark_price" if wanted and wanted.by_mark else "fill_price"
    limit = start.removesuffix("Trigger") + "ExecutePrice"
    return {
        f"{start}Price": priced(ledger, symbol, wanted.trigger if wanted else None),
        f"{start}Type": kind if wanted else "",
        limit: priced(ledger, symbol, wanted.price if wanted else None),
    }


def named(one: Order) -> Told:
    return {"orderId": str(one.id), "clientOid": one.client_id}


def fill(ledger: Ledger, one: Fill) -> Told:
    fee = {
        "deduction": "no",
        "feeCoin": "USDT",
        "totalDeductionFee": "",
        "totalFee": bare(-one.fee),
    }
    made = ledger.state.orders[one.order]
    return {
        "tradeId": str(one.id),
        "symbol": one.symbol,
        "orderId": str(one.order),
        "price": priced(ledger, one.symbol, one.price),
        "baseVolume": bare(one.quantity),
        "feeDetail": [fee],
        "side": side(one.side),
        "quoteVolume": bare(one.quantity * one.price),
        "profit": bare(one.realized),
        "enterPointSource": "API",
        "tradeSide": trade_side(made),
        "posMode": "one_way_mode",
        "tradeScope": "maker" if one.maker else "taker",
        "cTime": str(one.time),
    }


def listed(key: str, rows: list[Told], end: str) -> Told:
    """A page; an empty one is no list at all."""
    return {key: rows or None, "endId": rows[-1][end] if rows else None}
