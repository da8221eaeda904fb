"""A person sets alerts, sees them and takes them back; everybody only their own."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from core.alerts.ports import Alerts
from core.alerts.seeing import SeeGauges
from core.domain.alert import Alert, Way
from core.domain.market import Timeframe
from core.domain.people import Person
from core.errors import NoMarketData, NotFound, TooManyAlerts, UnknownSymbol

MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody typed. Without a way it is the side on which the value is not now; `crossing`
    waits for the next time, even where it is true already.
    """

    symbol: str
    gauge: str
    way: Way | None
    level: Decimal
    timeframe: Timeframe
    crossing: bool = False


@dataclass(frozen=True, slots=True)
class TrueAlready:
    """Nothing was set: it is so now. `wish` would wait for the next time."""

    wish: Wish
    value: Decimal


@dataclass(frozen=True, slots=True)
class Shown:
    """An alert and how its gauge stands; None while nothing is known."""

    alert: Alert
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class KeepAlerts:
    see: SeeGauges
    alerts: Alerts
    new_id: Callable[[], str]

    async def set(self, by: Person, wish: Wish) -> Shown | TrueAlready:
        """Raises UnknownSymbol, NoMarketData, TooManyAlerts."""
        value = await self.see.now(wish.symbol, wish.gauge, wish.timeframe)
        way = wish.way or (Way.ABOVE if value < wish.level else Way.BELOW)
        is_so = way.holds(value, wish.level)
        if is_so and not wish.crossing:
            return TrueAlready(replace(wish, way=way, crossing=True), value)
        return Shown(await self._kept(self._alert(by, wish, way, is_so=is_so)), value)

    def _alert(self, by: Person, wish: Wish, way: Way, *, is_so: bool) -> Alert:
        now = self.see.clock.now()
        return Alert(
            id=self.new_id(),
            person=by.id,
            symbol=wish.symbol,
            gauge=wish.gauge,
            way=way,
            level=wish.level,
            timeframe=wish.timeframe,
            created_at=now,
            since=now,
            armed=not is_so,
        )

    async def _kept(self, alert: Alert) -> Alert:
        """The same wish a second time, as by a double tap, is one alert."""
        for known in await self.alerts.waiting(alert.person):
            if _wished(known) == _wished(alert):
                return known
        if not await self.alerts.add(alert, MOST):
            raise TooManyAlerts(most=MOST)
        return alert

    async def mine(self, person: Person) -> tuple[Shown, ...]:
        """Those that have not rung, oldest first."""
        waiting = await self.alerts.waiting(person.id)
        return tuple([Shown(alert, await self._value(alert)) for alert in waiting])

    async def drop(self, by: Person, alert_id: str) -> None:
        """Raises NotFound for one that has rung, is gone, or is another person's."""
        if not await self.alerts.drop(alert_id, by.id):
            raise NotFound(alert=alert_id)

    async def _value(self, alert: Alert) -> Decimal | None:
        try:
            return await self.see.now(alert.symbol, alert.gauge, alert.timeframe)
        except (NoMarketData, UnknownSymbol):
            return None


def _wished(alert: Alert) -> tuple[object, ...]:
    return alert.symbol, alert.gauge, alert.way, alert.level, alert.timeframe
