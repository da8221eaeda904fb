"""What a venue says of the moment: prices, its clock, and what its perpetuals tell beside them."""

import asyncio
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from bot.errors import VenueUnavailable
from bot.exchanges.abilities import Ability
from bot.exchanges.asking import Asker
from bot.exchanges.contracts import contract_size
from bot.exchanges.venues import Venue
from bot.live.prices import Price
from core.domain.derivatives import Derivatives
from core.domain.market import exact, from_millis
from core.ports import Clock

DAY = timedelta(days=1)
INTERVALS = {f"{hours}h": timedelta(hours=hours) for hours in (1, 2, 4, 8, 12, 24)}


@dataclass(frozen=True, slots=True)
class CcxtPrices:
    ask: Asker
    clock: Clock

    async def prices(self, symbols: Sequence[str]) -> dict[str, Price]:
        """Of those that the venue tells just now: one that it does not list hides no other."""
        markets = await self.ask.markets()
        listed = [symbol for symbol in symbols if symbol in markets]
        if not listed:
            return {}
        told = await self.ask("fetch_tickers", listed)
        if not told:
            raise VenueUnavailable(f"{self.ask.venue.title} answered no prices")
        marks = await self._marks(listed)
        now = self.clock.now()
        return {
            s: price_of(with_marks(told[s], self.ask.venue), marks.get(s, {}), now)
            for s in listed
            if s in told
        }

    async def _marks(self, symbols: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        if self.ask.can(Ability.MARK_PRICES):
            marks: Mapping[str, Mapping[str, Any]] = await self.ask(
                "fetch_mark_prices", list(symbols)
            )
            return marks
        if self.ask.can(Ability.MARK_PRICE):
            return {s: await self.ask("fetch_mark_price", s) for s in symbols}
        return {}

    async def skew(self) -> timedelta | None:
        """The venue's clock minus ours, half the way there and back taken off; an answer that was
        long on its way says no more than that.
        """
        if not self.ask.can(Ability.TIME):
            return None
        before = self.clock.now()
        told = await self.ask("fetch_time")
        after = self.clock.now()
        if not isinstance(told, int):
            raise VenueUnavailable(f"{self.ask.venue.title} answered no time but something else")
        half = (after - before) / 2
        apart = from_millis(told) - (before + half)
        return apart if abs(apart) > half else timedelta(0)

    async def derivatives(self, symbol: str) -> Derivatives:
        """What cannot be read just now is unknown, and does not hide the rest."""
        funding, interest, before, crowd = await asyncio.gather(
            self._maybe(Ability.FUNDING, "fetch_funding_rate", symbol),
            self._maybe(Ability.OPEN_INTEREST, "fetch_open_interest", symbol),
            self._history(Ability.OPEN_INTEREST_HISTORY, "fetch_open_interest_history", symbol),
            self._history(Ability.LONG_SHORT, "fetch_long_short_ratio_history", symbol),
        )
        now = interest or (before[-1] if before else {})
        coins = await self._coins(symbol)
        return derivatives_of(self.clock.now(), funding, now, before, crowd, coins)

    async def _coins(self, symbol: str) -> float:
        """Coins in one unit of open interest."""
        if not self.ask.venue.interest_in_contracts:
            return 1.0
        return contract_size((await self.ask.markets())[symbol])

    async def _maybe(self, ability: Ability, call: str, symbol: str) -> Mapping[str, Any]:
        if not self.ask.can(ability):
            return {}
        try:
            return await self.ask(call, symbol) or {}
        except VenueUnavailable:
            return {}

    async def _history(
        self, ability: Ability, call: str, symbol: str
    ) -> Sequence[Mapping[str, Any]]:
        if not self.ask.can(ability):
            return ()
        try:
            return await self.ask(call, symbol, "1h", None, 25) or ()
        except VenueUnavailable:
            return ()


def with_marks(ticker: Mapping[str, Any], venue: Venue) -> Mapping[str, Any]:
    """Where ccxt leaves mark and index out of a ticker that the venue wrote them into."""
    raw = ticker.get("info")
    if ticker.get("markPrice") or not isinstance(raw, Mapping):
        return ticker
    return {
        **ticker,
        "markPrice": raw.get(venue.mark_in),
        "indexPrice": ticker.get("indexPrice") or raw.get(venue.index_in),
    }


def price_of(ticker: Mapping[str, Any], mark: Mapping[str, Any], now: datetime) -> Price:
    """Mark prices come with the ticker, or in an answer of their own."""
    change = _number(ticker.get("percentage"))
    return Price(
        time=now,
        last=positive(ticker.get("last")),
        mark=positive(mark.get("markPrice")) or positive(ticker.get("markPrice")),
        index=positive(mark.get("indexPrice")) or positive(ticker.get("indexPrice")),
        bid=positive(ticker.get("bid")),
        ask=positive(ticker.get("ask")),
        day_change=None if change is None else change / 100,
        day_volume=_number(ticker.get("quoteVolume")),
    )


def derivatives_of(
    now: datetime,
    funding: Mapping[str, Any],
    interest: Mapping[str, Any],
    before: Sequence[Mapping[str, Any]],
    crowd: Sequence[Mapping[str, Any]],
    coins: float = 1.0,
) -> Derivatives:
    """What ccxt has answered, in the desk's words."""
    due = _number(funding.get("fundingTimestamp") or funding.get("nextFundingTimestamp"))
    standing = _number(interest.get("openInterestAmount"))
    return Derivatives(
        time=now,
        mark=positive(funding.get("markPrice")),
        index=positive(funding.get("indexPrice")),
        funding=_rate(funding.get("fundingRate")),
        predicted=_rate(funding.get("nextFundingRate")),
        next_funding=from_millis(int(due)) if due else None,
        interval=INTERVALS.get(str(funding.get("interval"))),
        open_interest=None if standing is None else standing * coins,
        open_interest_day=_day_change(before),
        long_short=_number(crowd[-1].get("longShortRatio")) if crowd else None,
    )


def positive(told: Any) -> Decimal | None:
    """A price; zero or less is none, nor is a word that is no number."""
    number = _number(told)
    if number is None or number <= 0:
        return None
    return told if isinstance(told, Decimal) else exact(number)


def _number(told: Any) -> float | None:
    """Some venues leave a cell empty, where others would leave it out."""
    try:
        number = float(told)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _rate(told: Any) -> Decimal | None:
    return exact(told) if isinstance(told, int | float) and abs(told) < 1 else None


def _day_change(rows: Sequence[Mapping[str, Any]]) -> float | None:
    """Against the oldest of the last day's hours."""
    told = sorted(_amounts(rows))
    day = [amount for time, amount in told if time >= told[-1][0] - DAY.total_seconds() * 1000]
    return day[-1] / day[0] - 1 if len(day) > 1 else None


def _amounts(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[float, float]]:
    for row in rows:
        time, amount = _number(row.get("timestamp")), _number(row.get("openInterestAmount"))
        if time and amount and amount > 0:
            yield time, amount
