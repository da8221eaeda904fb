"""A whole desk over a real ledger and a market of hand-made bars, whose clock a test moves.

Everything costs 100 at first. A card for a long has its limit at 100.2, its stop at 98 and its
targets at 103 and 107; its risk is a quarter of a percent of 10,000.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.storage.database import Database
from bot.storage.ledger import SqlLedger
from bot.storage.migrations import migrate
from bot.storage.paper import SqlPaperStore
from core.approval import AdjustProposal, ApproveProposal, ExpireProposals, RejectProposal
from core.attendance import Attendance
from core.autopilot import Autopilot
from core.domain.market import Bar, FundingStamp, Timeframe
from core.domain.notice import Notice, NoticeKind
from core.domain.opinion import Decision, Distances, Forecast, Question
from core.domain.people import AccountSettings
from core.domain.proposal import Proposal, Refusal, Yes
from core.domain.trade import Trade
from core.domain.trading import OrderType, Side
from core.execution.adopting import AnswerStranger
from core.execution.editing import EditTrades
from core.execution.protecting import ProtectPositions
from core.execution.reconciling import Reconcile
from core.execution.sending import SendIntent
from core.execution.settling import SettleIntents
from core.execution.truth import Checked
from core.execution.unguarded import HELD
from core.panic import Panic
from core.paper.broker import PaperBroker
from core.paper.costs import STANDARD as COSTS
from core.ports import Fence
from core.positions import ClosePosition, FollowPrices, MoveLevels
from core.proposing import OpenManually, ProposeTrades
from core.shadows import FollowShadows
from core.standing import TakeStanding
from tests.builders import ACCOUNT, PERSON, decision, settings
from tests.core.domain.memory_ledger import MemoryLedger
from tests.core.execution.line import Line
from tests.core.paper.builders import BTC, ETH, HOUR, candle
from tests.core.paper.fakes import FakeClock, FakeMarket, MemoryPaperStore
from tests.fakes import FakeWon

OPENING = Decimal(10_000)
SETTINGS = settings(symbols=(BTC, ETH), timeframe=Timeframe.H1, small_below=Decimal(10))


class Seen:
    """When somebody last spoke to the desk."""

    def __init__(self) -> None:
        self.moment: datetime | None = None

    async def last_seen(self) -> datetime | None:
        return self.moment


@dataclass(kw_only=True)
class Desk:
    """What a process holds; `restarted` is the next process over the same ledger and market. A
    `real` account may only be traded while it is known to be what it seems.
    """

    ledger: SqlLedger | MemoryLedger
    store: SqlPaperStore | MemoryPaperStore
    clock: FakeClock = field(default_factory=FakeClock)
    names: "count[int]" = field(default_factory=lambda: count(1))
    presence: Seen = field(default_factory=Seen)
    won: FakeWon = field(default_factory=FakeWon)
    real: bool = False
    fence: Fence = HELD

    def __post_init__(self) -> None:
        self.street = FakeMarket(self.clock, {BTC: [], ETH: []})
        self.street.said |= {BTC: "100", ETH: "100"}
        self._assemble()

    def _open_account(self) -> PaperBroker:
        return PaperBroker(
            account=ACCOUNT,
            opening_balance=OPENING,
            clock=self.clock,
            quotes=self.street,
            tape=self.street,
            market=self.street,
            store=self.store,
            costs=COSTS,
        )

    def _line(self) -> Line:
        return Line(self.broker)

    def _assemble(self) -> None:
        clock, street, ledger, lane = self.clock, self.street, self.ledger, asyncio.Lock()
        self.broker = self._open_account()
        self.line = line = self._line()
        self.send, self.edit = send, edit = self._sender(), EditTrades(ledger)
        self.settle = settle = SettleIntents(ACCOUNT, clock, line, ledger, send, edit, self.won)
        self.protect = protect = ProtectPositions(
            ACCOUNT, clock, line, ledger, street, send, edit, quotes=street
        )
        self.truth = truth = Checked(clock)
        asked = truth if self.real else None
        self.stand = TakeStanding(ACCOUNT, clock, line, ledger, street, street, truth=asked)
        books = (ledger, street, street, edit, truth)
        self.reconcile = Reconcile(ACCOUNT, clock, line, *books)
        here = Attendance(ACCOUNT, ledger, self.presence)
        terms = (self.stand, lane, COSTS.slippage, self._name, here)
        self.propose = propose = ProposeTrades(ACCOUNT, clock, street, street, ledger, *terms)
        self.approve = approve = ApproveProposal(
            clock, ledger, propose, send, settle, protect, lane
        )
        self.adjust = AdjustProposal(clock, ledger, propose, lane)
        self.reject = RejectProposal(clock, ledger)
        self.expire = ExpireProposals(ACCOUNT, clock, ledger)
        self.open_manually = OpenManually(clock, ledger, propose)
        steps = (send, settle, protect, edit, lane)
        self.close = close = ClosePosition(clock, ledger, street, *steps)
        self.move = MoveLevels(ledger, street, street, protect, edit, lane)
        self.follow = FollowPrices(ACCOUNT, clock, ledger, street, street, close, edit, protect)
        self.answer_stranger = AnswerStranger(
            ACCOUNT, clock, ledger, settle, protect, lane, self._name
        )
        self.panic = Panic(ACCOUNT, clock, line, ledger, close)
        self.shadows = FollowShadows(ACCOUNT, clock, ledger, street, street, COSTS)
        self.autopilot = Autopilot(ACCOUNT, clock, ledger, approve, here)

    def _sender(self) -> SendIntent:
        return SendIntent(self.clock, self.line, self.ledger, fence=self.fence)

    def _name(self) -> str:
        return f"card{next(self.names):02}"

    async def restarted(self) -> "Desk":
        """What a process does when it starts: the same after a clean end and after a crash."""
        self._assemble()
        await self.broker.load()
        await self.watch()
        return self

    async def watch(self) -> None:
        for step in (self.broker.advance, self.settle, self.protect, self.reconcile):
            await step()

    async def gives_up(self, seconds: int = 11) -> None:
        """So much time passes that what was sent cannot arrive any more, and the desk asks twice."""
        for wait in (seconds, 1):
            self.clock.advance(seconds=wait)
            await self.watch()

    async def lives(self, *bars: str, **more: Any) -> None:
        """Bars of an hour ("open high low close") close, and the desk does its work at each."""
        for prices in bars:
            self.market(prices, **more)
            await self.works()

    async def works(self) -> None:
        """What the job table does at a close, with the protection loop running beside it."""
        for job in (self.watch, self.follow, self.watch, self.expire, self.shadows):
            await job()

    def market(
        self,
        prices: str,
        *,
        symbol: str = BTC,
        mark: str = "",
        volume: str = "1000",
        funding: Sequence[str] = (),
    ) -> None:
        """An hour of trading passes that the desk has not looked at yet."""
        opened = self.clock.now()
        last, marked = (candle(opened, one, volume) for one in (prices, mark or prices))
        stamps = (FundingStamp(opened + HOUR, Decimal(rate), marked.close) for rate in funding)
        self.street.recorded[symbol].append(Bar(last, marked, opened + HOUR, tuple(stamps)))
        self.clock.moment = opened + HOUR
        self.street.says(symbol, str(last.close))

    async def decided(self, symbol: str = BTC, side: Side = Side.BUY, **changes: Any) -> Decision:
        """The committee sees an edge now: stop 2 % away, target 5 %."""
        now = self.clock.now()
        distances = dict.fromkeys(Side, Distances(0.02, 0.05))
        made = decision(
            id=f"{symbol[:3]}{now:%d%H%M}",
            symbol=symbol,
            as_of=now,
            question=Question(symbol, now, 100.0, timedelta(hours=48), distances),
            best=Forecast(side=side, p_target_first=0.4, break_even=0.3, expected=0.004),
            **{"confidence": 1.0, **changes},
        )
        await self.ledger.commit(made)
        return made

    async def offered(self, symbol: str = BTC, side: Side = Side.BUY) -> Proposal | Refusal:
        (answer,) = await self.propose([await self.decided(symbol, side)])
        return answer.outcome

    async def card(self, symbol: str = BTC, side: Side = Side.BUY) -> Proposal:
        card = await self.offered(symbol, side)
        assert isinstance(card, Proposal), card
        return card

    async def trade(self, symbol: str = BTC, side: Side = Side.BUY) -> Trade:
        """A card that a person said yes to."""
        card = await self.card(symbol, side)
        bought = await self.approve(card.id, Yes.PERSON)
        assert isinstance(bought, Trade), bought
        return bought

    async def again(self, trade: Trade) -> Trade:
        return await self.ledger.trade(trade.id, trade.kind)

    async def set(self, **changes: Any) -> AccountSettings:
        """Change settings, or limits where a limit is named."""
        known = await self.ledger.settings(ACCOUNT)
        limits = {name: changes.pop(name) for name in list(changes) if hasattr(known.limits, name)}
        changed = replace(known, limits=replace(known.limits, **limits), **changes)
        await self.ledger.commit(changed)
        return changed

    async def orders(self, kind: OrderType | None = None) -> dict[str, Decimal | None]:
        """What waits at the broker: the stop price of each order, of one type or of all."""
        states = await self.broker.open_orders()
        found = [s.order for s in states if kind in {None, s.order.type}]
        return {order.client_order_id: order.stop_price for order in found}

    async def stops(self) -> dict[str, Decimal | None]:
        return await self.orders(OrderType.STOP_MARKET)

    async def notices(self) -> list[Notice]:
        assert isinstance(self.ledger, MemoryLedger)
        return self.ledger.notices

    async def told(self) -> list[NoticeKind]:
        return [notice.kind for notice in await self.notices()]


@pytest.fixture(scope="session")
def blank_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("blank") / "desk.db"
    asyncio.run(_furnish(f"sqlite:///{path}"))
    return path


async def _furnish(url: str) -> None:
    database = await Database.open(url)
    await migrate(database)
    await SqlLedger(database).commit(SETTINGS, PERSON)
    await database.close()


@pytest.fixture
async def desk() -> Desk:
    """A desk that has just been started for the first time; it keeps its ledger in memory."""
    return await Desk(ledger=MemoryLedger(SETTINGS), store=MemoryPaperStore()).restarted()


@pytest.fixture
async def real_desk() -> Desk:
    """The same with an account that has to be held against its venue."""
    return await Desk(
        ledger=MemoryLedger(SETTINGS), store=MemoryPaperStore(), real=True
    ).restarted()


@pytest.fixture
async def lasting_desk(tmp_path: Path, blank_desk: Path) -> AsyncIterator[Desk]:
    """The same with its ledger in a database."""
    path = shutil.copy(blank_desk, tmp_path / "desk.db")
    database = await Database.open(f"sqlite:///{path}")
    yield await Desk(ledger=SqlLedger(database), store=SqlPaperStore(database)).restarted()
    await database.close()
