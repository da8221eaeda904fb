"""What a venue shows against what the desk believes, symbol by symbol. Pure; the venue is right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.domain.trade import Trade, TradeStatus
from core.domain.trading import Account, Position

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Holding:
    """One symbol: the desk's open trade, if it has one, and the venue's position, if there is one."""

    symbol: str
    trade: Trade | None
    position: Position | None

    @property
    def shown(self) -> Decimal:
        """The venue's amount on the trade's side; negative where the position is the other way."""
        amount = self.position.amount if self.position else NOTHING
        return amount * self.trade.side.sign if self.trade else amount

    @property
    def known(self) -> Decimal:
        """The desk's own part and what somebody has added to it."""
        return self.trade.remaining + self.trade.beside if self.trade else NOTHING

    @property
    def more(self) -> Decimal:
        """What was added on the trade's side without the desk's knowing."""
        return max(NOTHING, self.shown - self.known) if self.trade else NOTHING

    @property
    def gone(self) -> Decimal:
        """What of the trade's side is not there any more."""
        return max(NOTHING, self.known - max(NOTHING, self.shown))

    @property
    def strange(self) -> Position | None:
        """A position that no trade of the desk's explains."""
        is_strange = self.position and (self.trade is None or self.shown < 0)
        return self.position if is_strange else None


def compared(account: Account, live: Sequence[Trade]) -> Iterator[Holding]:
    """Symbols with an entry under way are left out: what belongs to whom is not settled there."""
    moving = {trade.symbol for trade in live if trade.status is TradeStatus.OPENING}
    trades = {trade.symbol: trade for trade in live if trade.status is TradeStatus.OPEN}
    shown = {position.symbol: position for position in account.positions if position.amount}
    for symbol in sorted({*trades, *shown} - moving):
        yield Holding(symbol, trades.get(symbol), shown.get(symbol))
