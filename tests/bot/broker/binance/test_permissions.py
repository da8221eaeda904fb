"""What Binance says that a key may do."""

from dataclasses import replace

import pytest

from bot.broker.permissions import Forbidden, Proven, Unproven, permissions_of
from core.domain.account import DeskAccount, Mode
from core.domain.secret import Credential, Secret
from tests.venues.trading.accidents import Mishap


@pytest.fixture
def asked(venues, floor):
    def adjust(client):
        venues.wire(client)
        client.milliseconds = venues.world.clock

    async def ask(mode=Mode.LIVE, **rights):
        floor.keys = replace(floor.keys, **rights)
        fields = {"key": Secret(floor.keys.key), "secret": Secret(floor.keys.secret)}
        account = DeskAccount("main", "binance", mode)
        return await permissions_of(account, Credential("main", "binance", fields), adjust)

    return ask


async def test_a_key_that_only_trades_is_proven(asked):
    assert await asked() == Proven(trades=True, bound=True)
    assert await asked(bound=False) == Proven(trades=True, bound=False)
    assert await asked(trades=False) == Proven(trades=False, bound=False)


async def test_a_key_that_moves_money_is_forbidden(asked):
    assert await asked(withdraws=True) == Forbidden(("enableWithdrawals",), bound=True)
    both = ("enableInternalTransfer", "permitsUniversalTransfer")
    assert await asked(withdraws=False, transfers=True) == Forbidden(both, bound=True)


@pytest.mark.parametrize("kind", [Mishap.PAGE, Mishap.HOLLOW, Mishap.BUSY, Mishap.CUT])
async def test_what_is_not_told_is_not_assumed(asked, floor, kind):
    with floor.begin(kind, "apiRestrictions") as accident:
        assert isinstance(await asked(), Unproven)
    assert accident.struck


async def test_the_demo_cannot_say(asked):
    assert isinstance(await asked(Mode.DEMO), Unproven)
