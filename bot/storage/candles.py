"""Markets on file: candles, mark candles and funding rates of each venue, as whole columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, bindparam, delete, func, select

from bot.storage import series as rows_of
from bot.storage.database import Database
from bot.storage.series import FOREVER, Rows
from bot.storage.tables import candles, funding_rates, series
from bot.storage.upsert import add
from core.domain.history import FundingHistory, Kept, Kind, Series
from core.domain.market import CandleFrame, Millis, Timeframe, from_millis, to_millis


@dataclass(frozen=True, slots=True)
class SqlCandles:
    """Each `put` is one transaction, and what it brings replaces what was there.

    Reading gives the rows in [start, end); None stands for "from the first" and "to the last".
    """

    database: Database

    async def put(self, venue: str, symbol: str, timeframe: Timeframe, frame: CandleFrame) -> None:
        await self._put(Series(venue, symbol, Kind.CANDLES, timeframe), _rows(frame))

    async def put_marks(
        self, venue: str, symbol: str, timeframe: Timeframe, frame: CandleFrame
    ) -> None:
        await self._put(Series(venue, symbol, Kind.MARKS, timeframe), _rows(frame))

    async def put_funding(self, venue: str, symbol: str, funding: FundingHistory) -> None:
        rows = Rows(funding.time, (funding.rate,))
        await self._put(Series(venue, symbol, Kind.FUNDING, None), rows)

    async def frame(
        self,
        venue: str,
        symbol: str,
        timeframe: Timeframe,
        start: datetime | None = None,
        end: datetime | None = None,
    ) -> CandleFrame:
        """Empty where nothing is kept."""
        rows = await self._read(Series(venue, symbol, Kind.CANDLES, timeframe), start, end)
        return CandleFrame(timeframe, rows.time, *rows.numbers)

    async def marks(
        self,
        venue: str,
        symbol: str,
        timeframe: Timeframe,
        start: datetime | None = None,
        end: datetime | None = None,
    ) -> CandleFrame:
        rows = await self._read(Series(venue, symbol, Kind.MARKS, timeframe), start, end)
        return CandleFrame(timeframe, rows.time, *rows.numbers)

    async def funding(
        self,
        venue: str,
        symbol: str,
        start: datetime | None = None,
        end: datetime | None = None,
    ) -> FundingHistory:
        rows = await self._read(Series(venue, symbol, Kind.FUNDING, None), start, end)
        return FundingHistory(rows.time, *rows.numbers)

    async def times(
        self, one: Series, start: datetime | None = None, end: datetime | None = None
    ) -> Millis:
        """When each kept candle opened, or each rate came due."""
        return await self.database.read(read_times, one, *_range(start, end))

    async def span(self, venue: str, symbol: str, timeframe: Timeframe) -> Kept | None:
        """From when to when candles are kept, and how many; None for no candle at all."""
        one = Series(venue, symbol, Kind.CANDLES, timeframe)
        return await self.database.read(read_kept, one)

    async def kept(self) -> Sequence[Kept]:
        """Every series that holds anything."""
        return await self.database.read(read_all_kept)

    async def prune(self, before: datetime, venue: str | None = None) -> int:
        """Forget what is older; how many rows that were."""
        return await self.database.run(prune, to_millis(before), venue)

    async def _put(self, one: Series, rows: Rows) -> None:
        if len(rows.time):
            await self.database.run(put_rows, one, rows)

    async def _read(self, one: Series, start: datetime | None, end: datetime | None) -> Rows:
        return await self.database.read(read_rows, one, *_range(start, end))


ITS_ID = select(series.c.id).where(
    series.c.venue == bindparam("its_venue"),
    series.c.symbol == bindparam("its_symbol"),
    series.c.kind == bindparam("its_kind"),
    series.c.timeframe == bindparam("its_timeframe"),
)
ALL = select(series).order_by(series.c.venue, series.c.symbol, series.c.kind, series.c.timeframe)
NOBODY = -1


def put_rows(connection: Connection, one: Series, rows: Rows) -> None:
    number = _id(connection, one)
    if number == NOBODY:
        names = _named(one)
        add(connection, series, [{name.removeprefix("its_"): names[name] for name in names}])
        number = _id(connection, one)
    rows_of.write(connection, _table(one), number, rows)


def read_rows(connection: Connection, one: Series, start: int, end: int) -> Rows:
    return rows_of.read(connection, _table(one), _id(connection, one), start, end)


def read_times(connection: Connection, one: Series, start: int, end: int) -> Millis:
    return rows_of.read_times(connection, _table(one), _id(connection, one), start, end)


def read_kept(connection: Connection, one: Series) -> Kept | None:
    table = _table(one)
    mine = table.c.series == _id(connection, one)
    looked = select(func.min(table.c.time), func.max(table.c.time), func.count()).where(mine)
    first, last, count = connection.execute(looked).one()
    return Kept(one, from_millis(first), from_millis(last), count) if count else None


def read_all_kept(connection: Connection) -> tuple[Kept, ...]:
    known = [
        Series(row.venue, row.symbol, Kind(row.kind), _timeframe(row.timeframe))
        for row in connection.execute(ALL).all()
    ]
    return tuple(filter(None, (read_kept(connection, one) for one in known)))


def prune(connection: Connection, before: int, venue: str | None) -> int:
    mine = select(series.c.id)
    if venue is not None:
        mine = mine.where(series.c.venue == venue)
    gone = 0
    for table in (candles, funding_rates):
        old = delete(table).where(table.c.time < before, table.c.series.in_(mine))
        gone += connection.execute(old).rowcount
    return gone


def _range(start: datetime | None, end: datetime | None) -> tuple[int, int]:
    return 0 if start is None else to_millis(start), FOREVER if end is None else to_millis(end)


def _id(connection: Connection, one: Series) -> int:
    found: int | None = connection.scalars(ITS_ID, _named(one)).one_or_none()
    return NOBODY if found is None else found


def _named(one: Series) -> dict[str, str]:
    return {
        "its_venue": one.venue,
        "its_symbol": one.symbol,
        "its_kind": one.kind,
        "its_timeframe": one.timeframe or "",
    }


def _timeframe(text: str) -> Timeframe | None:
    return Timeframe(text) if text else None


def _table(one: Series) -> Table:
    return funding_rates if one.kind is Kind.FUNDING else candles


def _rows(frame: CandleFrame) -> Rows:
    return Rows(frame.time, (frame.open, frame.high, frame.low, frame.close, frame.volume))
