"""Where a venue has no stops, the desk watches the price itself."""

from dataclasses import dataclass
from decimal import Decimal

from core.domain.trade import Trade
from core.errors import BrokerUnavailable, NoMarketData, UnknownSymbol
from core.ports import Broker, Quotes


@dataclass(frozen=True, slots=True)
class WatchPrice:
    """Has the price reached a trade's stop? None when nobody says what the price is."""

    broker: Broker
    quotes: Quotes | None

    async def __call__(self, trade: Trade) -> bool | None:
        price = await self._price(trade.symbol)
        return None if price is None else (price - trade.stop) * trade.side.sign <= 0

    async def _price(self, symbol: str) -> Decimal | None:
        """The market's; where it is silent, the mark at which the venue values the position."""
        if self.quotes is not None:
            try:
                return (await self.quotes.quote(symbol)).last
            except (NoMarketData, UnknownSymbol):
                pass
        try:
            position = (await self.broker.account()).position(symbol)
        except BrokerUnavailable:
            return None
        return position.mark_price if position else None
