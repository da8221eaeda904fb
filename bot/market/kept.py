"""A recording out of a candle store, for whoever lives through the past."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Sequence
from pathlib import Path

from sqlalchemy import Connection, inspect

from bot.errors import NoSuchMarket
from bot.market.merge import gaps
from bot.market.recording import Recording
from bot.market.report import CandleFileError, Report, SeriesReport
from bot.market.store_address import MAKES_ONE, address
from bot.market.store_name import store_name
from bot.storage.candles import SqlCandles
from bot.storage.database import Database
from bot.storage.tables import series
from core.domain.history import FundingHistory, Kept, Kind, Series
from core.domain.market import CandleFrame, Millis, Origin, Timeframe

Frames = defaultdict[str, dict[Timeframe, CandleFrame]]


def read_store(path: Path, symbols: Collection[str] = ()) -> Recording:
    """Not within an event loop. Raises NoSuchMarket, CandleFileError, DeskStorageError."""
    named = store_name(path)
    if named is None:
        raise CandleFileError(f"{path}: this is no candle store")
    return asyncio.run(_read(address(named), str(path), named.venue, symbols))


async def _read(url: str, shown: str, venue: str, symbols: Collection[str]) -> Recording:
    database = await Database.open(url)
    try:
        kept = await everything_kept(database)
        if not kept:
            raise NoSuchMarket(f"{shown}: it keeps no candles yet; {MAKES_ONE}")
        mine = of_one_venue(kept, shown, venue)
        chosen = [one.series for one in mine if not symbols or one.series.symbol in symbols]
        return await recorded(SqlCandles(database), chosen)
    finally:
        await database.close()


async def everything_kept(database: Database) -> Sequence[Kept]:
    """Also of a database that knows no candles yet."""
    return await SqlCandles(database).kept() if await database.read(_has_candles) else ()


def _has_candles(connection: Connection) -> bool:
    return inspect(connection).has_table(series.name)


def of_one_venue(kept: Sequence[Kept], shown: str, venue: str) -> list[Kept]:
    """Raises NoSuchMarket where several are kept and none is named."""
    venues = list(dict.fromkeys(one.series.venue for one in kept))
    if venue and venue not in venues:
        raise NoSuchMarket(f"{shown}: it keeps nothing of {venue}; there is {', '.join(venues)}")
    if not venue and len(venues) > 1:
        example = f"{shown.removesuffix(':')}:{venues[0]}"
        raise NoSuchMarket(f"{shown}: it keeps {' and '.join(venues)}; say which, as in {example}")
    return [one for one in kept if one.series.venue == (venue or venues[0])]


async def recorded(candles: SqlCandles, chosen: Sequence[Series]) -> Recording:
    """These series of one venue, as if they had been read from files."""
    traded: Frames = defaultdict(dict)
    marked: Frames = defaultdict(dict)
    funding: dict[str, FundingHistory] = {}
    for one in chosen:
        venue, symbol, timeframe = one.venue, one.symbol, one.timeframe
        if timeframe is None:
            funding[symbol] = await candles.funding(venue, symbol)
        elif one.kind is Kind.MARKS:
            marked[symbol][timeframe] = await candles.marks(venue, symbol, timeframe)
        else:
            traded[symbol][timeframe] = await candles.frame(venue, symbol, timeframe)
    recording = Recording(Origin.RECORDED, dict(traded), dict(marked), funding)
    reports = tuple(_report(one, _times(recording, one)) for one in chosen)
    return Recording(Origin.RECORDED, traded, marked, funding, Report((), reports))


def _times(recording: Recording, one: Series) -> Millis:
    if one.timeframe is None:
        return recording.funding[one.symbol].time
    frames = recording.marks if one.kind is Kind.MARKS else recording.candles
    return frames[one.symbol][one.timeframe].time


def _report(one: Series, times: Millis) -> SeriesReport:
    return SeriesReport(
        symbol=one.symbol,
        kind=one.kind,
        timeframe=one.timeframe,
        files=(one.venue,),
        rows=len(times),
        gaps=gaps(times, one.timeframe) if one.timeframe else (),
    )
