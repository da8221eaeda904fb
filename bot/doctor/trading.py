"""The part of the examination that trades: the smallest there is, and everything out again."""

from contextlib import suppress
from decimal import Decimal

from bot.broker.told import told_by
from bot.doctor.patient import LEVERAGE, Failed, Patient
from core.domain.intent import Role
from core.domain.trading import OrderStatus, OrderType
from core.errors import BrokerUnavailable


async def settings(patient: Patient) -> str:
    """Set and read back twice, so that the second time something has to change."""
    for leverage in (LEVERAGE + 1, LEVERAGE):
        with told_by(patient.venue.title):
            proven = await patient.broker.dialect.prove(patient.at(leverage))
        if not proven:
            raise Failed(f"one-way, isolated, {leverage}x could not be read back")
    return f"one-way, isolated, {LEVERAGE + 1}x, then {LEVERAGE}x, read back"


async def far_order(patient: Patient) -> str:
    far = patient.far()
    order = patient.order(Role.ENTRY, OrderType.POST_ONLY, patient.smallest(far))
    await patient.send(order)
    found = await patient.broker.find(order)
    if found is None or found.status is not OrderStatus.OPEN:
        raise Failed(f"{order.client_order_id} is not found as open")
    await patient.until(lambda: _waits(patient), f"{order.client_order_id} is not listed")
    await patient.broker.cancel(order)

    async def gone() -> bool:
        return not await patient.orders()

    await patient.until(gone, f"{order.client_order_id} is still listed")
    return f"{order.client_order_id} {order.amount:f} at {far:,f}: found, listed, cancelled"


async def _waits(patient: Patient) -> bool:
    return bool(await patient.orders())


async def entry(patient: Patient) -> str:
    order = patient.order(Role.ENTRY, OrderType.MARKET, patient.smallest(patient.price))
    await patient.send(order)

    async def held() -> bool:
        position = await patient.position()
        return position is not None and position.amount == order.amount

    await patient.until(held, f"{order.amount:f} was not seen as a position")
    return f"{order.client_order_id} {order.amount:f} is held"


async def stop(patient: Patient) -> str:
    amount = await _held(patient)
    order = patient.order(Role.STOP, OrderType.STOP_MARKET, amount)
    began = patient.clock.now()
    await patient.send(order)
    await patient.until(lambda: _waits(patient), f"{order.client_order_id} is not listed")
    took = (patient.clock.now() - began).total_seconds()
    return f"{order.client_order_id} at {order.stop_price:,f}, seen after {took:.1f} s"


async def close(patient: Patient) -> str:
    order = patient.order(Role.CLOSE, OrderType.MARKET, await _held(patient))
    await patient.send(order)

    async def flat() -> bool:
        return await patient.position() is None

    await patient.until(flat, "the position is still there")
    return f"{order.client_order_id} {order.amount:f} sold"


async def _held(patient: Patient) -> Decimal:
    position = await patient.position()
    if position is None or position.amount < 0:
        raise Failed("there is no position")
    return position.amount


async def sweep(patient: Patient) -> str:
    """Whatever went wrong before: what is left of it comes out, the position before its stop."""
    with suppress(Failed, BrokerUnavailable):
        await close(patient)
    waiting = await patient.orders()
    for state in waiting:
        with suppress(BrokerUnavailable):
            await patient.broker.cancel(state.order)
    return ", ".join(state.order.client_order_id for state in waiting) or "-"


async def nothing_left(patient: Patient) -> str:
    async def clean() -> bool:
        """What arrives late comes out too."""
        if await patient.position() is None and not await patient.orders():
            return True
        await sweep(patient)
        return False

    await patient.until(clean, f"LOOK AT THE EXCHANGE: something of {patient.trade} is left")
    return f"{len(patient.sent)} orders sent, no position, no order"
