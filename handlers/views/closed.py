"""A trade that is over: how it ended, whether that was the plan, what is left of the month."""

from decimal import Decimal

from core.domain.trade import Exit, Trade
from core.reading import StatusFacts
from handlers.views import numbers
from handlers.views.phrases import coin, heading
from handlers.views.position import closed_line
from handlers.words import Reader


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
