"""`core.ports.Broker` over the floor, through a line on which anything may befall a message."""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from core.domain.trading import (
    Account,
    Activity,
    Fill,
    Order,
    OrderState,
    Outcome,
    Placed,
    Refused,
    Unknown,
)
from core.errors import BrokerUnavailable
from core.execution.codes import REDUCE_ONLY, STOP_PASSED
from tests.simulation.orders.floor import Floor, View
from tests.simulation.orders.line import Journey, Line
from tests.simulation.orders.telling import position_told
from tests.simulation.orders.weather import UNDONE, Fault, Weather
from tests.venues.trading.margins import free
from tests.venues.trading.orders import ZERO

T = TypeVar("T")
Step = Callable[[str], None]

LATEST = 15.0
LONGEST_LAG = 4.0
PATIENCE = 3.0
PROVEN = frozenset({-2019, -2027, -4161, -4164, -1111, -4045, -5022, -4016, -4024})
MEANT = {-2021: STOP_PASSED, -2022: REDUCE_ONLY, -4118: REDUCE_ONLY}
SAID = {Fault.UNSENT: "not_sent", Fault.REFUSED: "-1021", Fault.BROKE: "-2019"}
BREAKS = {Fault.LOST, Fault.MUTE, Fault.LATE}


@dataclass(eq=False)
class TwinBroker:
    """`step` is where the process may die: before and after each message."""

    line: Line
    step: Step

    @property
    def floor(self) -> Floor:
        return self.line.floor

    @property
    def weather(self) -> Weather:
        return self.line.weather

    @property
    def arrival(self) -> timedelta:
        """The window, the clocks' difference, and until what has come is seen by whoever asks."""
        return timedelta(seconds=self.line.window + LONGEST_LAG + 2)

    def _now(self) -> float:
        return self.line.loop.time()

    # -- orders

    async def place(self, order: Order) -> Outcome:
        self.step(f"place {order.client_order_id}")
        self.line.sent.append((self._now(), order))
        outcome, fault = await self._place(order)
        self.line.say(f"place {_words(order)} -> {_outcome(outcome)}{_why(fault)}")
        self.step(f"placed {order.client_order_id}")
        return outcome

    async def _place(self, order: Order) -> tuple[Outcome, Fault | None]:
        spell = self.weather.spell(self._now())
        if spell is not None:
            self.weather.saw(spell)
            return await self._during(spell, order), spell
        fault = self.weather.of_order(self._now(), reduces=order.reduce_only)
        if fault in UNDONE:
            self.weather.saw(fault)
            return await self._undone(fault, order), fault
        return await self._done(fault, order), fault

    async def _during(self, spell: Fault, order: Order) -> Outcome:
        await asyncio.sleep(self.line.latency())
        if spell is Fault.BUSY:
            return Refused(order.client_order_id, "-1003")
        if self.line.dice.random() < 0.5:
            return Refused(order.client_order_id, "not_sent")
        await asyncio.sleep(PATIENCE)
        return Unknown(order.client_order_id)

    async def _undone(self, fault: Fault, order: Order) -> Outcome:
        wait = PATIENCE if fault is Fault.LOST and self.line.dice.random() < 0.5 else 0.05
        await asyncio.sleep(wait)
        if fault in SAID:
            return Refused(order.client_order_id, SAID[fault])
        return Unknown(order.client_order_id)

    async def _done(self, fault: Fault | None, order: Order) -> Outcome:
        """It arrives, now or later; whether the answer comes back is another thing."""
        latency = self.line.latency()
        if fault is Fault.THIN:
            self.line.thins(order, latency)
        late = self.line.dice.uniform(0, LATEST) if fault is Fault.LATE else latency / 2
        journey = self.line.sends(order, late)
        if fault is Fault.TWICE:
            self.line.doubles(order, late)
        await asyncio.sleep(latency)
        if fault not in {None, Fault.THIN}:
            self.weather.saw(fault)
        if fault in BREAKS and self.line.dice.random() < 0.5:
            await asyncio.sleep(PATIENCE)
        if fault in {*BREAKS, Fault.UNSURE} or not journey.arrived:
            return Unknown(order.client_order_id)
        return _judged(journey)

    async def cancel(self, order: Order) -> None:
        self.step(f"cancel {order.client_order_id}")
        fault = self.weather.spell(self._now()) or self.weather.of_cancel(self._now())
        await asyncio.sleep(self.line.latency())
        if fault in {None, Fault.TAKEN}:
            self.floor.cancel(order)
        if fault is not None:
            self.weather.saw(fault)
        self.line.say(f"cancel {order.client_order_id}{_why(fault)}")
        self.step(f"cancelled {order.client_order_id}")
        if fault is not None:
            raise BrokerUnavailable(fault=fault)

    # -- questions

    async def account(self) -> Account:
        def told(view: View) -> Account:
            ledger = self.floor.ledger
            positions = tuple(position_told(ledger, held) for held in view.positions)
            open_profit = sum((p.unrealized_pnl for p in positions), ZERO)
            return Account(view.wallet, view.wallet + open_profit, free(ledger), positions)

        return await self._ask("account", told)

    async def find(self, order: Order) -> OrderState | None:
        return await self._ask("find", lambda view: self.floor.find(order, view))

    async def open_orders(self) -> tuple[OrderState, ...]:
        return await self._ask("open_orders", lambda view: tuple(view.open()), loses=True)

    async def activity(self, after: int, symbols: Collection[str]) -> tuple[Activity, ...]:
        """Of symbols that were not asked for it tells funding only."""

        def told(view: View) -> tuple[Activity, ...]:
            return tuple(
                one
                for one in view.activity
                if one.seq > after and (one.symbol in symbols or not isinstance(one, Fill))
            )

        return await self._ask("activity", told)

    async def _ask(self, what: str, told: Callable[[View], T], *, loses: bool = False) -> T:
        self.step(what)
        spell = self.weather.spell(self._now())
        fault = spell or self.weather.of_question(self._now())
        await asyncio.sleep(self._wait(fault))
        self.step(f"{what} answered")
        if spell or fault is Fault.SILENT:
            self.weather.saw(fault)
            self.line.say(f"{what}{_why(fault)}")
            raise BrokerUnavailable(fault=fault)
        return self._answered(what, told, fault, loses=loses)

    def _wait(self, fault: Fault | None) -> float:
        if fault is Fault.SLOW:
            self.weather.saw(fault)
            return self.line.dice.uniform(0.5, 3)
        return self.line.latency()

    def _answered(
        self, what: str, told: Callable[[View], T], fault: Fault | None, *, loses: bool
    ) -> T:
        now = told(self.floor.view())
        if fault is Fault.LAG:
            answer = told(self.floor.view(self.line.dice.uniform(0, LONGEST_LAG)))
        elif fault is Fault.STALE and loses and now:
            lost = self.line.dice.randrange(len(now))
            answer = now[:lost] + now[lost + 1 :]
        else:
            return now
        if answer != now:
            self.weather.saw(fault)
            self.line.say(f"{what}{_why(fault)}")
        return answer


def _judged(journey: Journey) -> Outcome:
    name, refusal = journey.order.client_order_id, journey.refusal
    if refusal is None:
        return Placed(name)
    if refusal.code in MEANT:
        return Refused(name, MEANT[refusal.code])
    return Refused(name, str(refusal.code)) if refusal.code in PROVEN else Unknown(name)


def _words(order: Order) -> str:
    price = order.stop_price or order.price or "market"
    return f"{order.client_order_id} {order.type} {order.side} {order.amount} at {price}"


def _outcome(outcome: Outcome) -> str:
    code = f" {outcome.code}" if isinstance(outcome, Refused) else ""
    return type(outcome).__name__ + code


def _why(fault: Fault | None) -> str:
    return f"   [{fault}]" if fault else ""
