"""A broker at a fake venue, a database for its diary, and time that is the venue's."""

from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from bot.broker.opening import open_broker
from bot.storage.diary import SqlDiary
from core.domain.account import DeskAccount, Mode
from core.domain.instrument import Instrument, MaintenanceTier
from core.domain.market import from_millis
from core.domain.secret import Credential, Secret
from core.errors import UnknownSymbol
from tests.bot.storage.conftest import blank_file, blank_schema, database
from tests.bot.storage.places import OnSqlite

__all__ = ["blank_file", "blank_schema", "database"]


class WorldClock:
    """The fake world's time."""

    def __init__(self, world):
        self.world = world

    def now(self):
        return from_millis(self.world.clock())


@dataclass
class Listing:
    """Instruments by symbol; whatever else MarketData is asked, nobody here asks."""

    known: dict[str, Instrument] = field(default_factory=dict)

    def instrument(self, symbol):
        if symbol not in self.known:
            raise UnknownSymbol(symbol=symbol, known="")
        return self.known[symbol]


def listed(symbol, tick, step, least="5"):
    return Instrument(
        symbol=symbol,
        tick_size=Decimal(tick),
        step_size=Decimal(step),
        min_notional=Decimal(least),
        max_leverage=100,
        maker_fee=Decimal("0.0002"),
        taker_fee=Decimal("0.0005"),
        tiers=(MaintenanceTier(Decimal(0), Decimal("0.004")),),
        gap=Decimal("0.05"),
    )


@pytest.fixture
def url(tmp_path, blank_file):
    return OnSqlite.url.__wrapped__(None, tmp_path, blank_file)


@pytest.fixture
def diary(database):
    return SqlDiary(database)


@pytest.fixture
def listing():
    contracts = (
        listed("BTC/USDT:USDT", "0.1", "0.001", "100"),
        listed("ETH/USDT:USDT", "0.01", "0.001", "20"),
    )
    return Listing({one.symbol: one for one in contracts})


@pytest.fixture
def clock(venues):
    return WorldClock(venues.world)


@pytest.fixture
def open_at(venues, clock, listing, diary):
    """Open an account whose client reaches the fakes only, and lives in their time."""

    def adjust(client):
        venues.wire(client)
        client.milliseconds = venues.world.clock

    async def opened(venue, mode=Mode.LIVE, **keys):
        account = DeskAccount("main", venue, mode)
        fields = {name: Secret(text) for name, text in keys.items()}
        credential = Credential("main", venue, fields)
        return await open_broker(account, credential, clock, listing, diary, adjust)

    return opened
