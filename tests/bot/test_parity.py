"""A month lived candle by candle by the whole desk, and walked through in columns: the same month."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.backtest.histories import histories
from bot.engine import World, build_engine, open_venue
from bot.jobs import Mark, Watch
from bot.market.clock import SteppedClock
from bot.market.files import read
from bot.market.market import RecordedMarket
from bot.market.synthetic import synthetic
from bot.presence import Presence
from bot.storage.opening import opened
from bot.stores import Stores
from core.autopilot import Autopilot
from core.backtest.replay import replay
from core.backtest.scenario import Scenario
from core.domain.market import Timeframe
from core.domain.people import Approval, Profile
from core.domain.proposal import Proposal, Rule, Yes
from core.domain.trade import Exit
from core.domain.tuning import Tuning
from core.events import NO_EVENTS
from core.owner import ACCOUNT, opening_settings
from core.risk.profiles import LIMITS
from tests.builders import event
from tests.fakes import FakeCalendar, FakeWon
from tests.model_fakes import MemoryPurse

MARKET = Path(__file__).parents[3] / "shared" / "market"
EQUITY = Decimal(10_000)


class Living:
    """The desk's own use cases over a recording, with somebody who says yes at once."""

    def __init__(self, recording, settings, start, folder, calendar=NO_EVENTS):
        self.recording, self.settings, self.start, self.folder = recording, settings, start, folder
        self.calendar = calendar

    async def lives(self, end):
        async with opened(f"sqlite+aiosqlite:///{self.folder / 'desk.sqlite3'}") as database:
            self.clock = SteppedClock(self.start)
            market = RecordedMarket(self.recording, self.clock)
            stores = Stores.over(database)
            pieces = (self.clock, market, stores, EQUITY, FakeWon(), MemoryPurse())
            world = World(*pieces, calendar=self.calendar)
            self.venue = open_venue(world)
            self.engine = build_engine(world, self.venue, Presence())
            self.ledger = stores.ledger
            await self.ledger.commit(self.settings)
            await self.venue.broker.load()
            mark = Mark(ACCOUNT, self.clock, self.venue.broker, self.ledger)
            await mark()
            watch = Watch(
                self.venue.broker, self.venue.settle, self.venue.protect, self.venue.reconcile
            )
            while (close := market.next_close(self.clock.now(), self.settings.timeframe)) <= end:
                self.clock.advance_to(close)
                await watch()
                await self.engine.follow_prices()
                await mark()
                await self.engine.expire_proposals()
                await self._look()
            self.marks = await self.ledger.equity_marks(ACCOUNT)
            self.closed = await self.ledger.closed_trades(ACCOUNT)
            self.open = await self.ledger.live_trades(ACCOUNT)

    async def _look(self):
        approve = self.engine.approve_proposal
        pilot = Autopilot(ACCOUNT, self.clock, self.ledger, approve, self.engine.attendance)
        decisions = await self.engine.form_decisions(
            self.settings.symbols, self.settings.timeframe, self.settings.tuning
        )
        for answer in await self.engine.propose_trades(decisions):
            if not isinstance(answer.outcome, Proposal):
                continue
            if self.settings.approval is Approval.AUTOPILOT:
                await pilot(answer.outcome)
            else:
                await approve(answer.outcome.id, Yes.PERSON)


def told(trade):
    """What must be the same to the cent, and then to the last digit."""
    return (
        trade.symbol, trade.side, trade.opened_at, trade.closed_at, trade.exit, trade.amount,
        trade.entry_price, trade.exit_price, trade.realized, trade.fees, trade.funding,
        trade.stop, trade.targets_hit, trade.plan.risk, trade.plan.targets,
    )  # fmt: skip


async def assert_same(recording, settings, start, days, folder, events=()):
    end = start + timedelta(days=days)
    living = Living(recording, settings, start, folder, FakeCalendar(events))
    await living.lives(end)
    known = histories(recording, settings.symbols, settings.timeframe)
    scenario = Scenario(start=start, end=end, equity=EQUITY, settings=settings, events=events)
    run = replay(known, scenario)

    walked = [told(trade) for trade in run.trades if trade.exit is not Exit.DATA]
    assert sorted(walked) == sorted(told(trade) for trade in living.closed)
    ended = {told(trade)[:3] for trade in run.trades if trade.exit is Exit.DATA}
    assert ended == {told(trade)[:3] for trade in living.open if trade.opened_at != end}
    marks = [float(mark.equity) for mark in living.marks]
    assert run.curve.equity[:-1] == pytest.approx(marks[:-1], abs=1e-6)
    return run


SYMBOLS = (BTC, ETH, XRP) = ("BTC/USDT:USDT", "ETH/USDT:USDT", "XRP/USDT:USDT")
NIGHTLY = [pytest.mark.nightly, pytest.mark.timeout(600)]
TUNED = Tuning(
    horizon=24, stop_in_atr=1.5, target_in_stops=2.2, quorum=1, prior=10.0,
    voices=("trend", "breakout"),
)  # fmt: skip
BOLD = {"profile": Profile.BOLD, "limits": LIMITS[Profile.BOLD]}


def account(*symbols, timeframe=Timeframe.H1, **changes):
    return replace(opening_settings(symbols, timeframe), **changes)


def recorded(*names):
    return read([MARKET / f"{name}.csv.gz" for name in names])


def hours(*coins):
    names = [f"1h/{coin}USDT_1h" for coin in coins]
    names += [f"funding/{coin}USDT_funding" for coin in coins]
    return recorded(*names, *(f"mark_1h/{c}USDT_mark_1h" for c in coins if c != "XRP"))


@pytest.mark.parametrize(
    ("changes", "days", "least"),
    [
        (BOLD, 8, 8),
        pytest.param(BOLD, 31, 40, marks=NIGHTLY),
        ({"two_targets": False}, 4, 3),
        ({"approval": Approval.AUTOPILOT}, 4, 3),
    ],
    ids=["a week", "a month", "one target", "autopilot"],
)
async def test_made_up_days_are_lived_and_walked_alike(tmp_path, changes, days, least):
    start = datetime(2026, 2, 1, tzinfo=UTC)
    symbols = (BTC, ETH, "SOL/USDT:USDT")
    opened = start - timedelta(hours=2_600)
    recording = synthetic(8, symbols, Timeframe.H1, opened, 2_600 + 24 * (days + 1))

    run = await assert_same(recording, account(*symbols, **changes), start, days, tmp_path)
    assert len(run.trades) >= least


async def test_entries_rest_around_the_same_events_in_life_and_in_a_walk(tmp_path):
    start = datetime(2026, 2, 1, tzinfo=UTC)
    symbols = (BTC, ETH, "SOL/USDT:USDT")
    opened = start - timedelta(hours=2_600)
    recording = synthetic(8, symbols, Timeframe.H1, opened, 2_600 + 24 * 6)
    length = timedelta(hours=5)
    events = tuple(
        event(id=f"e{day}", at=start + timedelta(days=day, hours=12), before=length, after=length)
        for day in range(5)
    )

    run = await assert_same(recording, account(*symbols, **BOLD), start, 5, tmp_path, events)
    assert run.refusals[Rule.EVENT] > 0
    assert run.trades
    assert not any(one.covers(trade.opened_at) for one in events for trade in run.trades)


async def test_days_made_of_quarters_of_an_hour_are_lived_and_walked_alike(tmp_path):
    """Orders live through finer candles than decisions are made on."""
    start = datetime(2026, 2, 1, tzinfo=UTC)
    opened = start - timedelta(hours=600)
    recording = synthetic(11, (BTC, ETH), Timeframe.M15, opened, 4 * (600 + 24 * 6))

    run = await assert_same(recording, account(BTC, ETH, tuning=TUNED), start, 5, tmp_path)
    assert len(run.trades) >= 3


@pytest.mark.real
@pytest.mark.skipif(not MARKET.exists(), reason="no recorded market beside the checkout")
@pytest.mark.parametrize(
    ("settings", "files", "start", "days"),
    [
        pytest.param(account(BTC, ETH, **BOLD), ("BTC", "ETH"), "2020-03-07", 9, id="a crash"),
        pytest.param(account(BTC, ETH, **BOLD), ("BTC", "ETH"), "2020-03-01", 31, id="its month",
                     marks=NIGHTLY),
        pytest.param(account(*SYMBOLS), ("BTC", "ETH", "XRP"), "2022-06-01", 30, id="a bear",
                     marks=NIGHTLY),
        pytest.param(account(BTC, ETH, approval=Approval.AUTOPILOT), ("BTC", "ETH"), "2024-03-01",
                     31, id="the autopilot", marks=NIGHTLY),
        pytest.param(account(BTC, ETH, two_targets=False), ("BTC", "ETH"), "2021-05-01", 31,
                     id="one target", marks=NIGHTLY),
        pytest.param(account(BTC, ETH, tuning=TUNED), ("BTC", "ETH"), "2023-10-01", 31,
                     id="tuned", marks=NIGHTLY),
    ],
)  # fmt: skip
async def test_a_recorded_month_is_lived_and_walked_alike(tmp_path, settings, files, start, days):
    moment = datetime.fromisoformat(start).replace(tzinfo=UTC)

    run = await assert_same(hours(*files), settings, moment, days, tmp_path)
    assert run.trades


@pytest.mark.real
@pytest.mark.nightly
@pytest.mark.timeout(600)
@pytest.mark.skipif(not MARKET.exists(), reason="no recorded market beside the checkout")
@pytest.mark.parametrize(
    ("settings", "files", "start"),
    [
        (
            account(BTC, "SOL/USDT:USDT"),
            ("5m/BTCUSDT_5m_2023-11_2024-12", "5m/SOLUSDT_5m_2023-11_2024-12",
             "funding/BTCUSDT_funding"),
            "2024-08-01",
        ),
        (
            account(BTC, timeframe=Timeframe.M15),
            ("15m/BTCUSDT_15m_2023-2025", "funding/BTCUSDT_funding"),
            "2024-08-01",
        ),
    ],
    ids=["hours over five minutes", "quarters of an hour"],
)  # fmt: skip
async def test_finer_records_are_lived_and_walked_alike(tmp_path, settings, files, start):
    moment = datetime.fromisoformat(start).replace(tzinfo=UTC)

    run = await assert_same(recorded(*files), settings, moment, 20, tmp_path)
    assert run.trades
