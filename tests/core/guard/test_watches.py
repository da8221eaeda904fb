"""Losses, refusals, two words for one price, clock and disk."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from core.domain.intent import IntentStatus
from core.domain.market import Quote
from core.domain.restraint import Cause, Reason
from core.domain.trading import Account
from core.errors import NoMarketData
from core.guard.anomalies import FREE_DISK
from core.guard.entering import Barred
from core.guard.watches import (
    WatchClock,
    WatchDisk,
    WatchLosses,
    WatchPrices,
    WatchRejects,
    period_ends,
)
from core.losses import Losses
from core.risk import Period
from tests.builders import ACCOUNT, NOON, SYMBOL, equity_mark, intent, order, settings
from tests.core.guard.entries import RICH, position
from tests.core.guard.fakes import FakeDisk, FakeJumps, FakeSent, FakeTransfers
from tests.fakes import FakeBroker, FakeClock, FakeMarket, MemoryLedger, frame

SETTINGS = settings()


class TestLosses:
    def watch(self, equity, *marks):
        money = Decimal(equity)
        losses = Losses(account=ACCOUNT, ledger=MemoryLedger(*marks))
        return WatchLosses(FakeClock(), FakeBroker(Account(money, money, money)), losses)

    async def test_an_account_that_has_lost_less_is_left_alone(self):
        watch = self.watch("9900.01", equity_mark(NOON - timedelta(days=40)))
        assert await watch(SETTINGS) == ()

    async def test_a_day_that_has_lost_its_share_rests_until_midnight(self):
        watch = self.watch(9_900, equity_mark(NOON - timedelta(days=1)))
        tomorrow = datetime(2024, 1, 2, tzinfo=UTC)
        assert await watch(SETTINGS) == (Cause(Reason.DAY_LOSS, NOON, "1.00%", tomorrow),)

    async def test_a_month_that_has_lost_its_share_rests_until_it_is_over(self):
        watch = self.watch(9_800, equity_mark(NOON - timedelta(days=1)))
        reasons = {cause.reason: cause.until for cause in await watch(SETTINGS)}
        assert reasons == {
            Reason.DAY_LOSS: datetime(2024, 1, 2, tzinfo=UTC),
            Reason.WEEK_LOSS: datetime(2024, 1, 8, tzinfo=UTC),
            Reason.MONTH_LOSS: datetime(2024, 2, 1, tzinfo=UTC),
        }

    async def test_without_a_mark_nothing_is_known_to_be_lost(self):
        assert await self.watch(1)(SETTINGS) == ()

    async def test_a_loss_that_may_be_a_withdrawal_has_to_last(self):
        watch = self.watch(9_900, equity_mark(NOON - timedelta(days=1)))
        slow = FakeTransfers(lag=timedelta(minutes=1))
        watch = replace(watch, losses=replace(watch.losses, transfers=slow))
        assert await watch(SETTINGS) == ()
        watch.clock.advance(seconds=59)
        assert await watch(SETTINGS) == ()
        watch.clock.advance(seconds=1)
        assert [cause.reason for cause in await watch(SETTINGS)] == [Reason.DAY_LOSS]

    async def test_a_withdrawal_that_is_told_in_time_was_no_loss(self):
        watch = self.watch(9_900, equity_mark(NOON - timedelta(days=1)))
        slow = FakeTransfers(lag=timedelta(minutes=1))
        watch = replace(watch, losses=replace(watch.losses, transfers=slow))
        assert await watch(SETTINGS) == ()
        slow.made.append((NOON - timedelta(seconds=1), Decimal(-100)))
        watch.clock.advance(seconds=50)
        assert await watch(SETTINGS) == ()
        slow.made.clear()
        watch.clock.advance(seconds=50)
        assert await watch(SETTINGS) == ()

    @pytest.mark.parametrize("month", range(1, 13))
    def test_a_months_end_is_the_next_months_beginning(self, month):
        last = datetime(2024 + month // 12, month % 12 + 1, 1, tzinfo=UTC)
        for day in (1, 15, 28):
            now = datetime(2024, month, day, 23, 59, tzinfo=UTC)
            assert period_ends(now)[Period.MONTH] == last


class TestRejects:
    def refused(self, n, seconds=0, code="-2019"):
        at = NOON - timedelta(seconds=seconds)
        return intent(
            order=order(client_order_id=f"o{n}"),
            status=IntentStatus.REFUSED,
            sent_at=at,
            code=code,
        )

    async def finds(self, *sent, **changes):
        watch = WatchRejects(ACCOUNT, FakeClock(), FakeSent(list(sent)))
        return [(c.reason, c.detail) for c in await watch(settings(**changes))]

    async def test_four_within_ten_minutes_are_too_many(self):
        three = [self.refused(n) for n in range(3)]
        assert await self.finds(*three) == []
        assert await self.finds(*three, self.refused(3, 600)) == [(Reason.REJECTS, "4 × -2019")]
        assert await self.finds(*three, self.refused(3, 601)) == []

    async def test_what_the_gate_has_kept_was_refused_by_nobody(self):
        kept = [self.refused(n, code=Barred.STALE.code) for n in range(9)]
        assert await self.finds(*kept) == []

    async def test_what_was_taken_is_no_refusal(self):
        taken = [replace(self.refused(n), status=IntentStatus.ACCEPTED) for n in range(9)]
        assert await self.finds(*taken) == []

    async def test_after_a_persons_yes_it_is_counted_anew(self):
        four = [self.refused(n, 60) for n in range(4)]
        assert await self.finds(*four, released_at=NOON - timedelta(seconds=59)) == []


class TestPrices:
    @pytest.fixture
    def street(self):
        clock = FakeClock()
        return FakeMarket(clock, {SYMBOL: frame([64_000.0])})

    def watch(self, street, mark):
        shown = Account(RICH, RICH, RICH, (position("0.1", mark=mark),))
        return WatchPrices(street.clock, FakeBroker(shown), street, street)

    async def test_one_reading_is_a_doubt_and_the_second_an_alarm(self, street):
        watch = self.watch(street, 65_000)
        assert await watch(SETTINGS) == ()
        assert await watch(SETTINGS) == (Cause(Reason.DIVERGENCE, NOON, "BTC 1.56%"),)

    async def test_a_doubt_that_was_cleared_is_forgotten(self, street):
        watch = self.watch(street, 65_000)
        for last in (64_000, 65_000, 64_000, 65_000):
            street.says(SYMBOL, last)
            assert await watch(SETTINGS) == ()

    async def test_prices_that_agree_are_quiet(self, street):
        watch = self.watch(street, 64_100)
        assert [await watch(SETTINGS) for _ in range(3)] == [()] * 3

    @pytest.mark.parametrize("quote", ["old", "elsewhere", "none"])
    async def test_without_a_fresh_price_of_its_own_venue_nothing_is_compared(self, street, quote):
        async def says(symbol):
            if quote == "none":
                raise NoMarketData(symbol=symbol)
            at = NOON - timedelta(minutes=quote == "old")
            one = Decimal(64_000)
            return Quote(symbol, at, one, one, elsewhere=quote == "elsewhere")

        street.quote = says
        watch = self.watch(street, 70_000)
        assert [await watch(SETTINGS) for _ in range(3)] == [()] * 3


@pytest.mark.parametrize("seconds", [2.0, -2.0, 0.0])
async def test_a_clock_that_is_two_seconds_off_is_quiet(seconds):
    watch = WatchClock(FakeClock(), FakeJumps(timedelta(seconds=seconds)))
    assert await watch(SETTINGS) == ()


@pytest.mark.parametrize(
    ("seconds", "said"), [(2.1, "+2.1 s"), (-3600.0, "-3,600.0 s"), (28_800.0, "+28,800.0 s")]
)
async def test_a_clock_that_jumps_is_an_alarm_with_its_direction(seconds, said):
    watch = WatchClock(FakeClock(), FakeJumps(timedelta(seconds=seconds)))
    assert await watch(SETTINGS) == (Cause(Reason.CLOCK, NOON, said),)


async def test_a_full_disk_is_an_alarm_and_one_that_cannot_be_read_is_not():
    disk = FakeDisk(FREE_DISK)
    watch = WatchDisk(FakeClock(), disk)
    assert await watch(SETTINGS) == ()
    disk.bytes = FREE_DISK - 1
    assert await watch(SETTINGS) == (Cause(Reason.DISK, NOON, "255 MiB"),)
    disk.bytes = None
    assert await watch(SETTINGS) == ()
