"""Venues far away: paper fills their orders, and a test puts them out of reach."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal

from bot.errors import VenueUnavailable
from core.domain.account import DeskAccount, Mode, Roster
from core.errors import BrokerUnavailable
from core.paper.broker import PaperBroker
from tests.core.paper.fakes import MemoryPaperStore

PAPER = DeskAccount("paper", "binance", Mode.PAPER)
DEMO = DeskAccount("binance-main", "binance", Mode.DEMO)
LIVE = DeskAccount("bybit-2", "bybit", Mode.LIVE)
THREE = Roster((PAPER, DEMO, LIVE))


class FarBroker:
    """Answers, hangs, or is away; `asked` is how often anything was wanted of it."""

    def __init__(self, paper):
        self.paper = paper
        self.is_away, self.is_closed, self.asked = False, False, 0
        self.by_hand, self.stolen = [], Decimal(0)
        self.answers = asyncio.Event()
        self.answers.set()

    @property
    def arrival(self):
        return self.paper.arrival

    async def _line(self):
        self.asked += 1
        await self.answers.wait()
        if self.is_away:
            raise BrokerUnavailable(venue="far")
        await self.paper.advance()

    async def account(self):
        await self._line()
        told = await self.paper.account()
        moved = sum(amount for _, amount in self.by_hand) - self.stolen
        return replace(told, wallet=told.wallet + moved, equity=told.equity + moved)

    async def place(self, order):
        await self._line()
        return await self.paper.place(order)

    async def cancel(self, order):
        await self._line()
        await self.paper.cancel(order)

    async def find(self, order):
        await self._line()
        return await self.paper.find(order)

    async def open_orders(self):
        await self._line()
        return await self.paper.open_orders()

    async def activity(self, after, symbols):
        await self._line()
        return await self.paper.activity(after, symbols)

    @property
    def lag(self):
        return timedelta(minutes=1)

    async def moved(self, start, end):
        """What the owner has moved by hand."""
        await self._line()
        return sum((amount for at, amount in self.by_hand if start <= at < end), Decimal(0))

    async def aclose(self):
        self.is_closed = True


@dataclass
class Far:
    """Opens accounts, unless their venue is `down`; `clock` is the desk's."""

    clock: object = None
    down: set[str] = field(default_factory=set)
    brokers: dict[str, FarBroker] = field(default_factory=dict)
    tried: list[str] = field(default_factory=list)
    equity: Decimal = Decimal(5_000)

    async def __call__(self, account, market):
        self.tried.append(account.name)
        if account.name in self.down:
            raise VenueUnavailable(f"{account.venue} does not answer")
        paper = PaperBroker(
            account=account.name,
            opening_balance=self.equity,
            clock=self.clock,
            quotes=market,
            tape=market,
            market=market,
            store=MemoryPaperStore(),
        )
        self.brokers[account.name] = FarBroker(paper)
        return self.brokers[account.name]
