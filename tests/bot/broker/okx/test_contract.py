"""The broker keeps what every broker promises, at the fake OKX."""

from typing import ClassVar

import pytest

from tests.bot.broker.perpetual_contract import PerpetualContract
from tests.core.broker_contract import BrokerContract


class TestOkx(BrokerContract, PerpetualContract):
    entry_at, stop_at = "POST /api/v5/trade/order?", "POST /api/v5/trade/order-algo?"
    cancel_at = "POST /api/v5/trade/cancel-order?"
    asked_at: ClassVar = {
        "transfers": "GET /api/v5/account/bills",
        "account": "GET /api/v5/account/balance",
        "positions": "GET /api/v5/account/positions",
        "orders": "GET /api/v5/trade/orders-pending",
        "stops": "GET /api/v5/trade/orders-algo-pending",
        "order": "GET /api/v5/trade/order?",
        "stop": "GET /api/v5/trade/order-algo?",
        "fills": "GET /api/v5/trade/fills",
        "payments": "GET /api/v5/account/bills",
    }
    held = "BTC-USDT-SWAP isolated"
    codes: ClassVar = {
        51008: True,
        50102: True,
        51169: True,
        51020: True,
        50011: True,
        51278: True,
    }
    codes |= {51149: False, 50004: False, 51016: False, 51065: False, 50001: False}
    usual = True

    few: ClassVar = {"bot.broker.okx.pages.LIMIT": 2}

    @pytest.fixture
    async def broker(self, opened):
        made = await opened()
        yield made
        await made.aclose()
