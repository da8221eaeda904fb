"""The desk of one process: the real use cases over the real ledger, the twin broker, virtual time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from bot.storage.buttons import SqlButtons
from core.domain.instrument import Instrument
from core.domain.ledger import Claim
from core.domain.market import FundingRate, Quote, Timeframe
from core.domain.opinion import Decision, Distances, Forecast, Question
from core.domain.people import Limits
from core.domain.trading import Side
from core.errors import BrokerUnavailable, DeskError
from tests.builders import PERSON, button, decision, settings
from tests.core.desk import Desk
from tests.simulation.loop import VirtualClock
from tests.simulation.orders.line import Line
from tests.simulation.orders.process import Process
from tests.simulation.orders.street import CONTRACTS, TRADED, VENUE, Street
from tests.simulation.orders.twin import TwinBroker

LIMITS = Limits(
    risk_per_trade=Decimal("0.0025"),
    leverage=3,
    max_positions=3,
    day_loss=Decimal("0.02"),
    week_loss=Decimal("0.04"),
    month_loss=Decimal("0.05"),
    reward_ratio=Decimal("1.1"),
    cool_down=timedelta(seconds=5),
    cool_down_two_stops=timedelta(seconds=10),
    same_direction_risk=Decimal("0.02"),
    exposure=Decimal(2),
    autopilot_risk=Decimal("0.0025"),
    autopilot_entries=50,
    proposals_per_day=1_000,
)
SETTINGS = settings(symbols=TRADED, timeframe=Timeframe.M1, limits=LIMITS)
OPENING = (SETTINGS, PERSON)
DISTANCES = Distances(0.006, 0.015)
EVERY, FOLLOW, EXPIRE = 2.0, 15.0, 15.0

Act = Callable[[], Awaitable[object]]
Failed = Callable[[str, Exception], None]


@dataclass(frozen=True)
class Prices:
    """`MarketData` and `Quotes` over the street."""

    street: Street
    clock: VirtualClock
    step: Callable[[str], None]

    async def snapshots(self, symbols: Any, timeframe: Timeframe) -> tuple[()]:
        return ()

    def instrument(self, symbol: str) -> Instrument:
        return CONTRACTS[symbol]

    def agreement(self) -> None:
        return None

    def funding(self, symbol: str) -> tuple[FundingRate, Any]:
        known = self.street.next_funding()
        return known, known.time

    async def quote(self, symbol: str) -> Quote:
        self.step("quote")
        now = self.street.quote(VENUE[symbol])
        return Quote(symbol, self.clock.now(), now.last, now.mark)


@dataclass(kw_only=True)
class SimDesk(Desk):
    process: Process
    wire: Line
    prices: Street
    opens: type[TwinBroker]
    new_id: Callable[[str], str]
    clock: VirtualClock
    real: bool = True

    def __post_init__(self) -> None:
        self.street = Prices(self.prices, self.clock, self.process.step)
        self.buttons = SqlButtons(self.ledger.database, lambda: self.new_id("b"))
        self._assemble()

    def _open_account(self) -> TwinBroker:
        return self.opens(self.wire, self.process.step)

    def _name(self) -> str:
        return self.new_id("card")

    def runs(self, failed: Failed) -> None:
        """What a process does by itself; start-up is the first round of it."""
        beats = (
            ("settle", self.settle, EVERY),
            ("protect", self.protect, EVERY),
            ("reconcile", self.reconcile, EVERY),
            ("follow", self.follow, FOLLOW),
            ("expire", self.expire, EXPIRE),
        )
        for name, act, every in beats:
            self.process.spawn(self._beats(name, act, every, failed))

    async def _beats(self, name: str, act: Act, every: float, failed: Failed) -> None:
        """As `bot.running` does: what fails is told, and tried again."""
        while True:
            try:
                await act()
            except Exception as error:  # noqa: BLE001 - the edge of this process
                failed(name, error)
            await asyncio.sleep(every)

    async def decided(self, symbol: str, side: Side, **_changes: Any) -> Decision:
        """The committee sees an edge now."""
        now = self.clock.now()
        price = float(self.prices.quote(VENUE[symbol]).last)
        made = decision(
            id=self.new_id("d"),
            symbol=symbol,
            as_of=now,
            question=Question(
                symbol, now, price, timedelta(hours=1), dict.fromkeys(Side, DISTANCES)
            ),
            best=Forecast(side=side, p_target_first=0.5, break_even=0.3, expected=0.004),
            confidence=1.0,
        )
        await self.ledger.commit(made)
        return made

    async def issued(self, verb: str, subject: str) -> str:
        (name,) = await self.buttons.issue([button(verb=verb, subject=subject)])
        return name

    def press(self, name: str) -> Claim:
        return Claim(name, PERSON.id, PERSON.chat, self.clock.now())


def is_harmless(error: Exception) -> bool:
    """A loop may be told that there was no answer; nothing else may stop it."""
    return isinstance(error, BrokerUnavailable)


def is_said(error: Exception) -> bool:
    """What a person may be told when they tap."""
    return isinstance(error, DeskError)
