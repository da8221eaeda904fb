"""`python -m bot doctor`: does a venue do with these keys what the desk relies on? Dated, line by line."""

import asyncio
import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot import typed
from bot.account_list import TRADED
from bot.doctor.examining import Examine, Line, Mark
from bot.doctor.patient import Patient
from bot.errors import WrongQuestion
from bot.exchanges.opening import Adjust
from bot.exchanges.venues import venue_named
from bot.market.clock import SystemClock
from bot.rescue.forgotten import Forgotten
from bot.rescue.keys import keys_of
from bot.rescue.ledger import ledger_at
from bot.rescue.listing import Listing
from bot.rescue.reaching import Ways, lacking
from bot.settings import Settings, database_url, load_settings
from bot.stores import short_id
from bot.typed import Parser
from bot.vault.errors import VaultError
from bot.vault.wanted import MAIN
from bot.words import load_words
from core.domain.account import DeskAccount, Mode
from core.domain.secret import Credential
from core.ports import Clock
from handlers.words import Translator

TRADE_ID = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """How one gets there from here; a test has other ones."""

    clock: Clock
    adjust: Adjust | None = None
    pause: float = 0.5


def main(words: Sequence[str], means: Means | None = None) -> int:
    """0 when no step has failed. Raises Stop, also where there is no key."""
    said = _parser().parse_args(words)
    settings = load_settings()
    logging.basicConfig(level="ERROR")
    account = meant(settings, said.venue, said.account, Mode.DEMO if said.demo else Mode.LIVE)
    if len(said.symbol) != 1:
        raise WrongQuestion("--symbol: one contract, such as BTC")
    t = load_words()[said.language or settings.language]
    url = database_url("" if said.data else settings.database_url, said.data or settings.data_dir)
    visit = Visit(settings, account, means or Means(clock=SystemClock()), t)
    return asyncio.run(visit(url, said.symbol[0], trades=said.demo or said.trade))


def meant(settings: Settings, venue: str, name: str | None, mode: Mode) -> DeskAccount:
    """The one that is named, else the desk's own of this kind, else a main one. Raises Stop."""
    found = venue_named(venue.lower()).name
    own = (a.name for a in settings.account_list if (a.venue, a.mode) == (found, mode))
    try:
        return DeskAccount((name or next(own, MAIN)).lower(), found, mode)
    except ValueError as error:
        raise WrongQuestion(f"--account: {error}") from None


@dataclass(frozen=True, slots=True)
class Visit:
    """Keys out of the ledger, which is not written to; then straight to the venue."""

    settings: Settings
    account: DeskAccount
    means: Means
    t: Translator

    async def __call__(self, url: str, symbol: str, *, trades: bool) -> int:
        credential, market = await self._key(url), Listing()
        ways = Ways(
            clock=self.means.clock,
            credentials={self.account.name: credential},
            adjust=self.means.adjust,
        )
        self._say(self._title())
        broker = await ways.open(self.account, market, Forgotten())
        try:
            if symbol not in market.known:
                raise WrongQuestion(f"--symbol: {self.account.venue} does not list {symbol}")
            patient = Patient(
                account=self.account,
                venue=venue_named(self.account.venue),
                credential=credential,
                broker=broker,
                contract=market.known[symbol],
                clock=self.means.clock,
                trade=short_id(TRADE_ID),
                pause=self.means.pause,
            )
            return await self._examined(patient, trades=trades)
        finally:
            await broker.aclose()

    async def _key(self, url: str) -> Credential:
        """Raises WrongQuestion."""
        try:
            async with ledger_at(url, writes=False) as database:
                kept = await keys_of((self.account,), database, self.settings)
        except VaultError as reason:
            raise WrongQuestion(f"{reason}; then {lacking(self.account)}") from None
        if self.account.name not in kept:
            raise WrongQuestion(f"{self.account.name}: {lacking(self.account)}")
        return kept[self.account.name]

    async def _examined(self, patient: Patient, *, trades: bool) -> int:
        marks = []
        async for line in Examine(patient, self.means.adjust)(trades=trades):
            marks.append(line.mark)
            self._say(told(self.t, line))
        if not trades:
            self._say(f"{Mark.NOT_TOLD} {self.t('doctor.read_only')}")
        failed = marks.count(Mark.FAILED)
        self._say(self.t("doctor.failed", n=failed) if failed else self.t("doctor.well"))
        return 1 if failed else 0

    def _title(self) -> str:
        account, now = self.account, self.means.clock.now()
        mode = self.t.of("mode", account.mode)
        return f"{now:%Y-%m-%d %H:%M:%S} UTC · {account.venue} · {account.name} · {mode}"

    def _say(self, line: str) -> None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def told(t: Translator, line: Line) -> str:
    return f"{line.mark} {line.at:%H:%M:%S} {t.of('doctor', line.step)}: {line.seen}"


def _parser() -> Parser:
    parser = Parser(
        prog="python -m bot doctor",
        description="Asks a venue, and with demo keys trades the smallest there is, to see that it"
        " does what the desk relies on. Writes nothing to the ledger and leaves nothing behind.",
    )
    add = parser.add_argument
    add("--venue", required=True, metavar="NAME", help=", ".join(TRADED))
    add("--demo", action="store_true", help="the venue's demo; without it real money, only read")
    add("--account", metavar="NAME", help="whose keys")
    add(
        "--symbol",
        type=typed.symbols,
        default=("BTC/USDT:USDT",),
        help="BTC unless said otherwise",
    )
    add("--trade", action="store_true", help="trade also with real money: the smallest there is")
    add("--data", type=Path, metavar="DIR", help="where the ledger with the keys lies")
    add("--language", type=typed.language, help="ko or en")
    return parser
