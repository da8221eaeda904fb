"""What each venue says that a key may do; Binance has a file of its own."""

from dataclasses import replace

import pytest

from bot.broker.permissions import Forbidden, Proven, Unproven, permissions_of
from bot.errors import WrongSetting
from core.domain.account import DeskAccount, Mode
from core.domain.secret import Credential, Secret
from tests.venues.bitget.dialect import BITGET
from tests.venues.bybit.dialect import BYBIT
from tests.venues.generated import world
from tests.venues.korea.dialects import UPBIT
from tests.venues.loopback import venues_on_loopback
from tests.venues.okx.dialect import OKX
from tests.venues.trading.accidents import Mishap
from tests.venues.trading.bitget.opening import open_floor as open_bitget
from tests.venues.trading.bybit.opening import open_floor as open_bybit
from tests.venues.trading.okx.opening import open_floor as open_okx
from tests.venues.trading.upbit.opening import open_floor as open_upbit

OPENERS = {"bybit": open_bybit, "okx": open_okx, "bitget": open_bitget, "upbit": open_upbit}
TOLD = {
    "bybit": ({"withdraws": True}, ("Withdraw",)),
    "okx": ({"withdraws": True}, ("withdraw",)),
    "bitget": ({"withdraws": True, "transfers": True}, ("wtow", "wwow")),
}


@pytest.fixture
async def asked():
    async with venues_on_loopback(world(("BTC",)), (BYBIT, OKX, BITGET, UPBIT)) as venues:

        def adjust(client):
            venues.wire(client)
            client.milliseconds = venues.world.clock

        async def ask(venue, mishap=None, **rights):
            floor = OPENERS[venue](venues[venue])
            floor.keys = replace(floor.keys, **rights)
            if mishap:
                floor.begin(mishap)
            words = {"key": floor.keys.key, "secret": floor.keys.secret}
            words |= {"passphrase": getattr(floor.keys, "passphrase", "")}
            fields = {name: Secret(word) for name, word in words.items() if word}
            account = DeskAccount("main", venue, Mode.LIVE)
            return await permissions_of(account, Credential("main", venue, fields), adjust)

        yield ask


@pytest.mark.parametrize("venue", TOLD)
async def test_what_a_key_may_do_is_proven_or_forbidden(asked, venue):
    assert await asked(venue) == Proven(trades=True, bound=True)
    assert await asked(venue, bound=False) == Proven(trades=True, bound=False)
    assert await asked(venue, trades=False) == Proven(trades=False, bound=True)
    rights, names = TOLD[venue]
    assert await asked(venue, **rights) == Forbidden(names, bound=True)
    for mishap in (Mishap.PAGE, Mishap.HOLLOW, Mishap.NULL, Mishap.LOST):
        assert isinstance(await asked(venue, mishap), Unproven)


async def test_a_transfer_is_a_right_too_many_at_bybit(asked):
    assert await asked("bybit", transfers=True) == Forbidden(("AccountTransfer",), bound=True)


async def test_upbit_does_not_say(asked):
    assert await asked("upbit") == Unproven("Upbit does not tell what a key may do")


async def test_where_no_orders_go_nobody_asks():
    account = DeskAccount("main", "gate", Mode.LIVE)
    with pytest.raises(WrongSetting, match="no orders go to Gate"):
        await permissions_of(account, Credential("main", "gate", {"key": Secret("x")}))
