"""Every trade of a backtest in exact figures, a line each, for a spreadsheet."""

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal

from core.domain.trade import Trade

COLUMNS = (
    *("opened", "closed", "symbol", "side", "amount", "entry", "exit", "stop", "targets"),
    *("reason", "gross", "fees", "funding", "net", "r"),
)


def trades_csv(trades: Iterable[Trade]) -> str:
    """Times are UTC, sums in quote currency; `stop` and `targets` are those of the plan.

    `net` is `gross` less `fees`, plus `funding`, to the last digit.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(_row(trade) for trade in trades)
    return out.getvalue()


def _row(trade: Trade) -> tuple[str, ...]:
    return (
        _time(trade.opened_at),
        _time(trade.closed_at),
        trade.symbol,
        trade.side.value,
        _number(trade.amount),
        _number(trade.entry_price),
        _number(trade.exit_price),
        _number(trade.plan.stop_loss),
        " ".join(_number(target.price) for target in trade.plan.targets),
        trade.exit.value if trade.exit else "",
        _number(trade.realized),
        _number(trade.fees),
        _number(trade.funding),
        _number(trade.net),
        f"{trade.r_multiple:.4f}",
    )


def _time(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat() if moment else ""


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"
