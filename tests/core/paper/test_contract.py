"""The paper broker keeps what every broker promises."""

from decimal import Decimal

import pytest

from core.paper.broker import PaperBroker
from tests.core.broker_contract import BrokerContract
from tests.core.paper.builders import (
    BTC,
    bars,
)
from tests.core.paper.fakes import FakeMarket


class TestPaperBroker(BrokerContract):
    @pytest.fixture
    async def broker(self, clock, store):
        tape = FakeMarket(clock, {BTC: bars(["50000 50100 49900 50000"])})
        broker = PaperBroker(
            account="paper",
            opening_balance=Decimal(10_000),
            clock=clock,
            quotes=tape,
            tape=tape,
            market=tape,
            store=store,
        )
        await broker.load()
        return broker
