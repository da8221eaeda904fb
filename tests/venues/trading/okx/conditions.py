"""OKX's parameters read as conditional orders."""

from decimal import Decimal

from tests.venues.trading.algos import Condition
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.okx.asked import (
    Query,
    attached,
    book,
    coins,
    decimal,
    exits,
    flag,
    leg,
    name,
    side,
    source,
    text,
)
from tests.venues.trading.okx.refusals import wrong
from tests.venues.trading.orders import Attached, Refusal, Side


def conditions(ledger: Ledger, query: Query) -> list[Condition]:
    """One, or the two of an `oco`."""
    kind = text(query, "ordType")
    if kind == "trigger":
        return [triggered(ledger, query)]
    if kind not in {"conditional", "oco"}:
        raise wrong("ordType")
    label = {**query, "attachAlgoClOrdId": query.get("algoClOrdId", "")}
    parts = exits(label)
    if not parts or (kind == "oco" and len(parts) != 2):
        raise wrong("slTriggerPx")
    taken = parts if kind == "oco" else parts[:1]  # the stop has precedence
    made = [waiting(ledger, query, one, kind) for one in taken]
    for one in made:
        check_ahead(ledger, one)
    return made


def waiting(ledger: Ledger, query: Query, one: Attached, kind: str) -> Condition:
    symbol, closes = book(ledger, query), text(query, "closeFraction", "") == "1"
    if closes and not flag(query, "reduceOnly"):
        raise Refusal(51328, "closeFraction is only available for reduceOnly orders")
    return Condition(
        symbol=symbol,
        side=side(query),
        type=one.type,
        quantity=Decimal(0) if closes else coins(ledger, symbol, query),
        trigger=one.trigger,
        price=one.price,
        tif="GTE_GTC" if flag(query, "cxlOnClosePos") else "GTC",
        reduce_only=flag(query, "reduceOnly") and not closes,
        closes=closes,
        by_mark=one.by_mark,
        client_id=one.client_id,
        leg=leg(query),
        kind=kind,
    )


def triggered(ledger: Ledger, query: Query) -> Condition:
    """Its direction is that from the price of now."""
    symbol, trigger, bought = book(ledger, query), decimal(query, "triggerPx"), side(query)
    price, by_mark = decimal(query, "orderPx"), source(query, "triggerPxType")
    quote = ledger.quote(symbol)
    rising = trigger > (quote.mark if by_mark else quote.last)
    kind = "STOP" if rising is (bought is Side.BUY) else "TAKE_PROFIT"
    return Condition(
        symbol=symbol,
        side=bought,
        type=f"{kind}_MARKET" if price == -1 else kind,
        quantity=coins(ledger, symbol, query),
        trigger=trigger,
        price=None if price == -1 else price,
        reduce_only=flag(query, "reduceOnly"),
        by_mark=by_mark,
        client_id=name(query, "algoClOrdId"),
        leg=leg(query),
        brings=attached(query, bought, trigger if price == -1 else price),
        kind="trigger",
    )


def check_ahead(ledger: Ledger, asked: Condition) -> None:
    quote = ledger.quote(asked.symbol)
    price = quote.mark if asked.by_mark else quote.last
    if (price < asked.trigger) is asked.rising and price != asked.trigger:
        return
    head, way = ("TP", 51277) if asked.type.startswith("TAKE") else ("SL", 51278)
    code = way + 2 * (asked.side is Side.SELL)
    bound = "lower" if asked.rising else "higher"
    raise Refusal(code, f"{head} trigger price can not be {bound} than the last price")
