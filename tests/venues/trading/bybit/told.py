"""Orders, conditional or not, as Bybit writes them."""

from dataclasses import dataclass
from decimal import Decimal

from tests.venues.text import places
from tests.venues.trading.algos import Algo, Condition, Stage
from tests.venues.trading.bybit.asked import shown
from tests.venues.trading.bybit.entries import Entry
from tests.venues.trading.guarding import quantity
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import ZERO, Attached, Order, Status

Told = dict[str, object]


@dataclass(frozen=True, slots=True)
class Batch:
    """The orders of a batch, and beside them what became of each."""

    rows: list[Told]
    fates: list[Told]


STATUS = {
    Status.NEW: "New",
    Status.PART: "PartiallyFilled",
    Status.FILLED: "Filled",
    Status.CANCELED: "Cancelled",
    Status.EXPIRED: "Cancelled",
    Status.REJECTED: "Rejected",
}
STAGE = {
    Stage.NEW: "Untriggered",
    Stage.TRIGGERING: "Triggered",
    Stage.CANCELED: "Deactivated",
    Stage.EXPIRED: "Deactivated",
    Stage.REJECTED: "Cancelled",
}
TIFS = {"GTX": "PostOnly", "GTE_GTC": "GTC"}


def money(amount: Decimal) -> str:
    return f"{amount:.8f}"


def bare(amount: Decimal) -> str:
    return f"{amount.normalize():f}" if amount else "0"


def priced(ledger: Ledger, symbol: str, price: Decimal | None) -> str:
    """Nothing where there is no price."""
    return f"{price:.{places(ledger.rule(symbol).tick)}f}" if price else ""


def sized(ledger: Ledger, symbol: str, amount: Decimal) -> str:
    return f"{amount:.{places(ledger.rule(symbol).step)}f}"


def order(ledger: Ledger, entry: Entry) -> Told:
    return shape(ledger, entry) | trigger(ledger, entry) | done(ledger, entry) | fate(entry)


def shape(ledger: Ledger, entry: Entry) -> Told:
    """What was asked for."""
    asked = entry.algo.asked if entry.algo else None
    one = entry.order or asked
    assert one is not None
    price = one.price or None
    tif = one.tif if price else "IOC"
    guards = {a.profit: a for a in (entry.order.attached if entry.order else brought(asked))}
    stop, profit = guards.get(False), guards.get(True)
    return {
        "orderId": shown(entry.id),
        "orderLinkId": entry.client_id,
        "blockTradeId": "",
        "symbol": entry.symbol,
        "price": priced(ledger, entry.symbol, price) or "0",
        "side": one.side.value.capitalize(),
        "isLeverage": "",
        "positionIdx": 0,
        "timeInForce": TIFS.get(tif, tif),
        "orderType": "Limit" if price else "Market",
        "orderIv": "",
        "takeProfit": priced(ledger, entry.symbol, profit.trigger if profit else None),
        "stopLoss": priced(ledger, entry.symbol, stop.trigger if stop else None),
        "tpTriggerBy": by(profit.by_mark) if profit else "",
        "slTriggerBy": by(stop.by_mark) if stop else "",
        "tpslMode": "Full" if guards else "",
        "tpLimitPrice": "",
        "slLimitPrice": "",
        "reduceOnly": one.reduce_only or bool(asked and asked.closes),
        "smpType": "None",
        "smpGroup": 0,
        "smpOrderId": "",
        "placeType": "",
        "lastPriceOnCreated": "",
        "createdTime": str(entry.created),
        "updatedTime": str(entry.updated),
    }


def brought(asked: Condition | None) -> tuple[Attached, ...]:
    return asked.brings if asked else ()


def by(mark: bool) -> str:
    return "MarkPrice" if mark else "LastPrice"


def trigger(ledger: Ledger, entry: Entry) -> Told:
    algo = entry.algo
    if algo is None:
        return {
            "stopOrderType": "",
            "triggerPrice": "",
            "triggerDirection": 0,
            "triggerBy": "",
            "closeOnTrigger": False,
            "createType": "CreateByUser",
        }
    return {
        "stopOrderType": kind(algo),
        "triggerPrice": priced(ledger, entry.symbol, algo.asked.trigger),
        "triggerDirection": 1 if algo.asked.rising else 2,
        "triggerBy": by(algo.asked.by_mark),
        "closeOnTrigger": algo.asked.closes or algo.asked.attached,
        "createType": f"CreateBy{kind(algo)}" if algo.asked.attached else "CreateByUser",
    }


def kind(algo: Algo) -> str:
    """Only what belongs to a position is called a stop loss or a take profit."""
    if not algo.asked.attached:
        return "Stop"
    name = "TakeProfit" if algo.asked.type.startswith("TAKE_PROFIT") else "StopLoss"
    return name if algo.asked.closes else f"Partial{name}"


def done(ledger: Ledger, entry: Entry) -> Told:
    one, symbol = entry.order, entry.symbol
    if one is None:
        assert entry.algo is not None
        rest = quantity(ledger, entry.algo) if entry.open else ZERO
        whole, filled, value, average = quantity(ledger, entry.algo), ZERO, ZERO, ZERO
    else:
        rest = one.rest if one.open else ZERO
        whole, filled, value, average = one.quantity, one.filled, one.quote, one.average
    fee = sum((f.fee for f in ledger.state.fills if one and f.order == one.id), ZERO)
    return {
        "qty": sized(ledger, symbol, whole),
        "avgPrice": bare(average) if filled else "",
        "leavesQty": sized(ledger, symbol, rest),
        "leavesValue": bare(rest * (one.price if one else ZERO)),
        "cumExecQty": sized(ledger, symbol, filled),
        "cumExecValue": bare(value),
        "cumExecFee": bare(fee),
        "cumFeeDetail": {"USDT": bare(fee)} if fee else {},
    }


def fate(entry: Entry) -> Told:
    if entry.order is not None:
        status = STATUS[entry.order.status]
    else:
        assert entry.algo is not None
        status = STAGE[entry.algo.stage]
    return {
        "orderStatus": status,
        "cancelType": cancelled(entry),
        "rejectReason": rejected(entry.order),
    }


def rejected(order: Order | None) -> str:
    if order is not None and order.reason == -5022:
        return "EC_PostOnlyWillTakeLiquidity"
    if order is not None and order.status is Status.REJECTED:
        return "EC_Others"
    unfilled = order is not None and order.status in {Status.EXPIRED, Status.CANCELED}
    if unfilled and order is not None and (order.price == 0 or order.tif in {"IOC", "FOK"}):
        return "EC_NoImmediateQtyToFill"
    return "EC_PerCancelRequest" if unfilled else "EC_NoError"


def cancelled(entry: Entry) -> str:
    """Who or what ended it."""
    algo, order = entry.algo, entry.order
    refused = order.reason if order else algo.code if algo else 0
    if refused in {-2019, -2027}:
        return "CancelByCannotAffordOrderCost"
    if refused in {-2022, -4118} or (order and order.reduce_only and gone(order)):
        return "CancelByReduceOnly"
    if algo is not None and algo.stage is Stage.EXPIRED:
        return "CancelByTpSlTsClear"
    by_user = order.status is Status.CANCELED and not refused if order else False
    return "CancelByUser" if by_user or (algo and algo.stage is Stage.CANCELED) else "UNKNOWN"


def gone(order: Order) -> bool:
    return order.status is Status.EXPIRED and order.tif == "GTC" and order.price > 0
