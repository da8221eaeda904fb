"""OKX's endpoints for money, positions, settings and the past."""

from itertools import groupby

from tests.venues.trading import settings
from tests.venues.trading.history import WINDOW
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.okx import accounts, told
from tests.venues.trading.okx.asked import Query, between, decimal, mode, text, window
from tests.venues.trading.okx.books import book_of, both, instrument_of, known, mode_of
from tests.venues.trading.okx.refusals import wrong
from tests.venues.trading.orders import ZERO, Income


def balance(ledger: Ledger, rows: list[Query]) -> object:
    return [accounts.balance(ledger)]


def positions(ledger: Ledger, rows: list[Query]) -> object:
    """Who names a contract sees it even when it is no longer held, but not when it never was."""
    asked = [name for name in text(rows[0], "instId", "").split(",") if name]
    ever = ledger.state.positions.values()
    shown = [p for p in ever if instrument_of(p.symbol) in asked] if asked else ledger.held()
    return [accounts.position(ledger, one) for one in shown]


def leverage(ledger: Ledger, rows: list[Query]) -> object:
    told_mode = mode(rows[0], "mgnMode")
    named = text(rows[0], "instId").split(",")
    return [accounts.leverage(ledger, book_of(known(ledger, n), told_mode)) for n in named]


def set_leverage(ledger: Ledger, rows: list[Query]) -> object:
    """Of one contract in one mode; the same again is no mistake here."""
    query = rows[0]
    symbol = book_of(known(ledger, text(query, "instId")), mode(query, "mgnMode"))
    wanted = decimal(query, "lever")
    if wanted != int(wanted):
        raise wrong("lever")
    if text(query, "posSide", "net") != "net" and not ledger.state.hedged:
        raise wrong("posSide")
    settings.set_leverage(ledger, symbol, int(wanted))
    return [{"lever": str(int(wanted)), **narrow(symbol)}]


def narrow(symbol: str) -> told.Told:
    return {"mgnMode": mode_of(symbol), "instId": instrument_of(symbol), "posSide": "net"}


def set_mode(ledger: Ledger, rows: list[Query]) -> object:
    """The same again is no mistake here either."""
    told_mode = text(rows[0], "posMode")
    if told_mode not in {"net_mode", "long_short_mode"}:
        raise wrong("posMode")
    hedged = told_mode == "long_short_mode"
    if ledger.state.hedged is not hedged:
        settings.set_hedged(ledger, hedged=hedged)
    return [{"posMode": told_mode}]


def margin(ledger: Ledger, rows: list[Query]) -> object:
    query = rows[0]
    symbol, amount = (
        book_of(known(ledger, text(query, "instId")), "isolated"),
        decimal(query, "amt"),
    )
    kind = text(query, "type")
    if kind not in {"add", "reduce"} or amount <= 0:
        raise wrong("type")
    settings.move_margin(ledger, symbol, amount if kind == "add" else -amount)
    whole = {"amt": told.bare(amount), "ccy": "USDT", "type": kind}
    leverage_now = str(ledger.setting(symbol).leverage)
    return [{**whole, **narrow(symbol), "leverage": leverage_now}]


def fees(ledger: Ledger, rows: list[Query]) -> object:
    if text(rows[0], "instType") != "SWAP":
        raise wrong("instType")
    empty = ("delivery", "exercise", "makerUSDC", "takerUSDC")
    rates = {"maker": told.bare(-ledger.maker), "taker": told.bare(-ledger.taker)}
    return [
        dict.fromkeys(empty, "")
        | rates
        | {
            "makerU": rates["maker"],
            "takerU": rates["taker"],
            "category": "1",
            "instType": "SWAP",
            "level": "Lv1",
            "ts": str(ledger.clock()),
            "fiat": [],
        }
    ]


def currencies(ledger: Ledger, rows: list[Query]) -> object:
    return [
        {
            "ccy": "USDT",
            "chain": "USDT-TRC20",
            "name": "Tether",
            "canDep": True,
            "canInternal": True,
            "canWd": True,
            "mainNet": False,
            "minFee": "1",
            "maxFee": "2",
            "minWd": "2",
            "maxWd": "1000000",
            "minDep": "0.01",
            "wdTickSz": "6",
            "fee": "1",
        }
    ]


# -- the past


def fills(ledger: Ledger, rows: list[Query]) -> object:
    """Of the last three days; the other endpoint goes further back."""
    return filled(ledger, rows[0])


def filled(ledger: Ledger, query: Query) -> object:
    instrument, order = text(query, "instId", ""), text(query, "ordId", "")
    books = both(known(ledger, instrument)) if instrument else ()
    fits = (
        (fill.id, told.fill(ledger, fill))
        for fill in ledger.state.fills
        if (not books or fill.symbol in books)
        and order in {"", str(fill.order)}
        and between(query, fill.time)
    )
    return window(fits, query)


def bills(ledger: Ledger, rows: list[Query]) -> object:
    """Of the last week."""
    return billed(ledger, rows[0], WINDOW)


def bills_archive(ledger: Ledger, rows: list[Query]) -> object:
    """Of the last three months."""
    return billed(ledger, rows[0], 13 * WINDOW)


def billed(ledger: Ledger, query: Query, most: int) -> object:
    balance_now, found = ZERO, []
    for _, group in groupby(
        ledger.state.incomes, key=lambda line: (line.symbol, line.trade or -line.id)
    ):
        lines = list(group)
        balance_now += sum((line.amount for line in lines), ZERO)
        found.append((lines[0], told.bill(ledger, lines, balance_now)))
    fits = (
        (number_of(line), row)
        for line, row in found
        if ledger.clock() - line.time <= most and fit(row, query) and between(query, line.time)
    )
    return window(fits, query)


def fit(row: told.Told, query: Query) -> bool:
    """What is moved is of no kind of contract; what is not asked for may be anything."""
    asked = ("type", "mgnMode", "instType", "ccy")
    return all(text(query, key, "") in {"", row[key]} for key in asked)


def number_of(line: Income) -> int:
    return line.trade or line.id
