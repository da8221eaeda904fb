"""`python -m bot panic`: everything off, from a console, whatever has become of the desk."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot import typed
from bot.errors import WrongQuestion
from bot.exchanges.opening import Adjust
from bot.market.clock import SystemClock
from bot.rescue.asking import says_yes
from bot.rescue.keys import keys_of
from bot.rescue.leaving import BETWEEN, Leave, Outcome
from bot.rescue.ledger import ledger_at
from bot.rescue.paper import LeavePaper
from bot.rescue.pulse import AwaitDesk
from bot.rescue.reaching import Ways
from bot.rescue.telling import lines_of
from bot.settings import Settings, database_url, load_settings
from bot.storage.database import Database
from bot.storage.ledger import SqlLedger
from bot.typed import Parser
from bot.vault.errors import VaultError
from bot.words import load_words
from core.domain.account import DeskAccount, Roster
from core.domain.secret import Credential
from core.ports import Clock
from handlers.words import Translator

Leaving = Callable[[DeskAccount], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """How one gets there from here; a test has other ones."""

    clock: Clock
    adjust: Adjust | None = None
    between: float = BETWEEN
    patience: float = 20.0


def main(words: Sequence[str], means: Means | None = None) -> int:
    """0 only when nothing of the desk's is left anywhere. Raises Stop."""
    said = _parser().parse_args(words)
    settings = load_settings()
    logging.basicConfig(level="ERROR")
    t = load_words()[said.language or settings.language]
    accounts = chosen(settings, said.account)
    names = ", ".join(account.name for account in accounts)
    if not said.yes and not says_yes(t("rescue.panic.asks", names=names), t):
        sys.stdout.write(f"{t('rescue.panic.nothing')}\n")
        return 1
    url = database_url("" if said.data else settings.database_url, said.data or settings.data_dir)
    panic = PanicHere(settings, accounts, means or Means(clock=SystemClock()), t)
    ended = asyncio.run(panic(url))
    return 0 if all(one.is_flat for one in ended) else 1


def chosen(settings: Settings, name: str | None) -> tuple[DeskAccount, ...]:
    """Money first. Raises WrongQuestion for an account that the settings do not name."""
    roster = Roster(settings.account_list)
    if name is None:
        return roster.by_urgency()
    found = roster.find(name)
    if found is None:
        raise WrongQuestion(f"--account: there is {', '.join(roster.names)} (ACCOUNTS)")
    return (found,)


@dataclass(frozen=True, slots=True)
class PanicHere:
    """All accounts at once, each for itself."""

    settings: Settings
    accounts: Sequence[DeskAccount]
    means: Means
    t: Translator

    async def __call__(self, url: str) -> list[Outcome]:
        async with ledger_at(url, writes=True) as database:
            credentials, trouble = await self._keys(database)
            leave = self._leave(database, credentials)
            ended = await asyncio.gather(*(leave(account) for account in self.accounts))
        for line in (*trouble, *(line for one in ended for line in lines_of(self.t, one))):
            sys.stdout.write(f"{line}\n")
        return ended

    async def _keys(self, database: Database) -> tuple[Mapping[str, Credential], tuple[str, ...]]:
        """Without them paper is left all the same, and everything is paused."""
        try:
            return await keys_of(self.accounts, database, self.settings), ()
        except VaultError as reason:
            return {}, (self.t("rescue.no_keys", why=reason),)

    def _leave(self, database: Database, credentials: Mapping[str, Credential]) -> Leaving:
        means = self.means
        real = Leave(
            ways=Ways(clock=means.clock, credentials=credentials, adjust=means.adjust),
            database=database,
            between=means.between,
        )
        paper = LeavePaper(
            clock=means.clock,
            database=database,
            equity=self.settings.equity,
            await_desk=AwaitDesk(database, SqlLedger(database), means.patience),
            adjust=means.adjust,
            between=means.between,
        )

        async def leave(account: DeskAccount) -> Outcome:
            return await (paper if account.is_paper else real)(account)

        return leave


def _parser() -> Parser:
    parser = Parser(
        prog="python -m bot panic",
        description="Pauses every account, takes the desk's orders out and sells what it holds:"
        " beside a desk that runs, or without one. Positions that are not the desk's stay. Ends"
        " with 0 only when nothing of the desk's is left.",
    )
    add = parser.add_argument
    add("--account", metavar="NAME", help="this one only; all of ACCOUNTS unless said otherwise")
    add("--yes", action="store_true", help="do not ask first")
    add("--data", type=Path, metavar="DIR", help="where the ledger lies")
    add("--language", type=typed.language, help="ko or en")
    return parser
