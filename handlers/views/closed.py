"""A trade that is over: how it ended, whether that was the plan, what is left of the month."""

from collections.abc import Iterator
from decimal import Decimal

from core.domain.trade import Exit, Trade
from core.reading import StatusFacts
from handlers.views import numbers
from handlers.views.phrases import coin
from handlers.views.position import closed_line
from handlers.words import Reader


def closed_text(reader: Reader, trade: Trade, status: StatusFacts | None, quote: str) -> str:
    """What a person reads when a trade is over; without a status the budget is left out."""
    lines = [closed_line(reader, trade, quote)]
    if trade.exit is Exit.STOP:
        lines.append(_against_plan(reader, trade, quote))
    if status is not None:
        lines += _from_here_on(reader, trade, status)
    return "\n".join(lines)


def _against_plan(reader: Reader, trade: Trade, quote: str) -> str:
    """A stop may slip; what it cost beyond the plan is said."""
    beyond = -trade.net - trade.plan.risk
    if beyond <= 0:
        return reader.t("closed.in_plan")
    return reader.t("closed.slipped", lost=numbers.money(beyond), quote=quote)


def _from_here_on(reader: Reader, trade: Trade, status: StatusFacts) -> Iterator[str]:
    equity = status.account.equity
    left = status.standing.month_left(status.settings.limits)
    if equity > 0:
        yield reader.t("closed.month", left=numbers.percent(max(left, Decimal(0)) / equity))
    until = status.standing.rests_until.get(trade.symbol)
    if until and until > status.now:
        yield reader.t("closed.rests", coin=coin(trade.symbol), until=reader.clock(until))
