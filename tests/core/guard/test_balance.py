"""Money that is missing, and money that is not."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.notice import NoticeKind
from core.domain.restraint import Reason
from core.domain.trading import Account
from core.errors import BrokerUnavailable
from core.guard.balance import WatchBalance
from tests.builders import ACCOUNT, NOON, booked, equity_mark, fill, funding, settings
from tests.core.guard.fakes import FakeTransfers
from tests.fakes import FakeBroker, FakeClock, MemoryLedger

MARKED = NOON - timedelta(hours=1)
STEP = 10


class Till:
    """An account whose wallet a test changes, looked at every ten seconds."""

    def __init__(self, *changes):
        self.clock, self.broker, self.transfers = FakeClock(), FakeBroker(), FakeTransfers()
        self.ledger = MemoryLedger(*changes)
        self.released = None
        self.reopened()
        self.holds(10_000)

    def reopened(self):
        self.watch = WatchBalance(ACCOUNT, self.clock, self.broker, self.ledger, self.transfers)

    def holds(self, wallet):
        money = Decimal(wallet)
        self.broker.shown = Account(money, money, money)

    @property
    def wallet(self):
        return self.broker.shown.wallet

    def moves(self, amount):
        """In or out, by hand; the venue tells of it."""
        self.transfers.made.append((self.clock.now(), Decimal(amount)))
        self.clock.advance(seconds=1)
        self.holds(self.wallet + amount)

    def told(self):
        return [(notice.kind, notice.numbers["moved"]) for notice in self.ledger.notices]

    async def books(self, seq, **changes):
        lived = fill(seq=seq, **({"time": self.clock.now()} | changes))
        await self.ledger.commit(booked(lived))

    async def looks(self, seconds=STEP):
        found = await self.watch(settings(released_at=self.released))
        self.clock.advance(seconds=seconds)
        return found

    async def found(self, seconds):
        """What is found within that time."""
        rounds = [await self.looks() for _ in range(seconds // STEP)]
        return [cause.detail for causes in rounds for cause in causes]


@pytest.fixture
def till():
    return Till(equity_mark(MARKED))


async def test_an_untouched_account_is_quiet_for_days(till):
    assert [await till.looks(3_600) for _ in range(72)] == [()] * 72


async def test_what_is_missing_for_a_minute_is_an_alarm_with_its_sum(till):
    till.holds(9_900)
    for _ in range(6):
        assert await till.looks() == ()
    (cause,) = await till.looks()
    assert (cause.reason, cause.detail, cause.halts) == (Reason.BALANCE, "100.00", True)


async def test_what_left_while_the_desk_was_off_is_missed_as_well(till):
    till.clock.advance(hours=9)
    till.holds(9_900)
    assert set(await till.found(90)) == {"100.00"}


async def test_a_loss_a_fee_and_funding_explain_themselves(till):
    await till.looks()
    await till.books(1, realized_pnl=Decimal(-300), fee=Decimal(2))
    paid = funding(seq=2, amount=Decimal(-8), time=till.clock.now())
    await till.ledger.commit(booked(paid))
    till.holds(9_690)
    assert await till.found(300) == []
    till.holds(9_600)
    assert set(await till.found(90)) == {"90.00"}


async def test_a_fill_that_is_booked_late_is_no_alarm(till):
    await till.looks()
    till.holds(9_700)
    filled_at = till.clock.now()
    assert await till.found(50) == []
    await till.books(1, realized_pnl=Decimal(-298), fee=Decimal(2), time=filled_at)
    assert await till.found(300) == []


async def test_paper_dates_a_fill_back_to_the_beginning_of_its_candle(till):
    till.reopened()
    till.ledger.pages.marks.clear()
    assert await till.found(120) == []
    half_an_hour_ago = till.clock.now() - timedelta(minutes=30)
    await till.books(1, realized_pnl=Decimal(-298), fee=Decimal(2), time=half_an_hour_ago)
    till.holds(9_700)
    assert await till.found(300) == []
    till.holds(9_600)
    assert set(await till.found(90)) == {"100.00"}


async def test_what_the_desk_lived_through_while_it_was_off_explains_itself(till):
    await till.books(
        1, realized_pnl=Decimal(-298), fee=Decimal(2), time=MARKED - timedelta(days=1)
    )
    await till.books(
        2, realized_pnl=Decimal(500), fee=Decimal(0), time=MARKED + timedelta(minutes=9)
    )
    till.holds(10_500)
    assert await till.found(300) == []
    till.reopened()
    till.holds(10_400)
    assert set(await till.found(90)) == {"100.00"}


async def test_a_profit_that_never_arrives_is_missing_too(till):
    await till.looks()
    await till.books(1, realized_pnl=Decimal(500), fee=Decimal(0))
    assert set(await till.found(90)) == {"500.00"}


async def test_a_withdrawal_that_the_venue_tells_of_is_explained_and_told_once(till):
    till.moves(-4_000)
    assert await till.found(120) == []
    assert till.told() == [(NoticeKind.MONEY_OUT, 4_000)]
    till.holds(5_900)
    assert set(await till.found(90)) == {"100.00"}
    assert till.told() == [(NoticeKind.MONEY_OUT, 4_000)]


async def test_a_deposit_is_told_once(till):
    till.moves(250)
    assert await till.found(3_600) == []
    assert till.told() == [(NoticeKind.MONEY_IN, 250)]


async def test_a_withdrawal_that_is_told_some_seconds_late_is_no_alarm(till):
    till.moves(-4_000)
    (late,) = till.transfers.made
    till.transfers.made.clear()
    assert await till.found(50) == []
    till.transfers.made.append(late)
    assert await till.found(120) == []
    assert till.told() == [(NoticeKind.MONEY_OUT, 4_000)]


async def test_what_was_moved_while_the_desk_was_off_is_told_when_it_is_back(till):
    till.clock.advance(hours=2)
    till.moves(-120)
    till.clock.advance(hours=2)
    assert await till.found(120) == []
    assert till.told() == [(NoticeKind.MONEY_OUT, 120)]


async def test_a_restart_tells_nothing_again(till):
    till.moves(-120)
    assert await till.found(120) == []
    till.reopened()
    assert await till.found(120) == []
    assert till.told() == [(NoticeKind.MONEY_OUT, 120)]
    till.holds(9_780)
    assert set(await till.found(90)) == {"100.00"}


async def test_money_nobody_knows_of_is_told_once_and_guarded_from_then_on(till):
    till.holds(12_000)
    assert await till.found(3_600) == []
    assert till.told() == [(NoticeKind.MONEY_FOUND, 2_000)]
    till.reopened()
    assert await till.found(120) == []
    assert till.told() == [(NoticeKind.MONEY_FOUND, 2_000)]
    till.holds(11_900)
    assert set(await till.found(90)) == {"100.00"}


async def test_money_that_is_explained_within_a_minute_was_not_found(till):
    till.holds(12_000)
    assert await till.found(40) == []
    await till.books(1, realized_pnl=Decimal(2_000), fee=Decimal(0))
    assert await till.found(600) == []
    till.holds(12_100)
    assert await till.found(50) == []
    assert till.told() == []
    assert await till.found(20) == []
    assert till.told() == [(NoticeKind.MONEY_FOUND, 100)]


async def test_roundings_are_neither_missing_nor_found(till):
    for wallet in ("9999.1", "10000.9", "9981", "10019"):
        till.holds(wallet)
        assert await till.found(300) == []
    assert till.told() == []


@given(
    steps=st.lists(
        st.tuples(st.sampled_from(("moves", "wins", "waits")), st.integers(-900, 900)), max_size=9
    )
)
async def test_an_account_that_everybody_knows_all_about_raises_no_alarm(steps):
    till = Till(equity_mark(MARKED))
    for seq, (what, much) in enumerate(steps, 1):
        if what == "moves":
            till.moves(much)
        elif what == "wins":
            await till.books(seq, realized_pnl=Decimal(much), fee=Decimal(0))
            till.holds(till.wallet + much)
        assert await till.found(30 if much % 2 else 90) == []
    moved = sum(much for what, much in steps if what == "moves")
    told = till.told()
    assert moved == sum(m if kind is NoticeKind.MONEY_IN else -m for kind, m in told)
    assert NoticeKind.MONEY_FOUND not in dict(told)


async def test_what_a_person_has_looked_into_is_the_new_truth(till):
    till.holds(9_000)
    assert await till.found(90)
    till.released = till.clock.now()
    assert await till.found(300) == []
    till.holds(8_900)
    assert set(await till.found(90)) == {"100.00"}
    till.reopened()
    assert await till.found(60) == []


async def test_after_a_restart_nothing_from_before_a_persons_yes_is_held_against_anybody(till):
    till.holds(9_000)
    till.released = till.clock.now()
    till.clock.advance(seconds=1)
    till.reopened()
    assert await till.found(600) == []


async def test_a_mark_amid_fills_is_no_measure(till):
    """Whether the fill is in it already is a question of clocks."""
    await till.books(1, realized_pnl=Decimal(-300), time=MARKED - timedelta(seconds=3))
    till.holds(9_699)
    assert await till.found(300) == []
    till.holds(9_600)
    assert set(await till.found(90)) == {"99.00"}


async def test_a_silent_venue_is_not_an_empty_account(till):
    async def account():
        raise BrokerUnavailable

    till.broker.account = account
    with pytest.raises(BrokerUnavailable):
        await till.watch(settings())


async def test_transfers_that_cannot_be_read_are_no_zero(till):
    till.holds(9_000)
    till.transfers.silent = True
    for _ in range(20):
        with pytest.raises(BrokerUnavailable):
            await till.looks()
        till.clock.advance(seconds=10)


async def test_a_new_account_finds_its_measure_by_itself():
    till = Till()
    assert await till.found(120) == []
    till.holds(9_900)
    assert set(await till.found(90)) == {"100.00"}
