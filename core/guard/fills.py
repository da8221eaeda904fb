"""Were our orders filled at prices that a market could have had then?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from core.domain.intent import Intent
from core.domain.people import AccountSettings
from core.domain.restraint import Cause, Reason
from core.domain.trading import Cause as Origin
from core.domain.trading import Fill
from core.errors import NoMarketData, UnknownSymbol
from core.guard.anomalies import far_from, slipped
from core.guard.words import share
from core.ports import Clock, Ledger, MarketData, Quotes, Tape

LOOKS_BACK = timedelta(hours=1)
AS_GOOD_AS_NOW = timedelta(seconds=10)

Marks = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class WatchFills:
    """Each fill of ours is judged once, as soon as it is known what the mark was at its time."""

    account: str
    clock: Clock
    ledger: Ledger
    quotes: Quotes
    tape: Tape
    market: MarketData
    judged: set[int] = field(default_factory=set)

    async def __call__(self, settings: AccountSettings) -> tuple[Cause, ...]:
        now = self.clock.now()
        start = max(now - LOOKS_BACK, settings.released_at or now - LOOKS_BACK)
        booked = await self.ledger.booked(self.account, start)
        self.judged.intersection_update({one.activity.seq for one in booked})
        found: list[Cause] = []
        for one in booked:
            fill = one.activity
            if isinstance(fill, Fill) and one.trade_id and fill.seq not in self.judged:
                found += await self._judge(fill, one.trade_id)
        return tuple(found)

    async def _judge(self, fill: Fill, trade_id: str) -> list[Cause]:
        """A liquidation has a price of its own making; a mark that is not known yet is waited for."""
        marks = await self._marks(fill)
        if fill.cause is Origin.LIQUIDATION or not marks:
            return []
        self.judged.add(fill.seq)
        sent = await self.ledger.trade_intents(trade_id)
        own = next((one for one in sent if one.id == fill.client_order_id), None)
        return list(self._found(fill, own, marks))

    def _found(self, fill: Fill, own: Intent | None, marks: Marks) -> Iterator[Cause]:
        instrument, now = self.market.instrument(fill.symbol), self.clock.now()
        if own and (worse := slipped(fill, own.order, instrument)):
            yield Cause(Reason.SLIPPAGE, now, share(fill.symbol, worse))
        if far := far_from(fill.price, *marks, instrument):
            yield Cause(Reason.FAR_FILL, now, share(fill.symbol, far))

    async def _marks(self, fill: Fill) -> Marks | None:
        """The mark's range in the candle of the fill, or the mark now for what has just happened."""
        try:
            after = fill.time - timedelta(microseconds=1)
            for bar in await self.tape.bars(fill.symbol, after, self.clock.now()):
                if bar.candle.open_time <= fill.time <= bar.close_time:
                    return bar.mark.low, bar.mark.high
            quote = await self.quotes.quote(fill.symbol)
        except (NoMarketData, UnknownSymbol):
            return None
        if abs(quote.time - fill.time) > AS_GOOD_AS_NOW or quote.elsewhere:
            return None
        return quote.mark, quote.mark
