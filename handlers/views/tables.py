"""Rows behind the reports: past trades, orders in the market, the balance, a spreadsheet."""

import csv
import io
from collections.abc import Sequence

from core.domain.market import Origin
from core.domain.trade import Trade
from core.domain.trading import Account, OrderState
from handlers.views import numbers
from handlers.views.phrases import QUOTE, coin, direction, heading
from handlers.views.view import View
from handlers.words import Reader


def trades_view(reader: Reader, trades: Sequence[Trade], origin: Origin, rows: int) -> View:
    """The last trades that are over, newest first."""
    t, shown = reader.t, list(reversed(trades))[:rows]
    if not shown:
        return View(t("history.none"))
    lines = [
        heading(reader, origin),
        f"<b>{t('history.title', n=len(shown), total=len(trades))}</b>",
    ]
    lines.append(numbers.columns([_trade_row(reader, trade) for trade in shown]))
    return View("\n".join(lines))


def _trade_row(reader: Reader, trade: Trade) -> numbers.Row:
    closed = reader.local(trade.closed_at).strftime("%m-%d") if trade.closed_at else ""
    exit_ = reader.t.of("exit", trade.exit) if trade.exit else ""
    name = f"{coin(trade.symbol)} {direction(reader, trade.side)[:1]} {exit_}"
    return closed, numbers.signed(trade.net), name


def trades_csv(trades: Sequence[Trade]) -> bytes:
    """Every closed trade in exact figures, for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        [
            "id",
            "symbol",
            "side",
            "amount",
            "entry",
            "exit",
            "opened",
            "closed",
            "reason",
            "realized",
            "fees",
            "funding",
            "net",
            "r",
        ]
    )
    for trade in trades:
        writer.writerow(_csv_row(trade))
    return ("\ufeff" + out.getvalue()).encode()


def _csv_row(trade: Trade) -> list[str]:
    values = (trade.amount, trade.entry_price, trade.exit_price)
    money = (trade.realized, trade.fees, trade.funding, trade.net, trade.r_multiple)
    times = (trade.opened_at, trade.closed_at)
    return [
        trade.id,
        trade.symbol,
        trade.side.value,
        *("" if value is None else f"{value:f}" for value in values),
        *("" if time is None else time.isoformat() for time in times),
        trade.exit.value if trade.exit else "",
        *(f"{value:f}" for value in money),
    ]


def balance_view(reader: Reader, account: Account, origin: Origin) -> View:
    t, used = reader.t, account.wallet - account.free_margin
    rows = [
        (numbers.full(account.equity), "", t("balance.equity")),
        (numbers.full(account.wallet), "", t("balance.wallet")),
        (numbers.full(used), "", t("balance.margin")),
        (numbers.full(account.free_margin), "", t("balance.free")),
        (numbers.cents(account.equity - account.wallet), "", t("balance.open")),
    ]
    won = reader.won(account.equity)
    first = f"{numbers.full(account.equity)} {QUOTE}" + (
        reader.t("about", amount=won) if won else ""
    )
    return View("\n".join([heading(reader, origin), f"<b>{first}</b>", numbers.columns(rows)]))


def orders_view(reader: Reader, orders: Sequence[OrderState], origin: Origin) -> View:
    t = reader.t
    if not orders:
        return View(t("orders.none"))
    rows = [_order_row(reader, state) for state in orders]
    lines = [
        heading(reader, origin),
        f"<b>{t('orders.title', n=len(orders))}</b>",
        numbers.columns(rows),
    ]
    return View("\n".join(lines))


def _order_row(reader: Reader, state: OrderState) -> numbers.Row:
    order = state.order
    level = order.stop_price or order.price
    price = numbers.amount(level) if level else reader.t("orders.market")
    word = f"{coin(order.symbol)} {reader.t.of('order', order.type)}"
    return price, numbers.amount(order.amount - state.filled), word
