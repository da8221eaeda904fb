"""`python -m bot status`: how every account is, out of the ledger, with the desk dead or alive."""

import asyncio
import json
import logging
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot import typed
from bot.errors import Stop
from bot.exchanges.opening import Adjust
from bot.machine import DiskProbe
from bot.market.clock import SystemClock
from bot.rescue.forgotten import Forgotten
from bot.rescue.holder import holder_of
from bot.rescue.keys import keys_of
from bot.rescue.ledger import ledger_at
from bot.rescue.listing import Listing
from bot.rescue.looking import Seen, Whole, seen, shown
from bot.rescue.reaching import Ways
from bot.rescue.status_json import as_json
from bot.rescue.status_lines import status_lines
from bot.settings import Settings, database_url, load_settings
from bot.storage.database import Database
from bot.typed import Parser
from bot.vault.errors import VaultError
from bot.words import load_words
from core.domain.account import DeskAccount, Roster
from core.domain.secret import Credential
from core.errors import DeskError
from core.ports import Clock


def main(words: Sequence[str], clock: Clock | None = None, adjust: Adjust | None = None) -> int:
    """0 when the ledger could be read, and the venues where they were asked. Raises Stop."""
    said = _parser().parse_args(words)
    settings = load_settings()
    logging.basicConfig(level="ERROR")
    folder = said.data or settings.data_dir
    look = LookFromHere(settings, folder, clock or SystemClock(), adjust)
    url = database_url("" if said.data else settings.database_url, folder)
    whole = asyncio.run(look(url, asks=said.venue))
    if said.json:
        sys.stdout.write(f"{json.dumps(as_json(whole), ensure_ascii=False, indent=2)}\n")
    else:
        t = load_words()[said.language or settings.language]
        sys.stdout.writelines(f"{line}\n" for line in status_lines(t, whole))
    return 1 if any(one.trouble for one in whole.accounts) else 0


@dataclass(frozen=True, slots=True)
class LookFromHere:
    """Reads, and changes nothing."""

    settings: Settings
    folder: Path
    clock: Clock
    adjust: Adjust | None = None

    async def __call__(self, url: str, *, asks: bool) -> Whole:
        roster = Roster(self.settings.account_list)
        async with ledger_at(url, writes=False) as database:
            found = [await seen(a, database, self.clock) for a in roster.by_urgency()]
            if asks:
                ways = await self._ways(roster.accounts, database)
                found = await asyncio.gather(*(self._asked(one, ways) for one in found))
        free = DiskProbe(self.folder).free()
        return Whole(self.clock.now(), tuple(found), holder_of(self.folder), free)

    async def _ways(self, accounts: Sequence[DeskAccount], database: Database) -> Ways:
        credentials: Mapping[str, Credential] = {}
        try:
            credentials = await keys_of(accounts, database, self.settings)
        except VaultError as reason:
            sys.stderr.write(f"{reason}\n")
        return Ways(clock=self.clock, credentials=credentials, adjust=self.adjust)

    async def _asked(self, one: Seen, ways: Ways) -> Seen:
        """Paper lies nowhere else."""
        if one.account.is_paper:
            return one
        try:
            broker = await ways.open(one.account, Listing(), Forgotten())
            try:
                return replace(one, shown=await shown(broker, self.clock))
            finally:
                await broker.aclose()
        except (Stop, DeskError) as error:
            return replace(one, trouble=str(error))


def _parser() -> Parser:
    parser = Parser(
        prog="python -m bot status",
        description="Accounts, positions and their stops, what is under way, halts, and who holds"
        " what: read from the ledger, which is not changed.",
    )
    add = parser.add_argument
    add("--venue", action="store_true", help="ask the venues too; needs their keys")
    add("--json", action="store_true", help="for programs")
    add("--data", type=Path, metavar="DIR", help="where the ledger lies")
    add("--language", type=typed.language, help="ko or en")
    return parser
