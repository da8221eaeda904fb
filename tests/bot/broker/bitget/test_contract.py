"""The broker keeps what every broker promises, at the fake Bitget."""

import pytest

from tests.core.broker_contract import BrokerContract


class TestBitget(BrokerContract):
    @pytest.fixture
    async def broker(self, opened):
        made = await opened()
        yield made
        await made.aclose()
