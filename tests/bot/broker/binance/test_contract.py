"""The broker keeps what every broker promises, at the fake Binance."""

from typing import ClassVar

import pytest

from tests.bot.broker.perpetual_contract import PerpetualContract
from tests.core.broker_contract import BrokerContract


class TestBinance(BrokerContract, PerpetualContract):
    entry_at, stop_at = "POST /fapi/v1/order?", "POST /fapi/v1/algoOrder?"
    cancel_at = "DELETE /fapi/v1/order?"
    asked_at: ClassVar = {
        "transfers": "GET /fapi/v1/income",
        "account": "GET /fapi/v3/account",
        "positions": "GET /fapi/v3/positionRisk",
        "orders": "GET /fapi/v1/openOrders",
        "stops": "GET /fapi/v1/openAlgoOrders",
        "order": "GET /fapi/v1/order?",
        "stop": "GET /fapi/v1/algoOrder?",
        "fills": "GET /fapi/v1/userTrades",
        "payments": "GET /fapi/v1/income",
    }
    codes: ClassVar = {
        -2019: True,
        -2021: True,
        -1021: True,
        -4164: True,
        -2015: True,
        -1111: True,
    }
    codes |= {-1003: True, -2010: False, -1001: False, -1006: False, -4116: False, -1008: False}

    few: ClassVar = {"bot.broker.binance.past.MOST": 2}

    @pytest.fixture
    async def broker(self, opened):
        made = await opened()
        yield made
        await made.aclose()
