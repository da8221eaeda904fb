"""What Binance's user stream says as an account changes."""

import json
from decimal import Decimal

from tests.venues.trading.binance.told import Told, money, priced, sized, working
from tests.venues.trading.events import (
    AlgoChanged,
    Event,
    LeverageChanged,
    MoneyChanged,
    OrderChanged,
)
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.positions import Position


def messages(ledger: Ledger, event: Event) -> list[tuple[str, str]]:
    """The kinds and texts that one event becomes."""
    match event:
        case OrderChanged():
            lite = [lite_of(ledger, event)] if event.execution == "TRADE" else []
            told = [*lite, order_of(ledger, event)]
        case MoneyChanged():
            told = [money_of(event)]
        case AlgoChanged():
            told = [algo_of(ledger, event)]
        case LeverageChanged():
            chosen = {"s": event.symbol, "l": event.leverage}
            told = [{"e": "ACCOUNT_CONFIG_UPDATE", "ac": chosen}]
    stamped = [{"E": event.time, "T": event.time, **one} for one in told]
    return [(str(one["e"]), json.dumps(one, separators=(",", ":"))) for one in stamped]


def lite_of(ledger: Ledger, event: OrderChanged) -> Told:
    order, fill = event.order, event.fill
    assert fill is not None
    return {
        "e": "TRADE_LITE",
        "s": order.symbol,
        "q": sized(ledger, order.symbol, order.quantity),
        "p": priced(ledger, order.symbol, order.price),
        "m": fill.maker,
        "c": order.client_id,
        "S": order.side.value,
        "L": priced(ledger, order.symbol, fill.price),
        "l": sized(ledger, order.symbol, fill.quantity),
        "t": fill.id,
        "i": order.id,
    }


def order_of(ledger: Ledger, event: OrderChanged) -> Told:
    order, fill, symbol = event.order, event.fill, event.order.symbol
    algo = ledger.state.algos.get(order.algo or 0)
    asked = algo.asked if algo else None
    fee = {"N": "USDT", "n": money(fill.fee)} if fill else {}
    body = {
        "s": symbol,
        "c": order.client_id,
        "S": order.side.value,
        "o": order.type,
        "f": order.tif,
        "q": sized(ledger, symbol, order.quantity),
        "p": priced(ledger, symbol, order.price),
        "ap": f"{order.average:.5f}",
        "sp": priced(ledger, symbol, asked.trigger if asked else None),
        "x": event.execution,
        "X": order.status.value,
        "i": order.id,
        "l": sized(ledger, symbol, fill.quantity if fill else Decimal(0)),
        "z": sized(ledger, symbol, order.filled),
        "L": priced(ledger, symbol, fill.price if fill else None),
        **fee,
        "T": event.time,
        "t": fill.id if fill else 0,
        "b": "0",
        "a": "0",
        "m": bool(fill and fill.maker),
        "R": order.reduce_only,
        "wt": working(asked is not None and asked.by_mark),
        "ot": order.origin,
        "ps": "BOTH",
        "cp": bool(asked and asked.closes),
        "rp": money(fill.realized if fill else Decimal(0)),
        "pP": False,
        "si": 0,
        "ss": 0,
        "V": "EXPIRE_MAKER",
        "pm": "NONE",
        "gtd": 0,
        "er": "0",
    }
    return {"e": "ORDER_TRADE_UPDATE", "o": body}


def money_of(event: MoneyChanged) -> Told:
    line = {
        "a": "USDT",
        "wb": money(event.wallet),
        "cw": money(event.cross),
        "bc": money(event.change),
    }
    shown = [position_of(*one) for one in event.positions]
    return {"e": "ACCOUNT_UPDATE", "a": {"m": event.reason, "B": [line], "P": shown}}


def position_of(position: Position, isolated: bool, mark: Decimal) -> Told:
    return {
        "s": position.symbol,
        "pa": f"{position.amount.normalize():f}",
        "ep": f"{position.entry:.8f}",
        "bep": f"{position.entry:.8f}",
        "cr": "0",
        "up": money(position.unrealized(mark)),
        "mt": "isolated" if isolated else "cross",
        "iw": money(position.margin),
        "ps": "BOTH",
        "ma": "USDT",
    }


def algo_of(ledger: Ledger, event: AlgoChanged) -> Told:
    algo, asked, symbol = event.algo, event.algo.asked, event.algo.asked.symbol
    became = ledger.state.orders.get(algo.order or 0)
    engine = {
        "ap": f"{algo.average:.5f}",
        "aq": sized(ledger, symbol, algo.done),
        "act": became.type if became else "0",
    }
    body = {
        "caid": asked.client_id,
        "aid": algo.id,
        "at": "CONDITIONAL",
        "o": asked.type,
        "s": symbol,
        "S": asked.side.value,
        "ps": "BOTH",
        "f": asked.tif,
        "q": sized(ledger, symbol, asked.quantity),
        "X": algo.stage.value,
        "ai": str(algo.order or ""),
        **engine,
        "tp": priced(ledger, symbol, asked.trigger),
        "p": priced(ledger, symbol, asked.price),
        "V": "EXPIRE_MAKER",
        "wt": working(asked.by_mark),
        "pm": "NONE",
        "cp": asked.closes,
        "pP": False,
        "R": asked.reduce_only,
        "tt": algo.triggered,
        "gtd": 0,
        "rm": algo.reason,
    }
    return {"e": "ALGO_UPDATE", "o": body}
