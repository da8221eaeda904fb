"""The broker keeps what every broker promises, at the fake OKX."""

import pytest

from tests.core.broker_contract import BrokerContract


class TestOKX(BrokerContract):
    @pytest.fixture
    async def broker(self, opened):
        made = await opened()
        yield made
        await made.aclose()
