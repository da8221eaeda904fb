"""An owner at a console, a ledger on disk, keys in its vault, and an account at the fake Binance."""

import asyncio
import io
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from pathlib import Path

from bot.broker.opening import open_broker
from bot.rescue import panic
from bot.rescue.forgotten import Forgotten
from bot.settings import DATABASE_FILE
from bot.storage.database import Database
from bot.storage.ledger import SqlLedger
from bot.vault import command as keys
from core.domain.account import DeskAccount, Mode
from core.domain.intent import IntentStatus, Role
from core.domain.secret import Credential, Secret
from core.domain.trade import Trade
from core.domain.trading import Placed
from core.execution.orders import intent_for, stop_order, target_order
from tests.bot.broker.conftest import Listing, WorldClock, listed
from tests.bot.vault.locks import QUICK
from tests.builders import PERSON, TRADE, settings
from tests.core.broker_contract import entry

ACCOUNT, SYMBOL, ETH = "main", "BTC/USDT:USDT", "ETH/USDT:USDT"
MAIN = DeskAccount(ACCOUNT, "binance", Mode.LIVE)


def held(clock, **changes):
    """A trade as the desk has it after an entry of 0.1 at 50,000."""
    plan = replace(
        TRADE.plan, amount=Decimal("0.1"), stop_loss=Decimal(45_000), reference=Decimal(50_000)
    )
    mine = {
        "id": "k7q2e7",
        "account": ACCOUNT,
        "plan": plan,
        "stop": Decimal(45_000),
        "targets": (),
        "amount": Decimal("0.1"),
        "remaining": Decimal("0.1"),
        "entry_price": Decimal(50_000),
        "created_at": clock.now(),
        "opened_at": clock.now(),
    }
    return replace(TRADE, **mine | changes)


@dataclass
class Scene:
    """`home` is the owner's; `venues` and `floor` what the accounts lie at."""

    home: Path
    venues: object
    floor: object
    monkeypatch: object
    capsys: object
    rushed: dict = field(default_factory=lambda: {"between": 0.05, "patience": 2.0})

    @property
    def folder(self):
        return self.home / "data"

    @property
    def file(self):
        return self.folder / DATABASE_FILE

    @property
    def clock(self):
        return WorldClock(self.venues.world)

    def adjust(self, client):
        self.venues.wire(client)
        client.enableRateLimit = False
        client.milliseconds = self.venues.world.clock

    def does(self, words, *typed):
        """`python -m bot keys`."""
        self.monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{t}\n" for t in typed)))
        assert keys.main([*words.split(), "--language", "en"], QUICK) == 0
        self.capsys.readouterr()

    def has_keys(self, account=ACCOUNT):
        self.does("init")
        self.does(f"add binance --account {account}", self.floor.keys.key, self.floor.keys.secret)

    @asynccontextmanager
    async def ledger(self):
        database = await Database.open(f"sqlite:///{self.file}")
        yield SqlLedger(database)
        await database.close()

    async def knows(self, *changes):
        async with self.ledger() as ledger:
            await ledger.commit(*changes)

    async def begins(self, account=ACCOUNT):
        await self.knows(settings(account=account), PERSON)

    @asynccontextmanager
    async def broker(self):
        """Whoever trades there: the desk before it died, or its owner by hand."""
        words = {"key": self.floor.keys.key, "secret": self.floor.keys.secret}
        credential = Credential(ACCOUNT, "binance", {n: Secret(w) for n, w in words.items()})
        contracts = (listed(SYMBOL, "0.1", "0.001", "100"), listed(ETH, "0.01", "0.001", "20"))
        market = Listing({one.symbol: one for one in contracts})
        broker = await open_broker(MAIN, credential, self.clock, market, Forgotten(), self.adjust)
        yield broker
        await broker.aclose()

    async def has_a_trade(self, **changes) -> Trade:
        """Bought, with its stop and a target in the market, and all of it written down."""
        trade = held(self.clock, **changes)
        wanted = (
            (Role.ENTRY, replace(entry(f"{trade.id}e1"), symbol=trade.symbol)),
            (Role.STOP, stop_order(trade, f"{trade.id}s1")),
            (Role.TARGET, target_order(trade, f"{trade.id}ta1", Decimal(55_000), trade.amount)),
        )
        async with self.broker() as broker:
            for _, order in wanted:
                assert isinstance(await broker.place(order), Placed)
        now = self.clock.now()
        intents = (intent_for(trade, role, order, now) for role, order in wanted)
        sent = [replace(i, status=IntentStatus.ACCEPTED, sent_at=now) for i in intents]
        await self.knows(trade, *sent)
        self.venues.world.clock.now += 60_000
        return trade

    async def buys_by_hand(self, amount="0.2", symbol=ETH, name="byhand"):
        async with self.broker() as broker:
            assert isinstance(
                await broker.place(replace(entry(name, amount), symbol=symbol)), Placed
            )

    async def panics(self, *words, **rushed):
        """The exit code and the lines: in a loop of its own, as the command has."""
        means = panic.Means(clock=self.clock, adjust=self.adjust, **self.rushed | rushed)
        run = partial(panic.main, [*words, "--yes", "--language", "en"], means)
        code = await asyncio.to_thread(run)
        return code, self.capsys.readouterr().out.splitlines()

    def position(self, name="BTCUSDT"):
        return self.floor.ledger.position(name).amount

    async def waits(self):
        async with self.broker() as broker:
            return sorted(s.order.client_order_id for s in await broker.open_orders())
