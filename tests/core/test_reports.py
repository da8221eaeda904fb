"""A report adds up: equity's change is trading, less fees, plus funding."""

from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.proposal import ProposalStatus
from core.domain.trade import Exit, Kind, TradeStatus
from core.domain.trading import Account, OrderState, OrderStatus, Position
from core.performance import sharpe, sortino
from core.reports import Curve, MakeReport, Money
from tests.builders import (
    ACCOUNT,
    NOON,
    SYMBOL,
    booked,
    equity_mark,
    fill,
    funding,
    order,
    plan,
    proposal,
    trade,
)
from tests.core.guard.fakes import FakeTransfers
from tests.fakes import FakeBroker, FakeClock, MemoryLedger

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MIDNIGHT = NOON - timedelta(hours=12)
HELD = Position(
    symbol=SYMBOL,
    amount=Decimal("0.026"),
    entry_price=Decimal(64_000),
    leverage=3,
    margin=Decimal(600),
    mark_price=Decimal(64_000),
    liquidation_price=Decimal(43_000),
    opened_at=NOON,
)
RICH = Account(Decimal(10_200), Decimal(10_300), Decimal(9_000), (HELD,))


class Office:
    """An account that is worth 10,300 at noon, with one position and one order."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.ledger, self.transfers = MemoryLedger(), FakeTransfers()
        waiting = OrderState(order(), OrderStatus.OPEN, Decimal(0), NOON)
        self.broker = FakeBroker(RICH, orders={"k7q2es1": waiting})

    async def report(self, start=None, end=None):
        ledger, transfers = self.ledger, self.transfers
        make = MakeReport(ACCOUNT, self.clock, self.broker, ledger, transfers=transfers)
        return await make(start, end)


@pytest.fixture
def office():
    return Office()


def ended(name, at, net=10, why=Exit.TARGET, kind=Kind.REAL):
    return trade(
        id=name,
        kind=kind,
        plan=plan(risk=Decimal(20)),
        realized=Decimal(net),
        fees=Decimal(0),
        status=TradeStatus.CLOSED,
        exit=why,
        closed_at=at,
    )


class TestMoney:
    def test_trading_is_what_fees_and_funding_leave_unexplained(self):
        money = Money(Decimal(1_000), Decimal(1_050), fees=Decimal(8), funding=Decimal(-2))

        assert (money.change, money.trading) == (50, 60)
        assert money.fraction == Decimal("0.05")
        assert money.change == money.trading - money.fees + money.funding

    def test_nothing_grows_from_nothing(self):
        assert Money(Decimal(0), Decimal(5), Decimal(0), Decimal(0)).fraction == 0

    async def test_the_day_goes_from_the_mark_at_its_start_to_the_equity_now(self, office):
        await office.ledger.commit(
            equity_mark(MIDNIGHT - HOUR, 9_900),
            equity_mark(MIDNIGHT, 10_000),
            equity_mark(MIDNIGHT + HOUR, 10_100),
        )
        money = (await office.report(MIDNIGHT)).money

        assert (money.start, money.end, money.change) == (10_000, 10_300, 300)

    async def test_what_was_moved_is_neither_profit_nor_loss(self, office):
        await office.ledger.commit(equity_mark(MIDNIGHT, 12_000))
        office.transfers.made = [
            (MIDNIGHT - HOUR, Decimal(500)),
            (MIDNIGHT + HOUR, Decimal(-2_000)),
        ]
        money = (await office.report(MIDNIGHT)).money

        assert (money.change, money.trading) == (300, 300)
        assert money.fraction == Decimal("0.03")

    async def test_all_time_goes_from_the_first_mark_of_all(self, office):
        await office.ledger.commit(equity_mark(NOON - DAY, 9_000), equity_mark(NOON - HOUR, 9_500))
        report = await office.report()

        assert (report.money.start, report.money.end) == (9_000, 10_300)
        assert (report.start, report.end) == (NOON - DAY, NOON)

    async def test_a_stretch_that_is_over_ends_with_its_own_last_mark(self, office):
        await office.ledger.commit(
            equity_mark(MIDNIGHT - DAY, 9_000),
            equity_mark(MIDNIGHT - HOUR, 9_400),
            equity_mark(NOON, 10_300),
        )
        report = await office.report(MIDNIGHT - DAY, MIDNIGHT)

        assert (report.money.start, report.money.end) == (9_000, 9_400)
        assert (report.start, report.end) == (MIDNIGHT - DAY, MIDNIGHT)
        assert list(report.curve.equity) == [9_000, 9_400, 9_400]

    async def test_an_end_in_the_future_is_now(self, office):
        report = await office.report(MIDNIGHT, NOON + DAY)

        assert (report.end, report.money.end) == (NOON, 10_300)

    async def test_an_account_without_any_mark_has_changed_nothing(self, office):
        report = await office.report()

        assert report.money.change == report.money.trading == 0
        assert (report.start, report.end) == (NOON, NOON)

    async def test_fees_and_funding_of_the_stretch_are_summed(self, office):
        await office.ledger.commit(
            equity_mark(MIDNIGHT, 10_000),
            booked(fill(seq=1, time=MIDNIGHT - HOUR, fee=Decimal(100))),
            booked(fill(seq=2, time=MIDNIGHT, fee=Decimal(2))),
            booked(fill(seq=3, time=NOON - HOUR, fee=Decimal(3))),
            booked(funding(seq=4, time=NOON - HOUR, amount=Decimal("-0.5"))),
            booked(fill(seq=5, time=NOON, fee=Decimal(9)), account="other"),
        )
        money = (await office.report(MIDNIGHT)).money

        assert (money.fees, money.funding) == (5, Decimal("-0.5"))
        assert money.trading == 300 + 5 + Decimal("0.5")


class TestTrades:
    async def test_trades_belong_to_the_stretch_in_which_they_closed(self, office):
        early, late = ended("a", MIDNIGHT - HOUR), ended("b", MIDNIGHT)
        await office.ledger.commit(early, late, trade(id="c"))

        assert (await office.report(MIDNIGHT)).closed == (late,)
        assert (await office.report(MIDNIGHT - DAY, MIDNIGHT)).closed == (early,)

    async def test_trades_are_summed_and_counted_by_ending(self, office):
        await office.ledger.commit(
            ended("a", NOON, 20),
            ended("b", NOON, -10, Exit.STOP),
            ended("c", NOON, -5, Exit.STOP),
        )
        report = await office.report(MIDNIGHT)

        assert report.exits == {Exit.TARGET: 1, Exit.STOP: 2}
        assert (report.tally.trades, report.tally.net) == (3, 5)

    async def test_what_is_open_is_counted_at_the_broker(self, office):
        report = await office.report()

        assert (report.account, report.open_positions, report.open_orders) == (ACCOUNT, 1, 1)


class TestCards:
    async def test_cards_are_counted_by_answer(self, office):
        await office.ledger.commit(
            proposal(id="a"),
            proposal(id="b").reject(NOON),
            proposal(id="c").reject(NOON),
            proposal(id="d", created_at=MIDNIGHT - HOUR),
        )

        assert (await office.report(MIDNIGHT)).answers == {
            ProposalStatus.PENDING: 1,
            ProposalStatus.REJECTED: 2,
        }

    async def test_shadows_add_up_in_r_by_the_answer_of_their_card(self, office):
        await office.ledger.commit(
            proposal(id="a").reject(NOON),
            proposal(id="b").reject(NOON),
            proposal(id="c").expire(NOON),
            ended("a", NOON, 40, kind=Kind.SHADOW),
            ended("b", NOON, -10, kind=Kind.SHADOW),
            ended("c", NOON, 20, kind=Kind.SHADOW),
            ended("a-real-one", NOON, 99),
        )
        report = await office.report(MIDNIGHT)

        assert report.shadows == {
            ProposalStatus.REJECTED: Decimal("1.5"),
            ProposalStatus.EXPIRED: Decimal(1),
        }
        assert report.tally.trades == 1

    async def test_a_shadow_without_a_card_belongs_to_nobody(self, office):
        await office.ledger.commit(ended("x", NOON, 40, kind=Kind.SHADOW))

        assert (await office.report()).shadows == {}


def curve(*marks: tuple[float, float]) -> Curve:
    """Days since 1970 and equity."""
    days, equity = np.array(marks, dtype=float).reshape(-1, 2).T
    return Curve((days * 86_400_000).astype(np.int64), equity)


class TestCurve:
    def test_days_are_compared_by_their_last_marks(self):
        made = curve((1.0, 100), (1.9, 110), (2.1, 50), (2.5, 121), (4.0, 133.1))

        assert list(made.daily_returns()) == pytest.approx([0.1, 0.1])

    @pytest.mark.parametrize("marks", [(), ((1.0, 100),), ((1.0, 100), (1.5, 90))])
    def test_less_than_two_days_have_no_returns(self, marks):
        made = curve(*marks)

        assert len(made.daily_returns()) == 0
        assert made.sharpe is made.sortino is None

    def test_ratios_are_those_of_the_daily_returns(self):
        made = curve((1, 100), (2, 110), (3, 99), (4, 105))
        returns = np.array([0.1, -0.1, 105 / 99 - 1])

        assert made.sharpe == pytest.approx(sharpe(returns))
        assert made.sortino == pytest.approx(sortino(returns))
        assert made.drawdown.depth == pytest.approx(0.1)

    async def test_a_running_curve_ends_with_now(self, office):
        await office.ledger.commit(equity_mark(MIDNIGHT, 10_000))
        made = (await office.report(MIDNIGHT)).curve

        assert list(made.equity) == [10_000, 10_300]
        assert made.time[1] - made.time[0] == 12 * 3_600_000

    async def test_a_mark_of_this_very_moment_is_not_drawn_twice(self, office):
        await office.ledger.commit(equity_mark(NOON, 10_250))

        assert list((await office.report()).curve.equity) == [10_250]

    @settings(max_examples=40)
    @given(st.lists(st.floats(1, 1e6), min_size=1, max_size=30))
    def test_daily_returns_compound_to_the_whole(self, values):
        made = curve(*enumerate(values, 1))

        assert np.prod(1 + made.daily_returns()) == pytest.approx(values[-1] / values[0])
