"""Panic in one account from outside the desk: paused first, then out at the venue itself."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from bot.accounts.counter import Counter
from bot.accounts.opening import OpenBroker
from bot.errors import Stop
from bot.rescue.diary import Hasty
from bot.rescue.listing import Listing
from bot.rescue.reaching import Ways
from bot.storage.database import Database
from bot.storage.diary import SqlDiary
from bot.storage.ledger import SqlLedger
from bot.won import TypedWon
from core.domain.account import DeskAccount
from core.domain.intent import Intent
from core.domain.trade import Exit, Trade
from core.domain.trading import Position
from core.errors import BrokerUnavailable, DeskError, LedgerUnavailable, NotFound
from core.execution.editing import EditTrades
from core.execution.protecting import ProtectPositions
from core.execution.sending import PAUSED, SendIntent
from core.execution.settling import SettleIntents
from core.panic import Panic, Panicked
from core.ports import Broker, Clock, MarketData
from core.positions import ClosePosition

TRIES = 5
BETWEEN = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What has become of an account. `left` are the desk's own symbols that may still be open,
    `foreign` what is somebody else's, None where the venue does not say. `trouble`: why no more
    could be done.
    """

    account: DeskAccount
    closed: tuple[Trade, ...] = ()
    left: tuple[str, ...] = ()
    cancelled: int = 0
    foreign: tuple[Position, ...] | None = ()
    written: bool = True
    trouble: str = ""

    @property
    def is_flat(self) -> bool:
        return not self.left and not self.trouble


class Shut:
    """A gate through which nothing enters."""

    async def admit(self, _intent: Intent) -> str | None:
        return PAUSED


def panic_over(
    account: str, clock: Clock, ledger: SqlLedger, broker: Broker, market: MarketData
) -> Panic:
    """The desk's own, over nothing but what it needs; it holds no lease and enters nothing."""
    send, edit = SendIntent(clock, broker, ledger, gate=Shut()), EditTrades(ledger)
    settle = SettleIntents(account, clock, broker, ledger, send, edit, TypedWon(clock, None))
    protect = ProtectPositions(account, clock, broker, ledger, market, send, edit)
    steps = (send, settle, protect, edit, asyncio.Lock())
    return Panic(account, clock, broker, ledger, ClosePosition(clock, ledger, market, *steps))


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """Out of one real account. What fails in it is told, and keeps nobody else."""

    ways: Ways
    database: Database
    between: float = BETWEEN

    @property
    def clock(self) -> Clock:
        return self.ways.clock

    @property
    def ledger(self) -> SqlLedger:
        return SqlLedger(self.database)

    async def __call__(self, account: DeskAccount) -> Outcome:
        try:
            if not await has_begun(self.ledger, account):
                return Outcome(account=account, foreign=None)
            return await self._leave(account)
        except (Stop, DeskError) as error:
            return Outcome(account=account, foreign=None, trouble=str(error))

    async def _leave(self, account: DeskAccount) -> Outcome:
        market = Listing()
        counter = Counter(account, self.clock, partial(self._open, account, market))
        panic = panic_over(account.name, self.clock, self.ledger, counter, market)
        await panic.stand_still()
        live = await self.ledger.live_trades(account.name)
        try:
            await counter.wake()
        except BrokerUnavailable as error:
            return await self._owed(account, panic, error)
        try:
            done = await until_flat(panic, self.between)
            done = replace(done, written=await write_what_is_left(panic))
            return await self._told(account, counter, done, live)
        finally:
            await counter.aclose()

    async def _open(self, account: DeskAccount, market: Listing) -> OpenBroker:
        return await self.ways.open(account, market, Hasty(SqlDiary(self.database)))

    async def _owed(self, account: DeskAccount, panic: Panic, error: BrokerUnavailable) -> Outcome:
        """Nobody gets there from here: a desk that lives, or the next one, closes what it can."""
        live = await self.ledger.live_trades(account.name)
        await ask_the_desk(panic, live)
        await write_what_is_left(panic)
        return Outcome(
            account=account,
            left=tuple(trade.symbol for trade in live),
            foreign=None,
            trouble=str(error.__cause__ or error) or "no answer",
        )

    async def _told(
        self, account: DeskAccount, broker: Broker, done: Panicked, before: Iterable[Trade]
    ) -> Outcome:
        return Outcome(
            account=account,
            closed=done.closed,
            left=done.left,
            cancelled=done.cancelled,
            foreign=await foreign(broker, {t.symbol for t in before if t.symbol in done.left}),
            written=done.written,
        )


async def has_begun(ledger: SqlLedger, account: DeskAccount) -> bool:
    """Where no desk has ever been, there is nothing of a desk's."""
    try:
        await ledger.settings(account.name)
    except NotFound:
        return False
    return True


async def until_flat(panic: Panic, between: float) -> Panicked:
    """Again, a few times, while something is left: an entry of unknown fate may take its time."""
    done = await panic()
    for _ in range(TRIES):
        if not done.left:
            break
        await asyncio.sleep(between)
        again = await panic()
        before = {trade.id: trade for trade in done.closed}
        closed = before | {trade.id: trade for trade in again.closed}
        cancelled = done.cancelled + again.cancelled
        done = replace(again, closed=tuple(closed.values()), cancelled=cancelled)
    return done


async def ask_the_desk(panic: Panic, live: Iterable[Trade]) -> None:
    """Written in the ledger: whoever settles these trades sells what they hold."""
    with suppress(DeskError):
        for trade in live:
            with suppress(NotFound):
                await panic.close.edit(trade.id, partial(replace, ending=Exit.PANIC))


async def write_what_is_left(panic: Panic) -> bool:
    """The last try: what was done past the ledger, and that nothing may be entered. A pause that
    somebody has written over meanwhile is written again. Is all of it written?
    """
    with suppress(LedgerUnavailable):
        await panic.close.send.unwritten.write(panic.account, panic.ledger)
        if not (await panic.ledger.settings(panic.account)).paused:
            await panic.stand_still()
        return True
    return False


async def foreign(broker: Broker, own: Iterable[str]) -> tuple[Position, ...] | None:
    """What is held there and is not the desk's; None when the venue does not say."""
    ours = frozenset(own)
    try:
        held = (await broker.account()).positions
    except BrokerUnavailable:
        return None
    return tuple(p for p in held if p.amount and p.symbol not in ours)
