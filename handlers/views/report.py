"""Reports: what a stretch of time has brought, the tables behind it, balances and history."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.domain.market import Origin
from core.domain.proposal import ProposalStatus
from core.domain.trade import Exit, Trade
from core.domain.trading import Account, OrderState
from core.reading import StatusFacts
from core.reports import Report
from core.risk import Period
from handlers.views import numbers
from handlers.views.charts import equity_picture, span
from handlers.views.phrases import coin, direction, heading
from handlers.views.position import closed_line
from handlers.views.view import Key, Keyboard, Verb, View
from handlers.words import Reader

QUOTE = "USDT"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which report this is: the key of its name, and the words that ask for it again."""

    name: str
    words: str


def report_view(reader: Reader, report: Report, status: StatusFacts, asked: Asked) -> View:
    """The first line says what matters; ten numbered lines say the rest."""
    lines = [
        heading(reader, status.origin),
        f"<b>{_first(reader, report, status, asked.name)}</b>",
    ]
    lines += [f"{number} {line}" for number, line in enumerate(_lines(reader, report, status), 1)]
    picture = equity_picture(reader, report, reader.t("chart.equity"), status.origin)
    return View("\n".join(lines), _keyboard(reader, asked.words), picture)


def _first(reader: Reader, report: Report, status: StatusFacts, name: str) -> str:
    start = status.standing.started[Period.MONTH]
    change = (status.account.equity - start) / start if start else Decimal(0)
    return reader.t(
        "report.title",
        name=reader.t(name),
        span=span(reader, report.start, report.end),
        change=numbers.signed_percent(report.money.fraction),
        month=numbers.signed_percent(change),
        limit=numbers.signed_percent(-status.settings.limits.month_loss),
    )


def _lines(reader: Reader, report: Report, status: StatusFacts) -> Iterator[str]:
    t, money = reader.t, report.money
    yield t(
        "report.equity", equity=numbers.full(money.end), quote=QUOTE, won=_won(reader, money.end)
    )
    yield t(
        "report.money",
        change=_cents(money.change),
        trading=_cents(money.trading),
        fees=_cents(-money.fees),
        funding=_cents(money.funding),
    )
    yield _closed(reader, report)
    yield t("report.open", positions=report.open_positions, orders=report.open_orders)
    left = status.standing.month_left(status.settings.limits)
    share = numbers.percent(left / status.account.equity) if status.account.equity else ""
    yield t("report.left", left=numbers.money(max(left, Decimal(0))), percent=share, quote=QUOTE)
    yield _proposals(reader, report)
    yield from _figures(reader, report)


def _cents(value: Decimal) -> str:
    """Sums that must add up are shown to the cent."""
    text = f"{value:+,.2f}"
    return text if any(figure in text for figure in "123456789") else text.lstrip("+-")


def _won(reader: Reader, amount: Decimal) -> str:
    won = reader.won(amount)
    return reader.t("report.won", won=won, rate=f"{reader.krw:,.0f}") if won else ""


def _closed(reader: Reader, report: Report) -> str:
    t = reader.t
    if not report.closed:
        return t("report.none_closed")
    exits = ", ".join(f"{t.of('exit', exit_)} {n}" for exit_, n in _by_count(report.exits))
    total = numbers.in_r(report.tally.total_r)
    return t("report.closed", n=report.tally.trades, exits=exits, total=total)


def _by_count(exits: Mapping[Exit, int]) -> list[tuple[Exit, int]]:
    return sorted(exits.items(), key=lambda item: -item[1])


def _proposals(reader: Reader, report: Report) -> str:
    t, answers = reader.t, report.answers
    made = sum(n for status, n in answers.items() if status is not ProposalStatus.REPLACED)
    parts = [
        t(
            "report.answer",
            answer=t.of("answer", status),
            n=answers[status],
            **_shadow(report, status),
        )
        for status in ProposalStatus
        if answers.get(status) and status is not ProposalStatus.REPLACED
    ]
    return t("report.proposals", n=made, parts=" · ".join(parts) or "-")


def _shadow(report: Report, status: ProposalStatus) -> dict[str, str]:
    made = report.shadows.get(status)
    return {"shadow": f" ({numbers.in_r(made)})" if made is not None else ""}


def _figures(reader: Reader, report: Report) -> Iterator[str]:
    t, tally = reader.t, report.tally
    depth = report.curve.drawdown.depth
    yield t("report.drawdown", percent=f"{abs(depth) * 100:.2f}%")
    if tally.win_rate is None or tally.expectancy is None:
        return
    factor = numbers.ratio(tally.profit_factor) if tally.profit_factor is not None else "-"
    yield t(
        "report.quality",
        wins=numbers.percent(tally.win_rate, 0),
        factor=factor,
        expectancy=numbers.in_r(tally.expectancy),
    )
    if report.curve.sharpe is not None and report.curve.sortino is not None:
        yield t(
            "report.ratios",
            sharpe=f"{report.curve.sharpe:.2f}",
            sortino=f"{report.curve.sortino:.2f}",
        )


def _keyboard(reader: Reader, words: str) -> Keyboard:
    t = reader.t
    others = tuple(
        Key(t(f"span.{other}"), Verb.REPORT, argument=other)
        for other in ("day", "week", "month", "all")
    )
    tables = (
        Key(t("button.trades"), Verb.TRADES, argument=words),
        Key("CSV", Verb.CSV, argument=words),
    )
    return (others, tables)


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
        (_cents(account.equity - account.wallet), "", t("balance.open")),
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


def closed_text(reader: Reader, trade: Trade, status: StatusFacts, quote: str) -> str:
    """What a person reads when a trade is over."""
    left = status.standing.month_left(status.settings.limits)
    lines = [heading(reader, status.origin, trade.id), closed_line(reader, trade, quote)]
    if trade.exit is Exit.STOP:
        slipped = _slipped(trade)
        if slipped > 0 and trade.exit_price is not None:
            lines.append(reader.t("closed.slipped", lost=numbers.money(slipped), quote=quote))
        lines.append(reader.t("closed.in_plan"))
    share = numbers.percent(left / status.account.equity) if status.account.equity else ""
    lines.append(reader.t("closed.month", left=share))
    until = status.standing.rests_until.get(trade.symbol)
    if until and until > status.now:
        lines.append(reader.t("closed.rests", coin=coin(trade.symbol), until=reader.clock(until)))
    return "\n".join(lines)


def _slipped(trade: Trade) -> Decimal:
    """What was lost beyond the planned risk."""
    return -trade.net - trade.plan.risk
