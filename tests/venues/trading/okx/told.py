"""Orders, fills and bills as OKX writes them: everything is a text, sizes are contracts."""

from decimal import Decimal

from tests.venues.text import places
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.okx.books import instrument_of, mode_of
from tests.venues.trading.orders import ZERO, Attached, Fill, Income, Order, Status

Told = dict[str, object]
STATE = {Status.NEW: "live", Status.PART: "partially_filled", Status.FILLED: "filled"}
FORCED = {
    "autoclose": "full_liquidation",
    "adl_autoclose": "adl",
    "settlement_autoclose": "delivery",
}
TYPES = {"GTX": "post_only", "FOK": "fok", "IOC": "ioc"}
# why it was cancelled: by the user, because it would have taken, because nothing was there
SOURCES = {-5022: "31", -5021: "13", -2019: "2", -2022: "9"}
BLANK = (
    "ccy",
    "pxType",
    "pxUsd",
    "pxVol",
    "quickMgnType",
    "slOrdPx",
    "slTriggerPx",
    "slTriggerPxType",
    "source",
    "stpId",
    "tag",
    "tgtCcy",
    "tpOrdPx",
    "tpTriggerPx",
    "tpTriggerPxType",
    "cancelSourceReason",
    "attachAlgoClOrdId",
)


def bare(amount: Decimal) -> str:
    return f"{amount.normalize():f}" if amount else "0"


def priced(ledger: Ledger, symbol: str, price: Decimal | None) -> str:
    return f"{price:.{places(ledger.rule(symbol).tick)}f}" if price else ""


def contracts(ledger: Ledger, symbol: str, coins: Decimal) -> str:
    return bare(coins / ledger.rule(symbol).contract)


def instrument(symbol: str) -> Told:
    return {"instId": instrument_of(symbol), "instType": "SWAP"}


def named(order: Order) -> str:
    """Nothing where the client gave no name; what a conditional order became has none."""
    unnamed = order.algo is not None or order.client_id == f"web_{order.id}"
    return "" if unnamed or category(order) != "normal" else order.client_id


def category(order: Order) -> str:
    return FORCED.get(order.client_id.partition("-")[0], "normal")


def order(ledger: Ledger, one: Order) -> Told:
    symbol = one.symbol
    return (
        dict.fromkeys(BLANK, "")
        | instrument(symbol)
        | executed(ledger, one)
        | {
            **became(ledger, one),
            "attachAlgoOrds": [attached(ledger, symbol, one.attached)] if one.attached else [],
            "cTime": str(one.created),
            "cancelSource": cancelled(one),
            "category": category(one),
            "clOrdId": named(one),
            "isTpLimit": "false",
            "lever": str(ledger.setting(symbol).leverage),
            "ordId": str(one.id),
            "ordType": TYPES.get(one.tif, one.type.lower()),
            "posSide": "net",
            "px": priced(ledger, symbol, one.price),
            "rebate": "0",
            "rebateCcy": "USDT",
            "reduceOnly": "true" if one.reduce_only else "false",
            "side": one.side.value.lower(),
            "state": STATE.get(one.status, "canceled"),
            "stpMode": "cancel_maker",
            "sz": contracts(ledger, symbol, one.quantity),
            "tdMode": mode_of(symbol),
            "uTime": str(one.updated),
        }
    )


def became(ledger: Ledger, one: Order) -> Told:
    """Of which conditional order it is."""
    algo = ledger.state.algos.get(one.algo or 0)
    label = algo.asked.client_id if algo else ""
    return {
        "algoId": str(algo.id) if algo else "",
        "algoClOrdId": "" if algo is None or label == f"algo_{algo.id}" else label,
        "linkedAlgoOrd": {"algoId": ""},
    }


def cancelled(one: Order) -> str:
    if one.status is Status.CANCELED and not one.reason:
        return "1"
    if one.status in {Status.CANCELED, Status.EXPIRED, Status.REJECTED}:
        return SOURCES.get(one.reason, "13" if one.tif in {"IOC", "FOK"} else "9")
    return ""


def executed(ledger: Ledger, one: Order) -> Told:
    fills = [f for f in ledger.state.fills if f.order == one.id]
    last = fills[-1] if fills else None
    fee = sum((f.fee for f in fills), ZERO)
    return {
        "accFillSz": contracts(ledger, one.symbol, one.filled),
        "avgPx": bare(one.average.quantize(Decimal("0.00000001"))) if fills else "",
        "fee": bare(-fee),
        "feeCcy": "USDT",
        "fillPx": priced(ledger, one.symbol, last.price if last else None),
        "fillSz": contracts(ledger, one.symbol, last.quantity) if last else "0",
        "fillTime": str(last.time) if last else "",
        "pnl": bare(sum((f.realized for f in fills), ZERO)),
        "tradeId": str(last.id) if last else "",
    }


def attached(ledger: Ledger, symbol: str, parts: tuple[Attached, ...]) -> Told:
    told: Told = {"attachAlgoId": "", "attachAlgoClOrdId": "", "sz": "", "tpOrdKind": "condition"}
    for head in ("sl", "tp"):
        told |= {f"{head}TriggerPx": "", f"{head}OrdPx": "", f"{head}TriggerPxType": ""}
    for one in parts:
        told |= exit_of(ledger, symbol, one)
        told["attachAlgoClOrdId"] = told["attachAlgoClOrdId"] or one.client_id
    return told


def exit_of(ledger: Ledger, symbol: str, one: Attached) -> Told:
    head = "tp" if one.profit else "sl"
    return {
        f"{head}TriggerPx": priced(ledger, symbol, one.trigger),
        f"{head}OrdPx": priced(ledger, symbol, one.price) or "-1",
        f"{head}TriggerPxType": "mark" if one.by_mark else "last",
    }


def fill(ledger: Ledger, one: Fill) -> Told:
    order_ = ledger.state.orders[one.order]
    empty = ("fillPxVol", "fillFwdPx", "fillPxUsd", "fillMarkVol", "tag", "fillIdxPx")
    return (
        dict.fromkeys(empty, "")
        | instrument(one.symbol)
        | {
            "side": one.side.value.lower(),
            "fillSz": contracts(ledger, one.symbol, one.quantity),
            "fillPx": priced(ledger, one.symbol, one.price),
            "fee": bare(-one.fee),
            "fillPnl": bare(one.realized),
            "ordId": str(one.order),
            "feeRate": bare(-(ledger.maker if one.maker else ledger.taker)),
            "clOrdId": named(order_),
            "posSide": "net",
            "billId": str(one.id),
            "subType": "1" if one.side.sign > 0 else "2",
            "fillTime": str(one.time),
            "execType": "M" if one.maker else "T",
            "tradeId": str(one.id),
            "fillMarkPx": bare(ledger.quote(one.symbol).mark),
            "feeCcy": "USDT",
            "ts": str(one.time),
        }
    )


KINDS = {"TRANSFER": "1", "REALIZED_PNL": "2", "COMMISSION": "2", "FUNDING_FEE": "8"}


def bill(ledger: Ledger, lines: list[Income], balance: Decimal) -> Told:
    """One change of the balance: the profit and the fee of a fill are one."""
    head, change = lines[0], sum((line.amount for line in lines), ZERO)
    by_kind = {line.kind: line.amount for line in lines}
    made = next((f for f in ledger.state.fills if f.id == head.trade), None)
    empty = ("fillFwdPx", "fillIdxPx", "fillMarkPx", "fillMarkVol", "fillPxUsd", "fillPxVol")
    texts: Told = dict.fromkeys((*empty, "from", "to", "notes", "tag", "clOrdId"), "")
    return texts | {
        "bal": bare(balance),
        "balChg": bare(change),
        "billId": str(head.trade or head.id),
        "ccy": "USDT",
        "execType": "" if made is None else "M" if made.maker else "T",
        "fee": bare(by_kind.get("COMMISSION", ZERO)),
        "fillTime": str(head.time) if made else "",
        "instId": instrument_of(head.symbol),
        "instType": "SWAP" if head.symbol else "",
        "interest": "0",
        "mgnMode": mode_of(head.symbol) if head.symbol else "",
        "ordId": str(made.order) if made else "",
        "pnl": bare(change - by_kind.get("COMMISSION", ZERO)) if head.symbol else "0",
        "posBal": "0",
        "posBalChg": "0",
        "px": priced(ledger, head.symbol, made.price) if made else "",
        "subType": sort(head, made),
        "sz": contracts(ledger, head.symbol, made.quantity) if made else "0",
        "tradeId": str(head.trade or ""),
        "ts": str(head.time),
        "type": KINDS.get(head.kind, "5"),
    }


def sort(line: Income, made: Fill | None) -> str:
    if made is not None:
        return "1" if made.side.sign > 0 else "2"
    gained = line.amount > 0
    known = {"FUNDING_FEE": ("173", "174"), "TRANSFER": ("12", "11")}
    return known.get(line.kind, ("105", "104"))[gained]
