"""The story of one cell: a desk begins, does one thing while an accident strikes, and is judged."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from bot.broker.permissions import permissions_of
from bot.storage.database import Database
from bot.storage.history import read_intents
from bot.storage.ledger import SqlLedger
from core.domain.account import DeskAccount
from core.domain.intent import IntentStatus
from core.domain.proposal import Proposal, Yes
from core.domain.trade import Exit, TradeStatus
from core.errors import DeskError
from tests.builders import ACCOUNT, PERSON
from tests.simulation.orders import desk as furniture
from tests.simulation.orders.grid.cells import Operation
from tests.simulation.orders.grid.deeds import cancel_by_hand
from tests.simulation.orders.grid.judging import judge
from tests.simulation.orders.grid.offering import decided
from tests.simulation.orders.grid.scene import Scene
from tests.venues.trading.accidents import Mishap

WEATHER, SETTLED, LONGEST = 3, 8, 80
HELD_BEFORE = frozenset({Operation.MOVE, Operation.CANCEL, Operation.CLOSE, Operation.LIST})
UNDER_WAY = frozenset({IntentStatus.NEW, IntentStatus.SENDING})
NEAREST = Decimal("0.3")


async def plays(scene: Scene) -> None:
    try:
        await _prepares(scene)
        scene.line.armed = True
        await scene.lets(scene.life.mortal.spawn(_does(scene)))
        for _ in range(WEATHER):
            await scene.beats()
        await _calms(scene)
        judge(scene, scene.watch)
    finally:
        await _leaves(scene)


async def _prepares(scene: Scene) -> None:
    database = await Database.open(f"sqlite:///{scene.file}")
    limits = replace(furniture.LIMITS, leverage=scene.profile.leverage)
    settings = replace(furniture.SETTINGS, symbols=(scene.profile.symbol,), limits=limits)
    await SqlLedger(database).commit(settings, PERSON)
    await database.close()
    await scene.starts()
    await scene.beats()
    scene.card = await _offered(scene) if scene.cell.operation is not Operation.KEYS else None
    if scene.profile.lags and scene.cell.operation is not Operation.SETTING:
        setting = scene.ledger.setting(scene.profile.held)
        setting.leverage, setting.isolated = scene.profile.leverage, True
    if _begins_with_a_position(scene):
        await _approves(scene)
        await scene.beats()
        await scene.beats()
        if scene.trade_now().status is not TradeStatus.OPEN:
            raise AssertionError(f"{scene.cell.name}: there is no open trade to begin with")
    if _loses_its_stop(scene):
        cancel_by_hand(scene)
        scene.seen = False
    if scene.profile.lags:
        scene.held_floor.begin(Mishap.LAGGING, lag=scene.profile.lags)


def _loses_its_stop(scene: Scene) -> bool:
    return scene.profile.attaches and scene.cell.operation is Operation.STOP


def _begins_with_a_position(scene: Scene) -> bool:
    return scene.cell.operation in HELD_BEFORE or _loses_its_stop(scene)


async def _offered(scene: Scene) -> Proposal:
    made = decided(scene.profile.symbol, scene.clock.now(), scene.ledger.quote(scene.profile.held))
    await scene.life.engine.propose_trades.ledger.commit(made)
    (answer,) = await scene.life.engine.propose_trades([made])
    if not isinstance(answer.outcome, Proposal):
        raise TypeError(f"{scene.cell.name}: no card: {answer.outcome}")
    scene.line.trade = answer.outcome.id
    return answer.outcome


async def _approves(scene: Scene) -> object:
    return await scene.life.engine.approve_proposal(scene.card.id, Yes.PERSON)


async def _does(scene: Scene) -> None:
    try:
        await _act(scene)
    except DeskError as error:
        scene.say(f"told: {error!r}")


async def _act(scene: Scene) -> None:
    engine, operation = scene.life.engine, scene.cell.operation
    if operation in {Operation.MOVE, Operation.CANCEL}:
        await engine.move_levels.stop(scene.line.trade, NEAREST)
    elif operation is Operation.CLOSE:
        await engine.close_position(scene.line.trade, Exit.PERSON)
    elif operation is Operation.LIST or _loses_its_stop(scene):
        await scene.life.round()
    elif operation is Operation.KEYS:
        account = DeskAccount(ACCOUNT, scene.profile.venue, scene.mode)
        mortal = scene.life.mortal
        await permissions_of(account, scene.credential, lambda c: scene.line.wire(c, mortal))
    else:
        await _approves(scene)


async def _calms(scene: Scene) -> None:
    """Nothing goes wrong any more, until everything that was begun is over."""
    scene.say("calm")
    if scene.thinned:
        scene.seen = any(_is_partial(scene))
        scene.ledger.state.liquidity.clear()
    scene.words, scene.clock.skew = "", 0
    scene.held_floor.accidents.clear()
    scene.venue.faults.clear()
    for beat in range(LONGEST):
        await scene.beats()
        if beat >= SETTLED and _is_settled(scene):
            break
    if scene.is_spot:
        await _falls(scene)


def _is_partial(scene: Scene) -> Iterator[bool]:
    for name, order in scene.wanted.items():
        yield 0 < scene.floor.executed(name) < order.amount


def _is_settled(scene: Scene) -> bool:
    waiting = scene.disk.read(read_intents, ACCOUNT, list(UNDER_WAY))
    opening = [t for t in scene.live_trades() if t.status is TradeStatus.OPENING or t.ending]
    return not waiting and not opening and not scene.held_floor.late


async def _falls(scene: Scene) -> None:
    """Guarded by the desk: past the stop it is sold within ten seconds."""
    for trade in scene.live_trades():
        scene.price(trade.stop * Decimal("0.99"))
        for _ in range(5):
            await scene.beats()
        if scene.held() > 0 and not scene.watch.mixed:
            scene.breaks("I2", f"{scene.held()} is left 10 s after the price was past its stop")
        await scene.beats()


async def _leaves(scene: Scene) -> None:
    for life in filter(None, (scene.ghost, getattr(scene, "life", None))):
        await life.ends()
    for session in scene.spare:
        await session.close()
    scene.disk.close()
