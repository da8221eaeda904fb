"""The broker keeps what every broker promises, at the fake Bybit."""

import pytest

from tests.core.broker_contract import BrokerContract


class TestBybit(BrokerContract):
    @pytest.fixture
    async def broker(self, opened):
        made = await opened()
        yield made
        await made.aclose()
