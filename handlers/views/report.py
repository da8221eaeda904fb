"""Reports: what a stretch of time has brought, the tables behind it, balances and history."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.contest import Contest
from core.domain.proposal import ProposalStatus
from core.domain.trade import Exit
from core.reading import StatusFacts
from core.reports import Report
from core.risk import Period
from handlers.views import numbers
from handlers.views.charts import equity_picture, span
from handlers.views.events import resting
from handlers.views.phrases import QUOTE, heading
from handlers.views.view import Key, Keyboard, Verb, View
from handlers.words import Reader


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
        change=numbers.cents(money.change),
        trading=numbers.cents(money.trading),
        fees=numbers.cents(-money.fees),
        funding=numbers.cents(money.funding),
    )
    yield _closed(reader, report)
    yield t("report.open", positions=report.open_positions, orders=report.open_orders)
    left = max(status.standing.month_left(status.settings.limits), Decimal(0))
    share = numbers.percent(left / status.account.equity) if status.account.equity else ""
    yield t("report.left", left=numbers.money(left), percent=share, quote=QUOTE)
    yield _proposals(reader, report)
    yield from _contest(reader, report.contest)
    yield from _figures(reader, report)
    if status.accuracy is not None:
        share = numbers.percent(Decimal(str(round(status.accuracy, 4))))
        yield t("market.accuracy", share=share)
    yield from (resting(reader, event, status.now) for event in status.events)


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


def _contest(reader: Reader, contest: Contest | None) -> Iterator[str]:
    """Whether the models are worth what they cost."""
    if contest is None:
        return
    t, percent = reader.t, numbers.signed_percent
    hold = ""
    if contest.hold is not None:
        coin = contest.held.partition("/")[0]
        hold = t("report.hold", coin=coin, hold=percent(Decimal(str(contest.hold))))
    verdict = t("report.differ" if contest.differ else "report.alike")
    yield t(
        "report.contest",
        committee=percent(contest.net),
        cost=numbers.percent(contest.cost),
        rules=percent(contest.rules),
        hold=hold,
        verdict=verdict,
    )


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
