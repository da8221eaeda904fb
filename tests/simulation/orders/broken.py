"""Desks with one thing missing, as others have built them: the simulation must find each of them out."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.storage import changes
from bot.storage.ledger import SqlLedger
from core.domain.intent import Intent, IntentStatus
from core.domain.ledger import Change, Claim
from core.domain.notice import Notice
from core.domain.trading import Account, Order, OrderState, OrderType, Outcome, Refused, Unknown
from core.errors import BrokerUnavailable
from core.execution.names import is_ours, trade_of
from core.execution.protecting import ProtectPositions
from tests.simulation.orders.floor import OPENING
from tests.simulation.orders.life import run
from tests.simulation.orders.twin import TwinBroker
from tests.simulation.orders.world import Verdict, World

SELDOM = 30.0


class Retries(TwinBroker):
    """No answer is no order: the same is sent again."""

    async def place(self, order: Order) -> Outcome:
        outcome = await super().place(order)
        if isinstance(outcome, Unknown) and not order.reduce_only:
            return await super().place(order)
        return outcome


class AsksOnce(TwinBroker):
    """Asked for once and not found: sent again."""

    async def find(self, order: Order) -> OrderState | None:
        state = await super().find(order)
        times = sum(sent.client_order_id == order.client_order_id for _, sent in self.line.sent)
        if state is None and not order.reduce_only and times == 1:
            await super().place(order)
        return state


class GivesUp(TwinBroker):
    """Not found once is never to be found."""

    @property
    def arrival(self) -> timedelta:
        return timedelta(0)


class BelievesErrors(TwinBroker):
    """A timeout is a refusal."""

    async def place(self, order: Order) -> Outcome:
        outcome = await super().place(order)
        if isinstance(outcome, Unknown):
            return Refused(order.client_order_id, "timeout")
        return outcome


class BelievesSilence(TwinBroker):
    """What could not be read is empty."""

    async def open_orders(self) -> tuple[OrderState, ...]:
        try:
            return await super().open_orders()
        except BrokerUnavailable:
            return ()

    async def account(self) -> Account:
        try:
            return await super().account()
        except BrokerUnavailable:
            return Account(OPENING, OPENING, OPENING)


class OneBook(TwinBroker):
    """The list is asked for without the book of conditional orders."""

    async def open_orders(self) -> tuple[OrderState, ...]:
        every = await super().open_orders()
        return tuple(state for state in every if state.order.type is not OrderType.STOP_MARKET)


class MayOpen(TwinBroker):
    """Stops and closes are plain orders."""

    async def place(self, order: Order) -> Outcome:
        plain = order.type in {OrderType.STOP_MARKET, OrderType.MARKET}
        return await super().place(replace(order, reduce_only=order.reduce_only and not plain))


class TakesAwayFirst(TwinBroker):
    """The old stop comes out before the new one goes in."""

    async def place(self, order: Order) -> Outcome:
        if order.type is OrderType.STOP_MARKET:
            for state in self.floor.view().open():
                name = state.order.client_order_id
                waits = state.order.type is OrderType.STOP_MARKET and is_ours(name)
                if waits and trade_of(name) == trade_of(order.client_order_id):
                    self.floor.cancel(state.order)
        return await super().place(order)


class Forgets(SqlLedger):
    """Nobody remembers how far the activity was booked."""

    async def cursor(self, account: str) -> int:
        return 0


class WritesAfterwards(SqlLedger):
    """That an order is being sent is written down only when its answer is there."""

    async def commit(self, *written: Change) -> None:
        kept = [c for c in written if not (isinstance(c, Intent) and c.status is SENDING)]
        await super().commit(*kept)


class TellsAfterwards(SqlLedger):
    """What people are told is written in a transaction of its own."""

    async def commit(self, *written: Change) -> None:
        notices = [change for change in written if isinstance(change, Notice)]
        await super().commit(*(change for change in written if not isinstance(change, Notice)))
        if notices:
            await super().commit(*notices)


SENDING = IntentStatus.SENDING


async def _seldom(self: ProtectPositions) -> None:
    """Protection is a job of the scheduler's, twice a minute, whatever was bought meanwhile."""
    now = self.clock.now()
    last = self.seen.get("", now - timedelta(seconds=SELDOM))
    if (now - last).total_seconds() >= SELDOM:
        self.seen[""] = now
        await PROTECT(self)


def _unclaimed(_connection: object, _claims: object) -> None:
    """Nobody spends the button."""


PROTECT = ProtectPositions.__call__


@dataclass(frozen=True)
class Broken:
    """`law` is what this desk must be caught breaking, or one of several."""

    law: str
    broker: type = TwinBroker
    ledger: type = SqlLedger
    attributes: Mapping[tuple[type, str], object] = field(default_factory=dict)
    writers: Mapping[type, Callable] = field(default_factory=dict)

    def run(self, seed: int) -> Verdict:
        with self._applied():
            return run(seed, self._bend)

    def _bend(self, world: World) -> None:
        world.broker, world.ledger = self.broker, self.ledger

    @contextmanager
    def _applied(self) -> Iterator[None]:
        writers = dict(changes.WRITERS)
        kept = {(owner, name): getattr(owner, name) for owner, name in self.attributes}
        try:
            changes.WRITERS.update(self.writers)
            _set(self.attributes)
            yield
        finally:
            changes.WRITERS.update(writers)
            _set(kept)


def _set(attributes: Mapping[tuple[type, str], object]) -> None:
    for (owner, name), value in attributes.items():
        setattr(owner, name, value)


DESKS = {
    "retries an entry that nobody answered": Broken("I1", broker=Retries),
    "asks once, then sends again": Broken("I1", broker=AsksOnce),
    "gives an order up when it is not found once": Broken("I1", broker=GivesUp),
    "takes a timeout for a refusal": Broken("I1", broker=BelievesErrors),
    "writes down what it sends afterwards": Broken("I1", ledger=WritesAfterwards),
    "protects in a loop of its own only": Broken(
        "I2", attributes={(ProtectPositions, "__call__"): _seldom}
    ),
    "takes the old stop away first": Broken("I2", broker=TakesAwayFirst),
    "sends stops and closes that may open": Broken("I3", broker=MayOpen),
    "does not list the conditional orders": Broken("I3 I4", broker=OneBook),
    "takes silence for an empty account": Broken("I4 I5 I7", broker=BelievesSilence),
    "tells people in a transaction of its own": Broken("I6", ledger=TellsAfterwards),
    "books without a cursor": Broken("I7", ledger=Forgets),
    "spends no button": Broken("once", writers={Claim: _unclaimed}),
}
