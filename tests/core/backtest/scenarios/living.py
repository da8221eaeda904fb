"""Plays a scene on the living desk: its ledger, its broker of paper, its own use cases."""

from dataclasses import dataclass
from decimal import Decimal

from core.domain.intent import Role
from core.domain.trade import Exit, Trade, TradeStatus
from core.ending import trade_of_plan
from core.execution.names import order_id
from core.execution.orders import entry_order, intent_for
from core.paper.broker import PaperBroker
from tests.builders import ACCOUNT, proposal
from tests.core.backtest.scenarios.stage import Market, Scene, Told
from tests.core.desk import SETTINGS, Desk
from tests.core.domain.memory_ledger import MemoryLedger
from tests.core.paper.builders import START
from tests.core.paper.fakes import FakeClock, MemoryPaperStore


@dataclass(kw_only=True)
class Living(Desk):
    """A desk that lives through a recording instead of what a test says."""

    scene: Scene

    def __post_init__(self) -> None:
        self.street = Market(self.scene.recording(), self.scene.contract, self.clock)
        self._assemble()

    def _open_account(self) -> PaperBroker:
        return PaperBroker(
            account=ACCOUNT,
            opening_balance=Decimal(self.scene.equity),
            clock=self.clock,
            quotes=self.street,
            tape=self.street,
            market=self.street,
            store=self.store,
            costs=self.scene.costs,
        )

    async def enters(self) -> str:
        """The entry of the scene's plan goes out."""
        now = self.clock.now()
        trade = trade_of_plan(proposal(id="card01", plan=self.scene.plan()), now)
        order = entry_order(trade, order_id(trade.id, Role.ENTRY, ()))
        await self.ledger.commit(trade, intent_for(trade, Role.ENTRY, order, now))
        await self.settle()
        await self.protect()
        return trade.id

    async def works(self) -> None:
        await self.watch()
        await self.follow()


async def lived(scene: Scene) -> Told:
    """To the end of the record; what is open then is sold there."""
    desk = Living(
        scene=scene,
        clock=FakeClock(START),
        ledger=MemoryLedger(SETTINGS),
        store=MemoryPaperStore(),
    )
    await desk.restarted()
    name = await desk.enters()
    for close in desk.street.closes():
        desk.clock.moment = close
        await desk.works()
    if (await desk.ledger.trade(name)).status is TradeStatus.OPEN:
        await desk.close(name, Exit.DATA)
    return Told(await _ended(desk, name), (await desk.broker.account()).wallet)


async def _ended(desk: Living, name: str) -> Trade | None:
    trade = await desk.ledger.trade(name)
    assert await desk.broker.open_orders() == ()
    if trade.status is TradeStatus.VOID:
        return None
    assert trade.status is TradeStatus.CLOSED
    return trade
