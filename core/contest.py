"""Is the committee worth its models? Against its own rules alone, and against doing nothing."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np

from core.domain.market import Timeframe
from core.domain.model import Call
from core.domain.trade import Kind, Trade
from core.ports import Clock, Ledger, MarketData, Purse
from core.risk.rests import barometer

SPAN = timedelta(days=30)
FEWEST_DAYS = 10
TWO_SIDED = 1.96


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """Thirty days, as fractions of equity: both arms after fees and funding, `cost` what models
    took, `hold` the `held` symbol kept since the arms began (None where its past is not known).
    """

    committee: Decimal
    rules: Decimal
    cost: Decimal
    hold: float | None
    held: str
    trades: tuple[int, int]
    differ: bool

    @property
    def net(self) -> Decimal:
        """The committee's, after its models were paid."""
        return self.committee - self.cost


@dataclass(frozen=True, slots=True)
class ReadContest:
    """Read both arms and what models cost out of the ledger."""

    account: str
    clock: Clock
    ledger: Ledger
    market: MarketData
    purse: Purse

    async def __call__(self, equity: Decimal) -> Contest | None:
        """None where no arm has ever traded and no model was ever paid."""
        now = self.clock.now()
        start = now - SPAN
        ours = await self.ledger.closed_trades(self.account, start, now, Kind.COMMITTEE)
        rules = await self.ledger.closed_trades(self.account, start, now, Kind.RULES)
        calls = await self.purse.calls(start, now)
        paid = sum((call.cost for call in calls), Decimal(0))
        if not (ours or rules or paid) or equity <= 0:
            return None
        settings = await self.ledger.settings(self.account)
        symbol = barometer(settings.symbols)
        return Contest(
            committee=_net(ours) / equity,
            rules=_net(rules) / equity,
            cost=paid / equity,
            hold=await self._hold(
                symbol, begun(start, calls, (*ours, *rules)), settings.timeframe
            ),
            held=symbol,
            trades=(len(ours), len(rules)),
            differ=differ(ours, rules),
        )

    async def _hold(self, symbol: str, start: datetime, timeframe: Timeframe) -> float | None:
        seen = await self.market.snapshots((symbol,), timeframe)
        if not seen:
            return None
        frame = seen[0].frame
        before = frame.closed_by(start)
        return float(frame.close[-1] / frame.close[before - 1] - 1) if before else None


def begun(start: datetime, calls: Sequence[Call], trades: Sequence[Trade]) -> datetime:
    """Holding is measured over no longer a time than the arms have lived."""
    opened = [trade.opened_at for trade in trades if trade.opened_at]
    return max(start, min([*opened, *(call.at for call in calls)], default=start))


def differ(ours: Sequence[Trade], others: Sequence[Trade]) -> bool:
    """Could chance alone explain the difference of the daily results? Paired, two-sided 5 %."""
    days: dict[int, float] = defaultdict(float)
    for sign, trades in ((1, ours), (-1, others)):
        for trade in trades:
            if trade.closed_at:
                days[trade.closed_at.toordinal()] += sign * float(trade.net)
    gaps = np.array(list(days.values()))
    if len(gaps) < FEWEST_DAYS or not (spread := float(np.std(gaps, ddof=1))):
        return False
    return abs(float(np.mean(gaps))) > TWO_SIDED * spread / math.sqrt(len(gaps))


def _net(trades: Sequence[Trade]) -> Decimal:
    return sum((trade.net for trade in trades), Decimal(0))
