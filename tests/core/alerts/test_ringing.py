"""From a wish to a ring: on prices, on candles, and on what happened while nobody looked."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest

from core.alerts.ringing import RingAlerts
from core.alerts.seeing import SeeGauges
from core.alerts.setting import MOST, KeepAlerts, Shown, TrueAlready, Wish
from core.domain.alert import Way
from core.domain.market import Timeframe
from core.errors import NoMarketData, NotFound, TooManyAlerts
from tests.builders import ACCOUNT, NOON, PERSON, SYMBOL, person
from tests.fakes import FakeClock, FakeMarket, frame

HOUR = timedelta(hours=1)
OTHER = person(id=7, chat=7)


@dataclass
class MemoryAlerts:
    """`Alerts` in a dictionary; `bell` is what would be in the outbox."""

    kept: dict = field(default_factory=dict)
    bell: list = field(default_factory=list)

    async def add(self, alert, most):
        if len(await self.waiting(alert.person)) >= most:
            return False
        self.kept[alert.id] = alert
        return True

    async def waiting(self, person=None):
        return tuple(
            alert
            for alert in self.kept.values()
            if alert.fired_at is None and person in {None, alert.person}
        )

    async def change(self, alert):
        self.kept[alert.id] = alert

    async def ring(self, alert, notice):
        self.kept[alert.id] = alert
        self.bell.append(notice)
        return True

    async def drop(self, alert_id, person):
        found = self.kept.get(alert_id)
        return found is not None and found.person == person and bool(self.kept.pop(alert_id))


class Belfry:
    """A market of hours around NOON, a person who wishes, and a bell."""

    def __init__(self, closes, ahead):
        whole = frame(closes, end=NOON + HOUR * ahead)
        self.clock = FakeClock()
        self.market = FakeMarket(self.clock, {SYMBOL: whole})
        self.alerts, self.numbers = MemoryAlerts(), iter(range(1000))
        self.see = SeeGauges(self.clock, self.market, self.market, self.market)
        self.keep = KeepAlerts(self.see, self.alerts, lambda: f"a{next(self.numbers)}")
        self.starts_again()

    def starts_again(self):
        self.ring = RingAlerts(ACCOUNT, self.see, self.alerts)

    async def wishes(self, level, way=Way.ABOVE, gauge="price", by=PERSON, **changes):
        wish = Wish(
            symbol=SYMBOL, gauge=gauge, way=way, level=Decimal(level), timeframe=Timeframe.H1
        )
        return await self.keep.set(by, replace(wish, **changes))

    @property
    def rung(self):
        return [notice.numbers for notice in self.alerts.bell]


@pytest.fixture
def belfry():
    """It stands at 100, climbs to 110 within five hours, and falls back to 100."""
    before = np.full(300, 100.0)
    return Belfry([*before, 102, 104, 106, 108, 110, 108, 106, 104, 102, 100], 10)


async def test_nothing_rings_before_the_level_is_reached(belfry):
    await belfry.wishes(105)
    for _ in range(2):
        belfry.clock.advance(hours=1)
        await belfry.ring()
    assert belfry.rung == []


async def test_a_price_between_two_candles_rings_within_seconds_and_once(belfry):
    await belfry.wishes(105)
    belfry.clock.advance(minutes=20)
    belfry.market.says(SYMBOL, 105)
    for _ in range(3):
        await belfry.ring()
        belfry.clock.advance(seconds=5)
    (said,) = belfry.rung
    moment = NOON + timedelta(minutes=20)
    assert (said["start"], said["end"], said["value"]) == (moment, moment, Decimal(105))


async def test_what_was_reached_while_nobody_looked_is_told_with_its_own_time(belfry):
    await belfry.wishes(105)
    belfry.starts_again()
    belfry.clock.advance(hours=9)
    await belfry.ring()
    (said,) = belfry.rung
    assert (said["start"], said["end"]) == (NOON + 2 * HOUR, NOON + 3 * HOUR)
    assert (said["value"], said["now"]) == (Decimal(106), Decimal(102))
    assert belfry.alerts.bell[0].at == NOON + 9 * HOUR


async def test_a_restart_at_any_hour_changes_nothing(belfry):
    await belfry.wishes(109)
    for _ in range(8):
        belfry.clock.advance(hours=1)
        belfry.starts_again()
        await belfry.ring()
    (said,) = belfry.rung
    assert said["end"] == NOON + 5 * HOUR


async def test_an_indicator_rings_at_the_close_of_its_candle():
    belfry = Belfry([*np.resize([100.0, 100.1], 300), 102, 104, 106], 3)
    done = await belfry.wishes(70, gauge="rsi")
    assert isinstance(done, Shown)
    belfry.clock.advance(hours=3)
    await belfry.ring()
    (said,) = belfry.rung
    assert said["start"] == said["end"]
    assert NOON < said["end"] <= NOON + 3 * HOUR
    assert said["value"] >= 70


async def test_two_lines_that_are_crossed_already_wait_for_the_next_time(belfry):
    belfry.clock.advance(hours=5)
    done = await belfry.wishes(0, gauge="macd", crossing=True)
    assert not done.alert.armed
    belfry.clock.advance(hours=5)
    await belfry.ring()
    assert belfry.rung == []


async def test_what_is_true_already_is_not_set(belfry):
    done = await belfry.wishes(99)
    assert isinstance(done, TrueAlready)
    assert done.value == 100
    assert belfry.alerts.kept == {}


async def test_a_level_without_a_way_is_reached_from_where_the_price_is(belfry):
    assert (await belfry.wishes(120, way=None)).alert.way is Way.ABOVE
    assert (await belfry.wishes(90, way=None)).alert.way is Way.BELOW


async def test_the_same_wish_twice_is_one_alert(belfry):
    first = await belfry.wishes(105)
    assert await belfry.wishes(105) == first
    assert len(belfry.alerts.kept) == 1


async def test_a_person_may_have_fifty(belfry):
    for level in range(MOST):
        await belfry.wishes(200 + level)
    with pytest.raises(TooManyAlerts):
        await belfry.wishes(300)
    await belfry.wishes(300, by=OTHER)


async def test_everybody_sees_and_drops_only_their_own(belfry):
    mine = (await belfry.wishes(105)).alert
    assert await belfry.keep.mine(OTHER) == ()
    with pytest.raises(NotFound):
        await belfry.keep.drop(OTHER, mine.id)
    await belfry.keep.drop(PERSON, mine.id)
    assert await belfry.keep.mine(PERSON) == ()


async def test_a_symbol_that_is_gone_keeps_its_alerts_and_does_not_silence_others(belfry):
    await belfry.wishes(105)
    gone = (await belfry.wishes(106)).alert
    belfry.alerts.kept[gone.id] = replace(gone, symbol="GONE/USDT:USDT")
    belfry.clock.advance(hours=5)
    await belfry.ring()
    assert [said["level"] for said in belfry.rung] == [Decimal(105)]
    assert [shown.value for shown in await belfry.keep.mine(PERSON)] == [None]


async def test_an_indicator_without_enough_candles_cannot_be_waited_for():
    young = Belfry([100.0, 101.0], 1)
    with pytest.raises(NoMarketData):
        await young.wishes(30, gauge="rsi")


async def test_what_has_been_looked_through_is_remembered_once_a_day(belfry):
    long = Belfry(np.full(400, 100.0), 60)
    await long.wishes(105)
    for _ in range(60):
        long.clock.advance(hours=1)
        await long.ring()
    (alert,) = long.alerts.kept.values()
    assert NOON + 24 * HOUR < alert.since <= NOON + 60 * HOUR
    assert long.rung == []
