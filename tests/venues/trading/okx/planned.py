"""Conditional orders as OKX writes them: of the two that exclude each other one list entry."""

from collections.abc import Iterable

from tests.venues.trading.algos import Algo, Stage
from tests.venues.trading.guarding import quantity
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.okx.books import mode_of
from tests.venues.trading.okx.told import Told, attached, bare, contracts, instrument, priced
from tests.venues.trading.orders import Order

BLANK = (
    "activePx",
    "amendPxOnTriggerType",
    "callbackRatio",
    "callbackSpread",
    "ccy",
    "clOrdId",
    "moveTriggerPx",
    "pxLimit",
    "pxSpread",
    "pxVar",
    "quickMgnType",
    "szLimit",
    "tag",
    "tgtCcy",
    "timeInterval",
    "slOrdPx",
    "slTriggerPx",
    "slTriggerPxType",
    "tpOrdPx",
    "tpTriggerPx",
    "tpTriggerPxType",
    "triggerPx",
    "triggerPxType",
    "ordPx",
)
GONE = {Stage.CANCELED: "canceled", Stage.EXPIRED: "canceled", Stage.REJECTED: "order_failed"}


def heads(algos: Iterable[Algo]) -> list[Algo]:
    """Of a pair the first: it bears the name."""
    return [a for a in algos if a.twin is None or a.id < a.twin]


def pair(ledger: Ledger, head: Algo) -> list[Algo]:
    twin = ledger.state.algos.get(head.twin or 0)
    return [head] if twin is None else [head, twin]


def kind(head: Algo) -> str:
    if head.twin is not None:
        return "oco"
    return head.asked.kind or "conditional"


def state(ledger: Ledger, head: Algo) -> str:
    parts = pair(ledger, head)
    if any(one.open for one in parts):
        return "live"
    ended = [one for one in parts if one.stage not in GONE]
    failed = any(one.stage is Stage.REJECTED for one in parts)
    return "effective" if ended else "order_failed" if failed else "canceled"


def label(head: Algo) -> str:
    return "" if head.asked.client_id == f"algo_{head.id}" else head.asked.client_id


def algo(ledger: Ledger, head: Algo) -> Told:
    asked, symbol, parts = head.asked, head.asked.symbol, pair(ledger, head)
    told = dict.fromkeys(BLANK, "") | instrument(symbol) | outcome(ledger, parts)
    for one in parts:
        told |= trigger(ledger, one)
    return told | {
        "algoClOrdId": label(head),
        "algoId": str(head.id),
        "attachAlgoOrds": [attached(ledger, symbol, asked.brings)] if asked.brings else [],
        "cTime": str(head.created),
        "uTime": str(max(one.updated for one in parts)),
        "closeFraction": "1" if asked.closes else "",
        "failCode": next((str(one.code) for one in parts if one.code), ""),
        "last": priced(ledger, symbol, ledger.quote(symbol).last),
        "lever": str(ledger.setting(symbol).leverage),
        "linkedOrd": {"ordId": ""},
        "ordType": kind(head),
        "posSide": "net",
        "reduceOnly": "true" if asked.reduce_only or asked.closes else "false",
        "side": asked.side.value.lower(),
        "state": state(ledger, head),
        "sz": "" if asked.closes else contracts(ledger, symbol, quantity(ledger, head)),
        "tdMode": mode_of(symbol),
    }


def trigger(ledger: Ledger, one: Algo) -> Told:
    asked, source = one.asked, "mark" if one.asked.by_mark else "last"
    at, price = (
        priced(ledger, asked.symbol, asked.trigger),
        priced(ledger, asked.symbol, asked.price),
    )
    if asked.kind == "trigger":
        return {"triggerPx": at, "triggerPxType": source, "ordPx": price or "-1"}
    head = side_of(one)
    return {
        f"{head}TriggerPx": at,
        f"{head}TriggerPxType": source,
        f"{head}OrdPx": price or "-1",
    }


def side_of(one: Algo) -> str:
    return "tp" if one.asked.type.startswith("TAKE") else "sl"


def outcome(ledger: Ledger, parts: list[Algo]) -> Told:
    """What came of it, once one of them was triggered."""
    fired = next((one for one in parts if one.order is not None), None)
    orders = ledger.state.orders
    became: Order | None = orders[fired.order] if fired and fired.order else None
    average = bare(became.average) if became and became.filled else ""
    plain = fired is None or fired.asked.kind == "trigger"
    return {
        "actualPx": average,
        "actualSide": "" if plain or fired is None else side_of(fired),
        "actualSz": contracts(ledger, became.symbol, became.filled) if became else "0",
        "ordId": str(became.id) if became else "",
        "ordIdList": [str(became.id)] if became else [],
        "triggerTime": str(fired.triggered) if fired else "",
    }
