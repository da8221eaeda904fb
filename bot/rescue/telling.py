"""What has become of the accounts, in the owner's language, for a console."""

from collections.abc import Iterator

from bot.rescue.leaving import Outcome
from core.domain.trade import Trade
from core.domain.trading import Position
from handlers.words import Translator


def lines_of(t: Translator, ended: Outcome) -> Iterator[str]:
    account = ended.account
    flat = "rescue.panic.flat" if ended.is_flat else "rescue.panic.not_flat"
    yield f"{account.name} · {account.title} · {t.of('mode', account.mode)}: {t(flat)}"
    yield from (f"  {t('rescue.panic.closed', what=trade_words(t, one))}" for one in ended.closed)
    if ended.cancelled:
        yield f"  {t('rescue.panic.cancelled', n=ended.cancelled)}"
    if ended.left:
        yield f"  {t('rescue.panic.left', what=', '.join(ended.left))}"
    if ended.trouble:
        yield f"  {t('rescue.panic.trouble', why=ended.trouble)}"
    if not ended.written:
        yield f"  {t('rescue.panic.unwritten')}"
    yield from (f"  {line}" for line in _foreign(t, ended))


def _foreign(t: Translator, ended: Outcome) -> Iterator[str]:
    if ended.foreign is None:
        yield t("rescue.panic.unseen")
    for position in ended.foreign or ():
        yield t("rescue.panic.foreign", what=position_words(t, position))


def trade_words(t: Translator, trade: Trade) -> str:
    """What was decided is named by its number; what it made only where that is known by now."""
    side = t.of("side", trade.side)
    known = not trade.remaining and trade.amount
    made = f" {trade.net:+,.2f} USDT" if known else ""
    return f"#{trade.id.upper()} {trade.symbol} {side}{made}"


def position_words(t: Translator, position: Position) -> str:
    return f"{position.symbol} {t.of('side', position.side)} {abs(position.amount):f}"
