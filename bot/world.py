"""What an account's use cases stand on: clock, market, stores, and the others of its desk."""

import asyncio
from dataclasses import dataclass, field, replace
from decimal import Decimal

from bot.guarding import Safety
from bot.markets import Market
from bot.stores import Stores
from core.committee.alone import ALONE
from core.domain.account import ON_PAPER, DeskAccount, Roster
from core.engine import NOWHERE
from core.events import NO_EVENTS
from core.paper.broker import PaperBroker
from core.paper.costs import Costs
from core.ports import Calendar, Clock, Duty, Opposition, Purse, Sights, Trusts, Won


@dataclass(frozen=True, slots=True)
class World:
    """What every use case stands on. `account` is the one that they are for; accounts of a `roster`
    share all the rest but their `lane`, in which one thing happens after the other.
    """

    clock: Clock
    market: Market
    stores: Stores
    equity: Decimal
    won: Won
    purse: Purse
    costs: Costs = field(default_factory=Costs)
    calendar: Calendar = NO_EVENTS
    sights: Sights = NOWHERE
    duty: Duty = ALONE
    belief: Trusts = ALONE
    opposition: Opposition = ALONE
    account: DeskAccount = ON_PAPER.main
    roster: Roster = ON_PAPER
    safety: Safety = field(default_factory=Safety)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    lane: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def name(self) -> str:
        return self.account.name

    def of(self, account: DeskAccount, market: Market) -> "World":
        """The same for another account, which waits for nobody else's venue."""
        return replace(self, account=account, market=market, lane=asyncio.Lock())


def paper_broker(world: World) -> PaperBroker:
    market = world.market
    return PaperBroker(
        account=world.account.name,
        opening_balance=world.equity,
        clock=world.clock,
        quotes=market,
        tape=market,
        market=market,
        store=world.stores.paper,
        costs=world.costs,
    )
