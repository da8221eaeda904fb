"""Out of a paper account from outside the desk: its positions lie in the ledger, its prices do not.

A desk that lives keeps the account in its memory, and so it is asked to close it. Only where none
lives is the account woken here: what has happened since is lived through first, as at a start.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from bot.accounts.counter import Counter
from bot.accounts.opening import OpenBroker
from bot.errors import Stop, WrongSetting
from bot.exchanges.opening import Adjust
from bot.markets import Market
from bot.rescue.leaving import (
    BETWEEN,
    Outcome,
    ask_the_desk,
    has_begun,
    panic_over,
    until_flat,
    write_what_is_left,
)
from bot.rescue.listing import Listing
from bot.rescue.pulse import AwaitDesk, Heard
from bot.settings import SYNTHETIC
from bot.stages.feeds import lone_market
from bot.storage.database import Database
from bot.storage.ledger import SqlLedger
from bot.storage.notes import SqlNotes
from bot.storage.paper import SqlPaperStore
from core.domain.account import DeskAccount
from core.domain.trade import Trade
from core.errors import BrokerUnavailable, DeskError
from core.panic import Panic
from core.paper.broker import PaperBroker
from core.ports import Clock

SLOW = "the desk that is running has not closed it yet"
MADE_UP = "its market is made up, and only a desk that runs has it: it closes at the next start"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavePaper:
    """Out of one paper account; `equity` is what a new one would open with."""

    clock: Clock
    database: Database
    equity: Decimal
    await_desk: AwaitDesk
    adjust: Adjust | None = None
    between: float = BETWEEN

    @property
    def ledger(self) -> SqlLedger:
        return SqlLedger(self.database)

    async def __call__(self, account: DeskAccount) -> Outcome:
        try:
            if not await has_begun(self.ledger, account):
                return Outcome(account=account)
            return await self._leave(account)
        except (Stop, DeskError) as error:
            return await self._failed(account, str(error))

    async def _leave(self, account: DeskAccount) -> Outcome:
        panic = self._beside(account)
        await panic.stand_still()
        live = await self.ledger.live_trades(account.name)
        await ask_the_desk(panic, live)
        await write_what_is_left(panic)
        heard = await self.await_desk(account.name)
        if heard is Heard.NOBODY:
            return await self._by_ourselves(account)
        return await self._by_the_desk(account, live, SLOW if heard is Heard.SLOW else "")

    def _beside(self, account: DeskAccount) -> Panic:
        """Without a broker: the account is in the memory of a desk that may live."""
        nowhere = Counter(account, self.clock, _nobody)
        return panic_over(account.name, self.clock, self.ledger, nowhere, Listing())

    async def _by_the_desk(
        self, account: DeskAccount, before: Iterable[Trade], trouble: str
    ) -> Outcome:
        now = [await self.ledger.trade(trade.id) for trade in before]
        return Outcome(
            account=account,
            closed=tuple(trade for trade in now if not trade.is_live),
            left=tuple(trade.symbol for trade in now if trade.is_live),
            trouble=trouble,
        )

    async def _by_ourselves(self, account: DeskAccount) -> Outcome:
        if account.venue == SYNTHETIC:
            raise WrongSetting(MADE_UP)
        notes = SqlNotes(self.database)
        async with lone_market(account.venue, self.clock, notes, self.adjust) as market:
            broker = self._woken(account, market)
            await broker.advance()
            panic = panic_over(account.name, self.clock, self.ledger, broker, market)
            done = await until_flat(panic, self.between)
            written = await write_what_is_left(panic)
        return Outcome(
            account=account,
            closed=done.closed,
            left=done.left,
            cancelled=done.cancelled,
            written=written,
        )

    def _woken(self, account: DeskAccount, market: Market) -> PaperBroker:
        return PaperBroker(
            account=account.name,
            opening_balance=self.equity,
            clock=self.clock,
            quotes=market,
            tape=market,
            market=market,
            store=SqlPaperStore(self.database),
        )

    async def _failed(self, account: DeskAccount, why: str) -> Outcome:
        """What it holds stays with the ledger's word that it must end."""
        held: tuple[Trade, ...] = ()
        with suppress(DeskError):
            held = await self.ledger.live_trades(account.name)
        return Outcome(account=account, left=tuple(t.symbol for t in held), trouble=why)


async def _nobody() -> OpenBroker:
    raise BrokerUnavailable
