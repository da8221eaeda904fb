"""A clock, a falling market, and a broker that can be woken again over the same store."""

from decimal import Decimal

import pytest

from core.paper.broker import PaperBroker
from core.paper.costs import Costs
from tests.core.paper.builders import (
    BTC,
    ETH,
    FALLING,
    FREE,
    bars,
)
from tests.core.paper.fakes import FakeClock, FakeMarket, MemoryPaperStore


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def store():
    return MemoryPaperStore()


@pytest.fixture
def tape(clock):
    return FakeMarket(clock, {BTC: bars(FALLING), ETH: bars(FALLING)})


@pytest.fixture
def wake(clock, store, tape):
    """Start the process: a new broker over the same store."""

    async def wake(costs: Costs = FREE) -> PaperBroker:
        broker = PaperBroker(
            account="paper",
            opening_balance=Decimal(1000),
            clock=clock,
            quotes=tape,
            tape=tape,
            market=tape,
            store=store,
            costs=costs,
        )
        await broker.load()
        return broker

    return wake


@pytest.fixture
async def broker(wake):
    return await wake()
