"""Orders, conditions, fills and money as Binance writes them."""

from decimal import Decimal

from tests.venues.text import places
from tests.venues.trading import margins
from tests.venues.trading.algos import Algo
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import Fill, Income, Order
from tests.venues.trading.positions import Position

Told = dict[str, object]


def money(amount: Decimal) -> str:
    return f"{amount:.8f}"


def priced(ledger: Ledger, symbol: str, price: Decimal | None) -> str:
    return f"{price:.{places(ledger.rule(symbol).tick)}f}" if price else "0"


def sized(ledger: Ledger, symbol: str, amount: Decimal) -> str:
    return f"{amount:.{places(ledger.rule(symbol).step)}f}"


def order(ledger: Ledger, one: Order) -> Told:
    algo = ledger.state.algos.get(one.algo or 0)
    asked = algo.asked if algo else None
    done = sized(ledger, one.symbol, one.filled)
    trailing = {
        "activatePrice": priced(ledger, one.symbol, asked.activation if asked else None),
        "priceRate": str(asked.callback) if asked else "0",
    }
    return {
        "orderId": one.id,
        "symbol": one.symbol,
        "pair": one.symbol,
        "status": one.status.value,
        "clientOrderId": one.client_id,
        "price": priced(ledger, one.symbol, one.price),
        "avgPrice": f"{one.average:.5f}",
        "origQty": sized(ledger, one.symbol, one.quantity),
        "executedQty": done,
        "cumQty": done,
        "cumBase": done,
        "cumQuote": f"{one.quote:.5f}",
        "timeInForce": one.tif,
        "type": one.type,
        "reduceOnly": one.reduce_only,
        "closePosition": bool(asked and asked.closes),
        "side": one.side.value,
        "positionSide": "BOTH",
        "stopPrice": priced(ledger, one.symbol, asked.trigger if asked else None),
        "workingType": working(asked is not None and asked.by_mark),
        "priceProtect": False,
        "origType": one.origin,
        "priceMatch": "NONE",
        "selfTradePreventionMode": "EXPIRE_MAKER",
        "goodTillDate": 0,
        "time": one.created,
        "updateTime": one.updated,
        **(trailing if one.origin == "TRAILING_STOP_MARKET" else {}),
    }


def working(by_mark: bool) -> str:
    return "MARK_PRICE" if by_mark else "CONTRACT_PRICE"


def algo(ledger: Ledger, one: Algo) -> Told:
    asked, symbol = one.asked, one.asked.symbol
    became = ledger.state.orders.get(one.order or 0)
    return {
        "algoId": one.id,
        "clientAlgoId": asked.client_id,
        "algoType": "CONDITIONAL",
        "orderType": asked.type,
        "symbol": symbol,
        "side": asked.side.value,
        "positionSide": "BOTH",
        "timeInForce": asked.tif,
        "quantity": sized(ledger, symbol, asked.quantity),
        "algoStatus": one.stage.value,
        "actualOrderId": str(one.order or ""),
        "actualPrice": f"{one.average:.5f}",
        "actualType": became.type if became else "",
        "actualQty": sized(ledger, symbol, one.done),
        "triggerPrice": priced(ledger, symbol, asked.trigger),
        "price": priced(ledger, symbol, asked.price),
        "icebergQuantity": None,
        "tpTriggerPrice": "0.000",
        "tpPrice": "0.000",
        "slTriggerPrice": "0.000",
        "slPrice": "0.000",
        "tpOrderType": "",
        "selfTradePreventionMode": "EXPIRE_MAKER",
        "workingType": working(asked.by_mark),
        "priceMatch": "NONE",
        "closePosition": asked.closes,
        "priceProtect": False,
        "reduceOnly": asked.reduce_only,
        "activatePrice": priced(ledger, symbol, asked.activation) if asked.trails else "",
        "callbackRate": str(asked.callback) if asked.trails else "",
        "createTime": one.created,
        "updateTime": one.updated,
        "triggerTime": one.triggered,
        "goodTillDate": 0,
    }


def fill(ledger: Ledger, one: Fill) -> Told:
    return {
        "symbol": one.symbol,
        "pair": one.symbol,
        "id": one.id,
        "orderId": one.order,
        "side": one.side.value,
        "price": priced(ledger, one.symbol, one.price),
        "qty": sized(ledger, one.symbol, one.quantity),
        "baseQty": sized(ledger, one.symbol, one.quantity),
        "realizedPnl": money(one.realized),
        "quoteQty": f"{one.price * one.quantity:.5f}",
        "commission": money(one.fee),
        "commissionAsset": "USDT",
        "marginAsset": "USDT",
        "time": one.time,
        "positionSide": "BOTH",
        "buyer": one.side.sign > 0,
        "maker": one.maker,
    }


def income(one: Income) -> Told:
    return {
        "symbol": one.symbol,
        "incomeType": one.kind,
        "income": money(one.amount),
        "asset": "USDT",
        "time": one.time,
        "info": str(one.trade or one.kind),
        "tranId": one.id,
        "tradeId": str(one.trade or ""),
    }


def risk(ledger: Ledger, one: Position) -> Told:
    """GET /fapi/v3/positionRisk: it knows no leverage."""
    mark, setting = ledger.quote(one.symbol).mark, ledger.setting(one.symbol)
    bound, ordered = margins.initial(ledger, one), margins.ordered(ledger, one.symbol)
    isolated = setting.isolated
    gain = margins.unrealized(ledger, one)
    stop = margins.liquidation_price(ledger, one) if one.amount else Decimal(0)
    return {
        "symbol": one.symbol,
        "positionSide": "BOTH",
        "positionAmt": sized(ledger, one.symbol, one.amount),
        "entryPrice": f"{one.entry:.8f}".rstrip("0").rstrip("."),
        "breakEvenPrice": f"{one.entry * (1 + one.sign * ledger.taker):.8f}",
        "markPrice": money(mark),
        "unRealizedProfit": money(gain),
        "liquidationPrice": money(stop) if stop else "0",
        "isolatedMargin": money(one.margin + gain) if isolated and one.amount else "0",
        "notional": money(one.notional(mark)),
        "marginAsset": "USDT",
        "isolatedWallet": money(one.margin) if isolated else "0",
        "initialMargin": money(bound + ordered),
        "maintMargin": money(margins.maintenance(ledger, one)),
        "positionInitialMargin": money(bound),
        "openOrderInitialMargin": money(ordered),
        "adl": 2 if one.amount else 0,
        "bidNotional": "0",
        "askNotional": "0",
        "updateTime": one.updated,
    }
