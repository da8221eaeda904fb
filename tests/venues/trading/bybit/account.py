"""Bybit's endpoints for money, positions, settings and the past."""

from tests.venues.trading import guarding, settings
from tests.venues.trading.bybit import accounts, executed
from tests.venues.trading.bybit.asked import (
    Query,
    by_mark,
    category,
    decimal,
    number,
    shown,
    stops,
    text,
)
from tests.venues.trading.bybit.entries import of, page, span
from tests.venues.trading.bybit.refusals import wrong
from tests.venues.trading.bybit.told import Told
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import ZERO, Attached, Fill, Income, Refusal, Side

LISTS = {"Trade", "Funding", "BustTrade", "AdlTrade", "Settle"}


def named(ledger: Ledger, query: Query) -> str:
    return ledger.rule(text(query, "symbol")).symbol


def wallet(ledger: Ledger, query: Query) -> Told:
    if text(query, "accountType") != "UNIFIED":
        raise Refusal(10001, "accountType only support UNIFIED.")
    return {"list": [accounts.wallet(ledger)]}


def info(ledger: Ledger, query: Query) -> Told:
    return accounts.info(ledger)


def coins(ledger: Ledger, query: Query) -> Told:
    chain = {
        "chainType": "TRC20",
        "confirmation": "5",
        "withdrawFee": "1",
        "depositMin": "0",
        "withdrawMin": "2",
        "chain": "TRX",
        "chainDeposit": "1",
        "chainWithdraw": "1",
        "minAccuracy": "6",
        "withdrawPercentageFee": "0",
    }
    row = {"name": "USDT", "coin": "USDT", "remainAmount": "10000000", "chains": [chain]}
    return {"rows": [row]}


def fees(ledger: Ledger, query: Query) -> Told:
    category(query)
    rates = {"takerFeeRate": str(ledger.taker), "makerFeeRate": str(ledger.maker)}
    return {"list": [{"symbol": named(ledger, query), **rates}]}


def positions(ledger: Ledger, query: Query) -> Told:
    """One contract, held or not; or all that are held."""
    category(query)
    if text(query, "symbol", ""):
        shown = [ledger.position(named(ledger, query))]
    elif text(query, "settleCoin", "") or text(query, "baseCoin", ""):
        shown = ledger.held()
    else:
        raise Refusal(10001, "params error: symbol and settleCoin are both empty")
    rows = [accounts.position(ledger, one) for one in shown]
    return {"list": rows, "nextPageCursor": "", "category": "linear"}


# -- settings


def leverage(ledger: Ledger, query: Query) -> Told:
    category(query)
    symbol, wanted = named(ledger, query), decimal(query, "buyLeverage")
    if wanted != decimal(query, "sellLeverage") or wanted != int(wanted):
        raise Refusal(10001, "buy leverage invalid")
    if ledger.setting(symbol).leverage == wanted:
        raise Refusal(110043, "Set leverage not modified")
    settings.set_leverage(ledger, symbol, int(wanted))
    return {}


def margin_mode(ledger: Ledger, query: Query) -> Told:
    """Of the whole account: every contract follows."""
    told_mode = text(query, "setMarginMode")
    if told_mode not in {"ISOLATED_MARGIN", "REGULAR_MARGIN"}:
        raise wrong("setMarginMode")
    settings.set_all_isolated(ledger, isolated=told_mode == "ISOLATED_MARGIN")
    return {"reasons": []}


def position_mode(ledger: Ledger, query: Query) -> Told:
    category(query)
    mode = number(query, "mode")
    if mode not in {0, 3}:
        raise wrong("mode")
    settings.set_hedged(ledger, hedged=mode == 3)
    return {}


def margin(ledger: Ledger, query: Query) -> Told:
    """Into an isolated position or, negative, out of it."""
    category(query)
    symbol = named(ledger, query)
    settings.move_margin(ledger, symbol, decimal(query, "margin"))
    return {"category": "linear", **accounts.position(ledger, ledger.position(symbol))}


def trading_stop(ledger: Ledger, query: Query) -> Told:
    """Guards a position: as a whole, which replaces what did so far, or in part."""
    category(query)
    symbol = named(ledger, query)
    held = ledger.position(symbol)
    if not held.amount:
        raise Refusal(10001, "can not set tp/sl/ts for zero position")
    opened = Side.BUY if held.sign > 0 else Side.SELL
    whole = text(query, "tpslMode", "Full") == "Full"
    asked = stops(query, opened, ledger.quote(symbol).last)
    if whole:
        check_change(ledger, symbol, asked)
        unguard(ledger, query, symbol)
    for one in asked:
        if whole:
            guarding.guard(ledger, guarding.condition(symbol, opened, one))
        else:
            guard_part(ledger, query, symbol, opened, one)
    return {}


def check_change(ledger: Ledger, symbol: str, asked: tuple[Attached, ...]) -> None:
    there = {(a.asked.type, a.asked.trigger) for a in guarding.guards(ledger, symbol)}
    if asked and all((one.type, one.trigger) in there for one in asked):
        raise Refusal(34040, "not modified")


def unguard(ledger: Ledger, query: Query, symbol: str) -> None:
    """A nought takes a stop away."""
    for key, kind in (("stopLoss", "STOP_MARKET"), ("takeProfit", "TAKE_PROFIT_MARKET")):
        if text(query, key, "") and not decimal(query, key):
            guarding.drop(ledger, symbol, kind)


def guard_part(ledger: Ledger, query: Query, symbol: str, opened: Side, one: Attached) -> None:
    size = decimal(query, "tpSize" if one.profit else "slSize")
    mark = by_mark(query, "tpTriggerBy" if one.profit else "slTriggerBy")
    part = Attached(trigger=one.trigger, profit=one.profit, by_mark=mark)
    guarding.enter_part(ledger, guarding.condition(symbol, opened, part), size)


# -- the past


def executions(ledger: Ledger, query: Query) -> Told:
    """Trades and funding in one list, the newest first; fifty a page, a hundred at most."""
    category(query)
    symbol, kind = text(query, "symbol", ""), text(query, "execType", "")
    if kind and kind not in LISTS:
        raise wrong("execType")
    first, last = span(ledger, query)
    lines: list[Fill | Income] = [*ledger.state.fills]
    lines += [line for line in ledger.state.incomes if line.kind == "FUNDING_FEE"]
    fits = [
        line
        for line in sorted(lines, key=lambda line: (line.time, line.id), reverse=True)
        if first <= line.time <= last
        and symbol in {"", line.symbol}
        and wanted(ledger, line, query)
        and kind in {"", kind_of(ledger, line)}
    ]
    cut, after = page(fits, query, 50, 100, lambda line: line.id)
    rows = [execution(ledger, line) for line in cut]
    return {"nextPageCursor": after, "category": "linear", "list": rows}


def kind_of(ledger: Ledger, line: Fill | Income) -> str:
    if isinstance(line, Income):
        return "Funding"
    return executed.FORCED.get(
        ledger.state.orders[line.order].client_id.partition("-")[0], "Trade"
    )


def wanted(ledger: Ledger, line: Fill | Income, query: Query) -> bool:
    """Of one order, when one is named."""
    number_, name = text(query, "orderId", ""), text(query, "orderLinkId", "")
    if not number_ and not name:
        return True
    if isinstance(line, Income):
        return False
    entry = of(ledger, ledger.state.orders[line.order])
    return shown(entry.id) == number_ if number_ else entry.client_id == name


def execution(ledger: Ledger, line: Fill | Income) -> Told:
    if isinstance(line, Income):
        return executed.funding(ledger, line)
    return executed.execution(ledger, line)


def log(ledger: Ledger, query: Query) -> Told:
    """Every change of the wallet, with what was there after it; twenty a page, fifty at most."""
    first, last = span(ledger, query)
    balance, rows = ZERO, []
    for line in ledger.state.incomes:
        balance += line.amount
        rows.append((line, executed.change(line, balance)))
    fits = [row for row in reversed(rows) if first <= row[0].time <= last and fit(row[1], query)]
    cut, after = page(fits, query, 20, 50, lambda row: row[0].id)
    return {"nextPageCursor": after, "list": [told for _, told in cut]}


def fit(told: Told, query: Query) -> bool:
    """What is moved belongs to no category; what is not asked for may be anything."""
    asked = ("category", "currency", "type")
    return all(text(query, key, "") in {"", told[key]} for key in asked)
