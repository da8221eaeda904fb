"""An account at its broker, and everything that deals with it: sends, settles, protects, compares."""

from dataclasses import dataclass

from bot.guarding import Guarded, clock_probe
from bot.strangers import comparison
from bot.world import World
from core.execution.editing import EditTrades
from core.execution.protecting import ProtectPositions
from core.execution.reconciling import Reconcile
from core.execution.sending import SendIntent
from core.execution.settling import SettleIntents
from core.guard.ports import AGREED
from core.losses import NO_TRANSFERS
from core.ports import Broker, Transfers
from core.standing import TakeStanding


@dataclass(frozen=True, slots=True)
class Venue:
    """The account at its broker, and the three that deal with it."""

    broker: Broker
    send: SendIntent
    settle: SettleIntents
    protect: ProtectPositions
    stand: TakeStanding
    edit: EditTrades
    reconcile: Reconcile
    guarded: Guarded


def open_venue(world: World, broker: Broker, transfers: Transfers = NO_TRANSFERS) -> Venue:
    clock, market, ledger = world.clock, world.market, world.stores.ledger
    name, edit = world.account.name, EditTrades(ledger)
    reconcile = comparison(name, clock, broker, ledger, market, edit)
    guarded = _guarded(world, broker, reconcile, transfers)
    fence = world.safety.fence(name)
    truth = None if world.account.is_paper else reconcile.truth
    send = SendIntent(clock, broker, ledger, fence=fence, gate=guarded.gate())
    return Venue(
        broker,
        send,
        SettleIntents(name, clock, broker, ledger, send, edit, world.won),
        ProtectPositions(name, clock, broker, ledger, market, send, edit, quotes=market),
        TakeStanding(
            name, clock, broker, ledger, market, market, world.calendar, truth, transfers
        ),
        edit,
        reconcile,
        guarded,
    )


def _guarded(world: World, broker: Broker, reconcile: Reconcile, transfers: Transfers) -> Guarded:
    """Paper lives in the ledger and cannot disagree with it."""
    return Guarded(
        account=world.account.name,
        clock=world.clock,
        broker=broker,
        ledger=world.stores.ledger,
        market=world.market,
        sent=world.stores.sent,
        disk=world.safety.disk,
        jumps=clock_probe(),
        turn=world.turn,
        reconcile=AGREED if world.account.is_paper else reconcile,
        transfers=transfers,
        caps=world.safety.caps,
    )
