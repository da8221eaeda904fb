"""Binance's endpoints for money, positions, settings and the past."""

from tests.venues.trading import history, settings
from tests.venues.trading.binance import accounts, told
from tests.venues.trading.binance.asked import Query, decimal, flag, limit, missing, number, text
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import Refusal

SUCCESS = {"code": 200, "msg": "success"}


def named(ledger: Ledger, query: Query) -> str:
    return ledger.rule(text(query, "symbol")).symbol


def asked_for(ledger: Ledger, query: Query) -> list[str]:
    return [named(ledger, query)] if query.get("symbol") else [*ledger.rules]


def account(ledger: Ledger, query: Query) -> object:
    return accounts.account(ledger)


def balance(ledger: Ledger, query: Query) -> object:
    return accounts.balances(ledger)


def positions(ledger: Ledger, query: Query) -> object:
    shown = accounts.alive(ledger)
    wanted = named(ledger, query) if query.get("symbol") else None
    return [told.risk(ledger, p) for p in shown if wanted in {None, p.symbol}]


def older_positions(ledger: Ledger, query: Query) -> object:
    names = asked_for(ledger, query)
    return [accounts.older_risk(ledger, ledger.position(name)) for name in names]


def symbol_config(ledger: Ledger, query: Query) -> object:
    return [accounts.symbol_config(ledger, name) for name in asked_for(ledger, query)]


def commission(ledger: Ledger, query: Query) -> object:
    return {
        "symbol": named(ledger, query),
        "makerCommissionRate": str(ledger.maker),
        "takerCommissionRate": str(ledger.taker),
        "rpiCommissionRate": "0.00005",
    }


def leverage(ledger: Ledger, query: Query) -> object:
    symbol, wanted = named(ledger, query), number(query, "leverage")
    if wanted is None:
        raise missing("leverage")
    most = settings.set_leverage(ledger, symbol, wanted)
    return {"leverage": wanted, "maxNotionalValue": str(most), "symbol": symbol}


def margin_type(ledger: Ledger, query: Query) -> object:
    kind = text(query, "marginType")
    if kind not in {"ISOLATED", "CROSSED"}:
        raise missing("marginType")
    settings.set_isolated(ledger, named(ledger, query), isolated=kind == "ISOLATED")
    return SUCCESS


def mode(ledger: Ledger, query: Query) -> object:
    return {"dualSidePosition": ledger.state.hedged}


def set_mode(ledger: Ledger, query: Query) -> object:
    text(query, "dualSidePosition")
    settings.set_hedged(ledger, hedged=flag(query, "dualSidePosition"))
    return SUCCESS


def assets_mode(ledger: Ledger, query: Query) -> object:
    return {"multiAssetsMargin": False}


def margin(ledger: Ledger, query: Query) -> object:
    """Type 1 adds, type 2 takes back."""
    amount, kind = decimal(query, "amount"), number(query, "type")
    if kind not in {1, 2} or amount <= 0:
        raise missing("type")
    settings.move_margin(ledger, named(ledger, query), amount if kind == 1 else -amount)
    words = "Successfully modify position margin."
    return {"amount": float(amount), "code": 200, "msg": words, "type": kind}


def fills(ledger: Ledger, query: Query) -> object:
    symbol, order, since = named(ledger, query), number(query, "orderId"), number(query, "fromId")
    first, last = history.span(ledger, number(query, "startTime"), number(query, "endTime"))
    mine = [f for f in ledger.state.fills if f.symbol == symbol and order in {None, f.order}]
    if since is not None:
        shown = [f for f in mine if f.id >= since][: limit(query, 500, 1_000)]
    else:
        shown = [f for f in mine if first <= f.time <= last][-limit(query, 500, 1_000) :]
    return [told.fill(ledger, one) for one in shown]


def incomes(ledger: Ledger, query: Query) -> object:
    first, last = history.span(ledger, number(query, "startTime"), number(query, "endTime"))
    kind, symbol = query.get("incomeType"), query.get("symbol")
    fits = [
        line
        for line in ledger.state.incomes
        if first <= line.time <= last
        and kind in {None, line.kind}
        and symbol in {None, line.symbol}
    ]
    return [told.income(one) for one in fits[-limit(query, 100, 1_000) :]]


def forced(ledger: Ledger, query: Query) -> object:
    """Liquidations, and what was deleveraged."""
    first = {"LIQUIDATION": "autoclose-", "ADL": "adl_autoclose"}
    kind = query.get("autoCloseType")
    if kind not in {None, *first}:
        raise Refusal(-1130, "Data sent for parameter 'autoCloseType' is not valid.")
    starts = tuple(first.values()) if kind is None else (first[kind],)
    mine = [o for o in ledger.state.orders.values() if o.client_id.startswith(starts)]
    wanted = query.get("symbol")
    return [told.order(ledger, o) for o in mine if wanted in {None, o.symbol}]
