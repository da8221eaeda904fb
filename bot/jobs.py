"""The table of what runs by itself, and when. Two drivers run it: a scheduler and a stepper."""

import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot.looking import Look
from bot.storage.buttons import SqlButtons
from bot.storage.minutes import SqlMinutes
from bot.storage.sights import SqlSights
from core.alerts.ringing import RingAlerts
from core.calendar import day_start
from core.domain.ledger import EquityMark
from core.domain.notice import Notice, NoticeKind
from core.errors import BrokerUnavailable
from core.execution.protecting import ProtectPositions
from core.execution.reconciling import Reconcile
from core.execution.settling import SettleIntents
from core.execution.unguarded import HELD
from core.ports import Broker, Clock, Fence, Ledger
from core.scoring.resolving import ResolveOutcomes

logger = logging.getLogger(__name__)

GRACE = timedelta(minutes=5)
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
    `thinks` may wait for models: whatever looks after money goes on beside it. One of an `account`
    waits for what that account has to do before it, and for no other account.
    """

    name: str
    when: When
    run: Act
    grace: timedelta = GRACE
    thinks: bool = False
    account: str = ""


@dataclass(frozen=True, slots=True)
class Watch:
    """The protection loop: what a broker wants `before`, settle what was sent, protect what is open,
    and hold all of it against the venue.
    """

    before: Act
    settle: SettleIntents
    protect: ProtectPositions
    reconcile: Reconcile
    fence: Fence = HELD

    async def __call__(self) -> None:
        """Whatever keeps fills from being settled keeps nothing from being protected.

        Raises LeaseLost before anything is looked at, and BrokerUnavailable when the venue has said
        nothing to the end.
        """
        await self.fence.check()
        await self.before()
        try:
            await self.settle()
        finally:
            await self.protect()
        if not await self.reconcile():
            raise BrokerUnavailable(account=self.reconcile.account)


@dataclass(frozen=True, slots=True)
class Mark:
    """Write down what the account is worth."""

    account: str
    clock: Clock
    broker: Broker
    ledger: Ledger

    async def __call__(self) -> None:
        worth = await self.broker.account()
        now = self.clock.now()
        await self.ledger.commit(EquityMark(self.account, now, worth.equity, worth.wallet))


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """What is done for one account."""

    account: str
    watch: Act
    follow: Act
    mark: Act
    expire: Act
    shadows: Act
    propose: Act
    report: Act
    keys: Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Chores:
    """Everything the table is made of."""

    look: Look
    duties: tuple[Duties, ...]
    sweep: Sweep
    alerts: RingAlerts
    outcomes: ResolveOutcomes
    flush: Act
    refresh: Act


def table(chores: Chores) -> tuple[Job, ...]:
    """In the order in which things due at the same moment must happen."""

    async def outcomes() -> None:
        await chores.outcomes()

    close, often = AtClose(), Every(timedelta(seconds=15))
    each = partial(_each, chores.duties)
    return (
        Job("form", close, chores.look.form, thinks=True),
        *each("watch", close),
        *each("follow", close),
        *each("mark", close),
        *each("expire", often),
        *each("propose", close, thinks=True),
        *each("shadows", close, thinks=True),
        *each("report", Daily(timedelta(minutes=5)), grace=timedelta(hours=2)),
        *each("keys", Daily(timedelta(hours=4)), grace=timedelta(hours=12)),
        Job("sweep", Daily(timedelta(hours=3)), chores.sweep, timedelta(hours=12)),
        Job("alerts", Every(timedelta(seconds=5)), chores.alerts),
        Job("outcomes", Every(timedelta(minutes=1)), outcomes),
        Job("outbox", Every(timedelta(seconds=2)), chores.flush),
        Job("cards", Every(timedelta(seconds=10)), chores.refresh),
    )


def _each(
    everybody: Sequence[Duties],
    name: str,
    when: When,
    grace: timedelta = GRACE,
    *,
    thinks: bool = False,
) -> Iterator[Job]:
    """The same for every account; the first one needs no name."""
    for place, duties in enumerate(everybody):
        known = f"{name} {duties.account}" if place else name
        yield Job(known, when, getattr(duties, name), grace, thinks, duties.account)
