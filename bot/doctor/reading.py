"""The part of the examination that only asks: door, clock, rights, money, and whether it is idle."""

from datetime import timedelta

from bot.broker.hosts import door_of, doors_of
from bot.broker.permissions import Forbidden, Permissions, Proven, permissions_of
from bot.doctor.patient import Failed, Patient
from bot.exchanges.asking import asker
from bot.exchanges.opening import Adjust
from bot.exchanges.prices import CcxtPrices

LATEST = timedelta(seconds=1)


class NotTold(Exception):
    """A step that could prove nothing, and found nothing wrong."""


async def host(patient: Patient) -> str:
    """Proven before the first private word; here it is shown."""
    doors = doors_of(patient.venue, patient.account.mode)
    return door_of(patient.broker.wire.client, doors)


async def time(patient: Patient) -> str:
    """The venue's clock beside ours, and the price that the rest goes by."""
    prices = CcxtPrices(asker(patient.venue, patient.broker.wire.client), patient.clock)
    skew, symbol = await prices.skew(), patient.contract.symbol
    found = (await prices.prices((symbol,))).get(symbol)
    if found is None or found.last is None:
        raise Failed(f"no price of {symbol}")
    patient.price = found.last
    if skew is None:
        raise NotTold(f"{symbol} {found.last:,f}")
    seen = f"{skew.total_seconds():+.3f} s, {symbol} {found.last:,f}"
    if abs(skew) > LATEST:
        raise Failed(seen)
    return seen


async def rights(patient: Patient, adjust: Adjust | None) -> str:
    found = await permissions_of(patient.account, patient.credential, adjust)
    if isinstance(found, Forbidden):
        raise Failed(f"it may take money out: {', '.join(found.rights)}")
    if not isinstance(found, Proven):
        raise NotTold(found.why)
    if not found.trades:
        raise Failed("it may not trade")
    return _bound(found)


def _bound(found: Permissions) -> str:
    bound = isinstance(found, Proven) and found.bound
    return "trades, moves nothing out" + (", bound to an address" if bound else ", NOT bound")


async def money(patient: Patient) -> str:
    held = await patient.broker.account()
    waiting = len(await patient.broker.open_orders())
    names = ", ".join(p.symbol for p in held.positions if p.amount) or "-"
    return f"{held.equity:,.2f} USDT, free {held.free_margin:,.2f}, {names}, {waiting} orders"


async def idle(patient: Patient) -> str:
    """Nobody's position or order is in the way of what is tried out."""
    symbol = patient.contract.symbol
    waiting = [s for s in await patient.broker.open_orders() if s.order.symbol == symbol]
    if await patient.position() or waiting:
        raise Failed(f"{symbol} is in use; name another --symbol")
    return symbol
