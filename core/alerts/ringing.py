"""Looks at everything that has happened since the last look, and rings for what was waited for.

What was reached while the process was down is found in the candles, with the time that they know.
An alert and its notice are written in one transaction: it rings once, whatever happens.
"""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal

from core.alerts.gauges import GAUGES, Feed
from core.alerts.ports import Alerts
from core.alerts.seeing import SeeGauges
from core.domain.alert import Alert, Crossing, Look
from core.domain.notice import Notice, NoticeKind
from core.errors import NoMarketData, UnknownSymbol

REMEMBERED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RingAlerts:
    """`_seen` is up to where each alert has looked. It may be lost: looking again finds the same."""

    account: str
    see: SeeGauges
    alerts: Alerts
    _seen: dict[str, datetime] = field(default_factory=dict)

    async def __call__(self) -> None:
        """Raises what one alert could not be looked at for, but only after all the others."""
        waiting = await self.alerts.waiting()
        wrong = []
        for alert in waiting:
            wrong += await self._try(alert)
            await asyncio.sleep(0)  # others may have a word between two alerts
        for gone in self._seen.keys() - {alert.id for alert in waiting}:
            del self._seen[gone]
        if wrong:
            raise wrong[0]

    async def _try(self, alert: Alert) -> list[Exception]:
        """A symbol that is away for a while, or for good, keeps its alerts waiting."""
        try:
            await self._look(alert)
        except (NoMarketData, UnknownSymbol):
            return []
        except (ArithmeticError, LookupError, ValueError) as error:
            return [error]
        return []

    async def _look(self, alert: Alert) -> None:
        if self._is_early(alert):
            return
        looks = await self.see.since(alert, self._seen.get(alert.id, alert.since))
        after = alert
        for look in looks:
            found = after.sees(look)
            if isinstance(found, Crossing):
                await self._ring(alert, found, await self._stands(alert, looks))
                return
            after = found
        await self._remember(alert, after, looks)

    async def _stands(self, alert: Alert, looks: tuple[Look, ...]) -> Decimal:
        """What was seen may be long ago; a price is asked for anew."""
        if GAUGES[alert.gauge].feed is not Feed.TAPE:
            return looks[-1].last
        return await self.see.now(alert.symbol, alert.gauge, alert.timeframe)

    def _is_early(self, alert: Alert) -> bool:
        """No candle of its timeframe has closed since the last look."""
        if GAUGES[alert.gauge].feed is not Feed.CANDLES or alert.id not in self._seen:
            return False
        return self._seen[alert.id] >= alert.timeframe.floor(self.see.clock.now())

    async def _remember(self, alert: Alert, after: Alert, looks: tuple[Look, ...]) -> None:
        """Written down when it is armed, and once a day so that a restart has little to read."""
        closed = [look.end for look in looks if _is_closed(alert, look)]
        seen = self._seen[alert.id] = max([self._seen.get(alert.id, alert.since), *closed])
        if after.since < seen - REMEMBERED:
            after = replace(after, since=seen)
        if after != alert:
            await self.alerts.change(after)

    async def _ring(self, alert: Alert, crossing: Crossing, last: Decimal) -> None:
        now = self.see.clock.now()
        numbers = {
            "symbol": alert.symbol,
            "gauge": alert.gauge,
            "way": alert.way.value,
            "level": alert.level,
            "timeframe": alert.timeframe.value,
            "start": crossing.start,
            "end": crossing.end,
            "value": crossing.value,
            "now": last,
        }
        notice = Notice(self.account, NoticeKind.ALERT, now, alert.id, numbers)
        await self.alerts.ring(replace(alert, fired_at=now), notice)


def _is_closed(alert: Alert, look: Look) -> bool:
    """A quote is a moment, and the bar around it is still to come."""
    return GAUGES[alert.gauge].feed is not Feed.TAPE or look.end > look.start
