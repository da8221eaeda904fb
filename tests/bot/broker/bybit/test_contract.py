"""The broker keeps what every broker promises, at the fake Bybit."""

from typing import ClassVar

import pytest

from tests.bot.broker.perpetual_contract import PerpetualContract
from tests.core.broker_contract import BrokerContract


class TestBybit(BrokerContract, PerpetualContract):
    entry_at = stop_at = "POST /v5/order/create?"
    cancel_at = "POST /v5/order/cancel?"
    asked_at: ClassVar = {
        "transfers": "GET /v5/account/transaction-log",
        "account": "GET /v5/account/wallet-balance",
        "positions": "GET /v5/position/list",
        "orders": "GET /v5/order/realtime",
        "order": "GET /v5/order/realtime",
        "stop": "GET /v5/order/realtime",
        "fills": "GET /v5/execution/list",
    }
    codes: ClassVar = {
        110007: True,
        10002: True,
        110017: True,
        110094: True,
        10006: True,
        10003: True,
    }
    codes |= {10000: False, 10016: False, 110072: False, 170141: False, 12345: False}
    usual = True

    few: ClassVar = {
        "bot.broker.bybit.past.EXECUTIONS": ("privateGetV5ExecutionList", 2),
        "bot.broker.bybit.past.LOG": ("privateGetV5AccountTransactionLog", 2),
        "bot.broker.bybit.books.PAGE": 2,
    }

    @pytest.fixture
    async def broker(self, opened):
        made = await opened()
        yield made
        await made.aclose()
