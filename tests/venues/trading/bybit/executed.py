"""Executions, funding among them, and changes of the wallet as Bybit writes them."""

from decimal import Decimal

from tests.venues.trading.bybit.asked import shown
from tests.venues.trading.bybit.entries import of
from tests.venues.trading.bybit.told import Told, bare, kind, money, priced, sized
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import ZERO, Fill, Income

FORCED = {
    "autoclose": "BustTrade",
    "adl_autoclose": "AdlTrade",
    "settlement_autoclose": "Settle",
}


def execution(ledger: Ledger, fill: Fill) -> Told:
    order = ledger.state.orders[fill.order]
    entry = of(ledger, order)
    sign = FORCED.get(order.client_id.partition("-")[0], "Trade")
    opened = ZERO if fill.realized else fill.quantity
    return blank(ledger, fill.symbol) | {
        "orderType": "Limit" if order.price else "Market",
        "orderLinkId": entry.client_id if sign == "Trade" else "",
        "side": fill.side.value.capitalize(),
        "orderId": shown(entry.id),
        "stopOrderType": kind(entry.algo) if entry.algo else "UNKNOWN",
        "leavesQty": sized(ledger, fill.symbol, order.rest),
        "execTime": str(fill.time),
        "isMaker": fill.maker,
        "execFee": bare(fill.fee),
        "feeRate": bare(ledger.maker if fill.maker else ledger.taker),
        "execId": shown(fill.id),
        "execPrice": priced(ledger, fill.symbol, fill.price),
        "orderQty": sized(ledger, fill.symbol, order.quantity),
        "orderPrice": priced(ledger, fill.symbol, order.price) or "0",
        "execValue": bare(fill.price * fill.quantity),
        "execType": sign,
        "execQty": sized(ledger, fill.symbol, fill.quantity),
        "closedSize": sized(ledger, fill.symbol, fill.quantity - opened),
        "seq": fill.id,
    }


def blank(ledger: Ledger, symbol: str) -> Told:
    empty = ("underlyingPrice", "indexPrice", "feeCurrency", "tradeIv", "blockTradeId", "markIv")
    mark = bare(ledger.quote(symbol).mark)
    return {"symbol": symbol, **dict.fromkeys(empty, ""), "markPrice": mark, "createType": ""}


def funding(ledger: Ledger, line: Income) -> Told:
    """An execution too; a fee that is negative was received."""
    held = sum((f.signed for f in before(ledger, line)), ZERO)
    rate = [rate for time, rate in ledger.funding(line.symbol) if time <= line.time][-1]
    value = abs(line.amount / rate)
    return blank(ledger, line.symbol) | {
        "orderType": "UNKNOWN",
        "orderLinkId": "",
        "side": "Sell" if held < 0 else "Buy",
        "orderId": shown(line.id),
        "stopOrderType": "UNKNOWN",
        "leavesQty": "0",
        "execTime": str(line.time),
        "isMaker": False,
        "execFee": bare(-line.amount),
        "feeRate": bare(rate),
        "execId": shown(line.id),
        "execPrice": priced(ledger, line.symbol, value / abs(held)) if held else "0",
        "orderQty": "0",
        "orderPrice": "0",
        "execValue": money(value),
        "execType": "Funding",
        "execQty": bare(abs(held)),
        "closedSize": "0",
        "seq": line.id,
    }


KINDS = {"FUNDING_FEE": "SETTLEMENT", "INSURANCE_CLEAR": "LIQUIDATION"}


def before(ledger: Ledger, line: Income) -> list[Fill]:
    """The trades that made the position on which it was paid."""
    return [f for f in ledger.state.fills if f.symbol == line.symbol and f.id < line.id]


def change(line: Income, balance: Decimal) -> Told:
    """A line of the transaction log."""
    kind = KINDS.get(line.kind, "TRADE")
    if line.kind == "TRANSFER":
        kind = "TRANSFER_IN" if line.amount > 0 else "TRANSFER_OUT"
    paid = line.amount if line.kind == "FUNDING_FEE" else None
    fee = -line.amount if line.kind == "COMMISSION" else ZERO
    return {
        "id": shown(line.id),
        "symbol": line.symbol,
        "side": "None",
        "funding": "" if paid is None else bare(paid),
        "orderLinkId": "",
        "orderId": "",
        "fee": money(fee),
        "change": bare(line.amount),
        "cashFlow": bare(line.amount) if line.kind == "REALIZED_PNL" else "0",
        "transactionTime": str(line.time),
        "type": kind,
        "feeRate": "0",
        "bonusChange": "",
        "size": "0",
        "qty": "0",
        "cashBalance": bare(balance),
        "currency": "USDT",
        "category": "linear" if line.symbol else "",
        "tradePrice": "",
        "tradeId": shown(line.trade) if line.trade else "",
    }
