"""A venue's candles, marks and funding as columns: closed ones only, in coins, oldest first."""

import logging
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import numpy as np

from bot.errors import VenueUnavailable
from bot.exchanges.abilities import Ability
from bot.exchanges.asking import Asker
from bot.exchanges.contracts import contract_size, contracts, tiers_of
from bot.exchanges.prices import positive
from bot.market.recording import FundingHistory
from bot.market.sieve import Mask
from bot.market.truth import can_be_true
from core.domain.instrument import Instrument
from core.domain.market import CandleFrame, Floats, Timeframe, exact, to_millis
from core.errors import NoMarketData, UnknownSymbol
from core.ports import Clock

logger = logging.getLogger(__name__)
SECOND = 1000
NAMES_SHOWN = 12
Row = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class CcxtSource:
    """One venue's history (`bot.market.source.CandleSource`), and its contracts."""

    ask: Asker
    clock: Clock

    @property
    def venue(self) -> str:
        return self.ask.venue.name

    @property
    def page(self) -> int:
        return self.ask.venue.page

    async def contracts(self, *, again: bool = False) -> dict[str, Instrument]:
        """Everything that can be traded. Asked once, or `again`."""
        markets = await self.ask.markets(again=again)
        return contracts(markets, self.ask.venue, self.ask.client.precisionMode)

    async def listing(self, followed: Collection[str] = ()) -> Mapping[str, Instrument]:
        """What is traded now, asked anew; what is `followed` with the venue's own leverage tiers."""
        found = await self.contracts(again=True)
        if self.ask.can(Ability.TIERS):
            for symbol in found.keys() & set(followed):
                found[symbol] = await self._with_tiers(found[symbol])
        return found

    async def _with_tiers(self, contract: Instrument) -> Instrument:
        """Without them, or without what their floors are worth, the cautious ones stay."""
        told = worth = None
        with suppress(VenueUnavailable):
            told = await self.ask("fetch_market_leverage_tiers", contract.symbol)
            worth = await self._worth(contract.symbol)
        return replace(contract, tiers=tiers_of(told, worth)) if told and worth else contract

    async def _worth(self, symbol: str) -> Decimal | None:
        """What one of the numbers in a tier is worth in the quote now."""
        if not self.ask.venue.tiers_in_contracts:
            return Decimal(1)
        price = positive((await self.ask("fetch_ticker", symbol)).get("last"))
        return price and price * exact(contract_size(self.ask.client.markets[symbol]))

    async def symbols(self) -> Collection[str]:
        return tuple(await self.contracts())

    def timeframes(self) -> Collection[Timeframe]:
        return tuple(frame for frame in Timeframe if frame.value in self.ask.client.timeframes)

    async def candles(
        self, symbol: str, timeframe: Timeframe, since: datetime, limit: int
    ) -> CandleFrame:
        """Raises UnknownSymbol, NoMarketData for a timeframe that the venue lacks."""
        rows = await self._rows("fetch_ohlcv", symbol, timeframe, since, limit)
        return self._frame(rows, timeframe, since, self._coins(symbol))

    async def marks(
        self, symbol: str, timeframe: Timeframe, since: datetime, limit: int
    ) -> CandleFrame | None:
        if not self.ask.can(Ability.MARK_CANDLES):
            return None
        rows = await self._rows("fetch_mark_ohlcv", symbol, timeframe, since, limit)
        return self._frame(rows, timeframe, since, 0.0)

    async def funding(self, symbol: str, since: datetime, limit: int) -> FundingHistory:
        await self._known(symbol)
        if not self.ask.can(Ability.FUNDING_HISTORY):
            return FundingHistory(np.empty(0, np.int64), np.empty(0))
        most = min(limit, 100 if self.venue == "okx" else 200)
        told = await self.ask("fetch_funding_rate_history", symbol, to_millis(since), most)
        return funding_columns(told, to_millis(since))

    async def close(self) -> None:
        await self.ask.close()

    async def _rows(
        self, call: str, symbol: str, timeframe: Timeframe, since: datetime, limit: int
    ) -> list[Row]:
        await self._known(symbol)
        if timeframe.value not in self.ask.client.timeframes:
            raise NoMarketData(symbol=symbol, timeframe=timeframe)
        most = min(limit, self.page)
        options = self._until(timeframe, since, most)
        rows: list[Row] = await self.ask(
            call, symbol, timeframe.value, to_millis(since), most, **options
        )
        if not any(_is_good(row) for row in rows) and not self.ask.heard_json():
            raise VenueUnavailable(
                f"{self.ask.venue.title} answered no candles but something else"
            )
        return rows

    def _until(self, timeframe: Timeframe, since: datetime, rows: int) -> dict[str, Any]:
        """Where a venue tells what came before a moment, that moment."""
        if not self.ask.venue.backwards:
            return {}
        end = min(since + timeframe.duration * rows, self.clock.now())
        return {"params": {"to": f"{end:%Y-%m-%dT%H:%M:%S}"}}

    async def _known(self, symbol: str) -> None:
        known = await self.contracts()
        if symbol not in known:
            names = ", ".join(list(known)[:NAMES_SHOWN])
            raise UnknownSymbol(symbol=symbol, known=names)

    def _coins(self, symbol: str) -> float:
        """Coins in one unit of a candle's volume."""
        if not self.ask.venue.counts_contracts:
            return 1.0
        return contract_size(self.ask.client.markets[symbol])

    def _frame(
        self, rows: Sequence[Row], timeframe: Timeframe, since: datetime, coins: float
    ) -> CandleFrame:
        frame = candle_columns(self._true(_table(rows)), timeframe, coins)
        first = int(np.searchsorted(frame.time, to_millis(since)))
        return frame.rows(first, frame.closed_by(self.clock.now()))

    def _true(self, table: Floats) -> Floats:
        """Of an answer, the rows that can be true."""
        true: Mask = np.isfinite(table[:, 0]) & can_be_true(*table[:, 1:].T)
        if not true.all():
            false, title = int((~true).sum()), self.ask.venue.title
            logger.warning("%s told %d candles that cannot be true", title, false)
        return table[true]


def _table(rows: Sequence[Row]) -> Floats:
    return np.array([_numbers(row) for row in rows], dtype=np.float64).reshape(-1, 6)


def candle_columns(table: Floats, timeframe: Timeframe, coins: float) -> CandleFrame:
    """Rows on the grid in order, each once, the later word on the same candle counts."""
    good = table[table[:, 0] % timeframe.milliseconds == 0]
    _, last = np.unique(good[::-1, 0], return_index=True)
    kept = good[::-1][last]
    columns = [np.ascontiguousarray(kept[:, place]) for place in range(1, 6)]
    columns[4] = columns[4] * coins
    return CandleFrame(timeframe, kept[:, 0].astype(np.int64), *columns)


def _is_good(row: Row) -> bool:
    return len(row) >= 5 and all(cell is not None for cell in row[:5])


def _numbers(row: Row) -> list[float]:
    """Mark candles have no volume; whatever else is missing makes the row useless."""
    cells = [*row[:6], *([0.0] * (6 - len(row)))]
    cells[5] = cells[5] or 0.0
    return [np.nan if cell is None else float(cell) for cell in cells]


def funding_columns(told: Sequence[dict[str, Any]], since: int) -> FundingHistory:
    """Stamps floored to their second, as everywhere here."""
    pairs = {
        int(row["timestamp"]) // SECOND * SECOND: float(row["fundingRate"])
        for row in told
        if row.get("timestamp") and row.get("fundingRate") is not None
    }
    times = sorted(time for time in pairs if time >= since // SECOND * SECOND)
    rates = np.array([pairs[time] for time in times], dtype=np.float64)
    return FundingHistory(np.array(times, dtype=np.int64), rates)
