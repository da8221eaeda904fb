"""The table of what runs by itself, and when. Two drivers run it: a scheduler and a stepper."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.storage.buttons import SqlButtons
from bot.storage.minutes import SqlMinutes
from bot.storage.sights import SqlSights
from core.alerts.ringing import RingAlerts
from core.approval import ExpireProposals
from core.arms import RunArms
from core.autopilot import Autopilot
from core.calendar import day_start
from core.domain.ledger import EquityMark
from core.domain.notice import Notice, NoticeKind
from core.domain.opinion import Decision
from core.domain.proposal import Proposal
from core.engine import FormDecisions
from core.execution.protecting import ProtectPositions
from core.execution.reconciling import Reconcile
from core.execution.settling import SettleIntents
from core.paper.broker import PaperBroker
from core.ports import Clock, Ledger
from core.positions import FollowPrices
from core.proposing import ProposeTrades
from core.scoring.resolving import ResolveOutcomes
from core.shadows import FollowShadows

logger = logging.getLogger(__name__)

Act = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class AtClose:
    """When a candle of the account's timeframe closes."""


@dataclass(frozen=True, slots=True)
class Every:
    period: timedelta


@dataclass(frozen=True, slots=True)
class Daily:
    """So long after midnight UTC."""

    after_midnight: timedelta


When = AtClose | Every | Daily


@dataclass(frozen=True, slots=True)
class Job:
    """`grace` is how late it may still run; later than that it is left out, and said. A job that
    `thinks` may wait for models: whatever looks after money goes on beside it.
    """

    name: str
    when: When
    run: Act
    grace: timedelta = timedelta(minutes=5)
    thinks: bool = False


@dataclass(frozen=True, slots=True)
class Watch:
    """The protection loop: live through what has traded, settle it, protect what is open, and hold
    all of it against the venue.
    """

    broker: PaperBroker
    settle: SettleIntents
    protect: ProtectPositions
    reconcile: Reconcile

    async def __call__(self) -> None:
        """Whatever keeps fills from being settled keeps nothing from being protected."""
        await self.broker.advance()
        try:
            await self.settle()
        finally:
            await self.protect()
        await self.reconcile()


@dataclass(frozen=True, slots=True)
class Mark:
    """Write down what the account is worth."""

    account: str
    clock: Clock
    broker: PaperBroker
    ledger: Ledger

    async def __call__(self) -> None:
        worth = await self.broker.account()
        now = self.clock.now()
        await self.ledger.commit(EquityMark(self.account, now, worth.equity, worth.wallet))


@dataclass
class Look:
    """Form decisions at once, then make cards of them, and let the autopilot answer where it may.

    Between the two the account lives through the candle that has closed.
    """

    account: str
    ledger: Ledger
    form_decisions: FormDecisions
    propose_trades: ProposeTrades
    autopilot: Autopilot
    arms: RunArms
    formed: tuple[Decision, ...] = ()

    async def form(self) -> None:
        self.formed = ()
        settings = await self.ledger.settings(self.account)
        self.formed = await self.form_decisions(
            settings.symbols, settings.timeframe, settings.tuning
        )

    async def propose(self) -> None:
        decisions, self.formed = self.formed, ()
        answers = await self.propose_trades(decisions)
        for answer in answers:
            if isinstance(answer.outcome, Proposal) and answer.outcome.is_pending:
                await self.autopilot(answer.outcome)
        await self.arms(answers)


@dataclass(frozen=True, slots=True)
class ReportDay:
    """Leave yesterday's report in the outbox."""

    account: str
    clock: Clock
    ledger: Ledger

    async def __call__(self) -> None:
        now = self.clock.now()
        day = timedelta(days=1)
        if not await self.ledger.equity_marks(self.account, day_start(now) - day, day_start(now)):
            return
        yesterday = f"{now - day:%Y-%m-%d}"
        numbers = {"span": f"{yesterday} {yesterday}"}
        await self.ledger.commit(
            Notice(self.account, NoticeKind.REPORT, now, numbers=numbers, silent=True)
        )


@dataclass(frozen=True, slots=True)
class Sweep:
    """Forget the buttons of last month's messages, and what was looked at or said long ago; `wall`
    because all of them count real time.
    """

    wall: Clock
    buttons: SqlButtons
    sights: SqlSights
    minutes: SqlMinutes

    async def __call__(self) -> None:
        await self.buttons.sweep(self.wall.now() - timedelta(days=30))
        await self.sights.forget(self.wall.now())
        await self.minutes.forget(self.wall.now())


@dataclass(frozen=True, slots=True)
class Chores:
    """Everything the table is made of."""

    watch: Watch
    follow: FollowPrices
    mark: Mark
    expire: ExpireProposals
    shadows: FollowShadows
    look: Look
    report: ReportDay
    sweep: Sweep
    alerts: RingAlerts
    outcomes: ResolveOutcomes
    flush: Act
    refresh: Act


def table(chores: Chores) -> tuple[Job, ...]:
    """In the order in which things due at the same moment must happen."""

    async def expire() -> None:
        await chores.expire()

    async def outcomes() -> None:
        await chores.outcomes()

    close = AtClose()
    return (
        Job("form", close, chores.look.form, thinks=True),
        Job("watch", close, chores.watch),
        Job("follow", close, chores.follow),
        Job("mark", close, chores.mark),
        Job("expire", Every(timedelta(seconds=15)), expire),
        Job("shadows", close, chores.shadows),
        Job("propose", close, chores.look.propose, thinks=True),
        Job("report", Daily(timedelta(minutes=5)), chores.report, timedelta(hours=2)),
        Job("sweep", Daily(timedelta(hours=3)), chores.sweep, timedelta(hours=12)),
        Job("alerts", Every(timedelta(seconds=5)), chores.alerts),
        Job("outcomes", Every(timedelta(minutes=1)), outcomes),
        Job("outbox", Every(timedelta(seconds=2)), chores.flush),
        Job("cards", Every(timedelta(seconds=10)), chores.refresh),
    )
