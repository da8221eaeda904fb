"""Opens a real account: a client of its own for orders, held to its door, with a diary beside it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from importlib import import_module
from typing import Any

from bot.broker.binance.dialect import BinanceDialect
from bot.broker.bitget.dialect import BitgetDialect
from bot.broker.broker import CcxtBroker
from bot.broker.bybit.dialect import BybitDialect
from bot.broker.chronicle import Chronicle
from bot.broker.fate import Codes
from bot.broker.hosts import doors_of, must_stand_at
from bot.broker.names import Names
from bot.broker.okx.dialect import OkxDialect
from bot.broker.ports import Dialect, Diary
from bot.broker.standing import Standing
from bot.broker.transfers import Transfers
from bot.broker.upbit.dialect import UpbitDialect
from bot.broker.wire import Wire
from bot.exchanges.opening import client_of
from bot.exchanges.venues import Venue, venue_named
from core.domain.account import DeskAccount, Mode
from core.domain.secret import Credential
from core.ports import Clock, MarketData

RECEIVE_WINDOW = 3_000
PATIENCE = 4_000
DIALECTS: Mapping[str, Callable[[Wire, Names], Dialect]] = {
    "binance": BinanceDialect,
    "bybit": BybitDialect,
    "okx": OkxDialect,
    "bitget": BitgetDialect,
    "upbit": UpbitDialect,
}
FIELDS = {"key": "apiKey", "secret": "secret", "passphrase": "password"}
NO_CODES = Codes(refused=frozenset(), absent=frozenset(), clock=frozenset())


async def open_broker(
    account: DeskAccount,
    credential: Credential,
    clock: Clock,
    market: MarketData,
    diary: Diary,
    adjust: Callable[[Any], object] | None = None,
) -> CcxtBroker:
    """Close it with `aclose`. `adjust` may change the client before its first word to the venue.

    Raises WrongSetting, VenueUnavailable.
    """
    venue = venue_named(account.venue)
    wire = await open_wire(venue, account.mode, credential, adjust)
    async with closed_unless_kept(wire.client):
        dialect = DIALECTS[venue.name](wire, await read_names(venue, wire))
        wire.codes = dialect.codes
        chronicle = Chronicle(account.name, dialect, diary, clock)
        await chronicle.open()
    standing = Standing(venue.title, dialect, clock)
    return CcxtBroker(
        wire=wire,
        dialect=dialect,
        market=market,
        chronicle=chronicle,
        standing=standing,
        transfers=Transfers(dialect, clock),
    )


async def open_wire(
    venue: Venue,
    mode: Mode,
    credential: Credential,
    adjust: Callable[[Any], object] | None = None,
) -> Wire:
    """A line of its own, at the right door; nothing has been said on it yet."""
    doors = doors_of(venue, mode)
    await asyncio.to_thread(import_module, "ccxt.pro")
    client = order_client(venue, credential)
    for switch in doors.switches if mode is Mode.DEMO else ():
        getattr(client, switch)(True)
    if adjust:
        adjust(client)
    async with closed_unless_kept(client):
        must_stand_at(client, venue, mode)
    return Wire(client, venue.title, NO_CODES, import_module("ccxt").BaseError)


@asynccontextmanager
async def closed_unless_kept(client: Any) -> AsyncIterator[None]:
    """What cannot be opened whole is closed again."""
    async with AsyncExitStack() as opened:
        opened.push_async_callback(client.close)
        yield
        opened.pop_all()


def order_client(venue: Venue, credential: Credential) -> Any:
    """In ccxt an order would wait for what was asked before it, for seconds; here the loops that
    ask keep their own time, and a venue that wants silence gets it. When an order's window has
    closed nobody waits for an answer any more: a position may be naked meanwhile.
    """
    client = client_of(venue)
    client.timeout = PATIENCE
    client.enableRateLimit = False
    client.options |= {
        "maxRetriesOnFailure": 0,
        "recvWindow": RECEIVE_WINDOW,
        "adjustForTimeDifference": True,
    }
    for name, secret in credential.fields.items():
        setattr(client, FIELDS[name], secret.reveal())
    return client


async def read_names(venue: Venue, wire: Wire) -> Names:
    asking = import_module("bot.exchanges.asking")
    return Names.of(await asking.asker(venue, wire.client).markets(), venue)
