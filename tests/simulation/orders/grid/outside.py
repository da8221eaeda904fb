"""What lies beyond a process in the grid: time, prices, and the database as an observer reads it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine

from core.domain.instrument import Instrument
from core.domain.market import FundingRate, Origin, Quote, Timeframe, from_millis
from core.domain.trade import Trade
from core.errors import UnknownSymbol
from tests.bot.broker.conftest import listed
from tests.simulation.orders.street import BTC

CONTRACTS = {
    one.symbol: one
    for one in (
        listed("BTC/USDT:USDT", "0.1", "0.001", "100"),
        listed("ETH/USDT:USDT", "0.01", "0.001", "20"),
        listed("BTC/KRW", "1000", "0.00000001", "5000"),
        listed("ETH/KRW", "1000", "0.00000001", "5000"),
    )
}


class GridClock:
    """The venue's time, unless the desk's clock is wrong; milliseconds for its client."""

    def __init__(self, world: Any) -> None:
        self.world, self.skew = world, 0
        self.start = from_millis(world.now)

    def now(self) -> datetime:
        return from_millis(self.world.now + self.skew)

    def milliseconds(self) -> int:
        return self.world.now + self.skew

    def seconds(self) -> float:
        """Of the venue, since the cell began."""
        return (from_millis(self.world.now) - self.start).total_seconds()


@dataclass(frozen=True, slots=True)
class Street:
    """`bot.markets.Market` over one contract of the venue."""

    symbol: str
    price: Callable[[], Any]
    clock: GridClock
    contracts: Mapping[str, Instrument]
    origin: Origin = Origin.LIVE
    timeframes: tuple[Timeframe, ...] = (Timeframe.M1,)
    first: datetime = datetime(2020, 1, 1, tzinfo=UTC)

    @property
    def symbols(self) -> tuple[str, ...]:
        return (self.symbol,)

    def instrument(self, symbol: str) -> Instrument:
        if symbol not in self.contracts:
            raise UnknownSymbol(symbol=symbol, known="")
        return self.contracts[symbol]

    async def snapshots(self, _symbols: Sequence[str], _timeframe: Timeframe) -> tuple[()]:
        return ()

    def agreement(self) -> None:
        return None

    def funding(self, _symbol: str) -> tuple[FundingRate | None, datetime | None]:
        due = self.clock.now() + timedelta(hours=4)
        return FundingRate(due, Decimal("0.0001")), due

    async def quote(self, symbol: str) -> Quote:
        now = self.price()
        return Quote(symbol, self.clock.now(), now.last, getattr(now, "mark", now.last))

    async def bars(self, _symbol: str, _after: datetime, _until: datetime) -> tuple[()]:
        return ()


def _renamed(found: Any) -> Any:
    """The observer knows one contract by one name, at whichever venue it is traded."""
    if isinstance(found, Trade):
        return replace(found, plan=replace(found.plan, symbol=BTC))
    return found


class Reader:
    """A second pair of eyes on the database file."""

    def __init__(self, file: Path) -> None:
        self.engine = create_engine(f"sqlite:///{file}")
        self.connection = self.engine.connect()

    def read(self, work: Callable[..., Any], *args: Any) -> Any:
        with self.connection.begin() as transaction:
            found = work(self.connection, *args)
            transaction.rollback()
        return tuple(map(_renamed, found)) if isinstance(found, tuple) else found

    def close(self) -> None:
        self.connection.close()
        self.engine.dispose()
