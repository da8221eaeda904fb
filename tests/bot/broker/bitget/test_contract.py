"""The broker keeps what every broker promises, at the fake Bitget."""

from typing import ClassVar

import pytest

from tests.bot.broker.perpetual_contract import PerpetualContract
from tests.core.broker_contract import BrokerContract

MIX = "/api/v2/mix"


class TestBitget(BrokerContract, PerpetualContract):
    entry_at, stop_at = f"POST {MIX}/order/place-order?", f"POST {MIX}/order/place-tpsl-order?"
    cancel_at = f"POST {MIX}/order/cancel-order?"
    asked_at: ClassVar = {
        "transfers": f"GET {MIX}/account/bill",
        "account": f"GET {MIX}/account/accounts",
        "positions": f"GET {MIX}/position/all-position",
        "orders": f"GET {MIX}/order/orders-pending",
        "stops": f"GET {MIX}/order/orders-plan-pending",
        "order": f"GET {MIX}/order/detail",
        "stop": f"GET {MIX}/order/orders-plan-pending",
        "fills": f"GET {MIX}/order/fill-history",
        "payments": f"GET {MIX}/account/bill",
    }
    codes: ClassVar = {"40762": True, "40008": True, "45110": True, "43011": True, "40774": True}
    codes |= {"40010": False, "40786": False, "40015": False, "45001": False}
    usual = True

    few: ClassVar = {"bot.broker.bitget.pages.LIMIT": 2}

    @pytest.fixture
    async def broker(self, opened):
        made = await opened()
        yield made
        await made.aclose()
