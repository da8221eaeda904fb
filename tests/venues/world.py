"""The one truth behind all fake venues: what trades, at which price, and what time it is."""

import math
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count

import numpy as np
from numpy.typing import NDArray

from tests.venues.series import CLOSE, DAY, MINUTE, Rows, Series

HOUR = 3_600_000


class Clock:
    """Stands still until a test moves it; milliseconds since 1970."""

    def __init__(self, now: int) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now


@dataclass(frozen=True, slots=True)
class Trade:
    """Somebody bought (or sold) at this price; amounts are in coins."""

    id: int
    time: int
    price: float
    amount: float
    buyer_took: bool


@dataclass(frozen=True, slots=True)
class Liquidation:
    """A position was closed by the venue: a SELL ends a long."""

    base: str
    time: int
    sells: bool
    price: float
    amount: float


@dataclass(frozen=True, slots=True)
class Tier:
    """How much leverage a position of this notional may have."""

    floor: int
    cap: int
    maintenance: Decimal
    leverage: int


TIERS = (
    Tier(0, 50_000, Decimal("0.004"), 125),
    Tier(50_000, 600_000, Decimal("0.005"), 100),
    Tier(600_000, 3_000_000, Decimal("0.01"), 50),
    Tier(3_000_000, 12_000_000, Decimal("0.025"), 20),
)


@dataclass(eq=False, kw_only=True)
class Market:
    """One coin's perpetual (and, on the Korean venues, its spot market)."""

    base: str
    series: Series
    tick: Decimal
    step: Decimal
    min_notional: Decimal = Decimal(5)
    contracts: dict[str, Decimal] = field(default_factory=dict)
    tiers: tuple[Tier, ...] = TIERS
    funding_hours: int = 8
    funding_times: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    funding_rates: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    next_rate: float = 0.0001
    mark_premium: float = 0.0002  # of the mark over the last price
    index_premium: float = 0.0001  # of the index over the last price
    mark_price: float | None = None  # when a test says it
    open_interest: Callable[[int], float] = lambda now: 80_000 + 1_000 * math.sin(now / DAY)
    long_share: Callable[[int], float] = lambda now: 0.55 + 0.05 * math.sin(now / DAY)
    onboarded: int = 1_569_398_400_000
    delisted: int | None = None
    contract_type: str = "PERPETUAL"
    spot_only: bool = False  # listed by the Korean venues alone
    trades: deque[Trade] = field(default_factory=lambda: deque(maxlen=1_000))

    def price(self, now: int) -> float:
        return float(self.series.last(now)[CLOSE])

    def mark(self, now: int) -> float:
        return self.mark_price or self.price(now) * (1 + self.mark_premium)

    def index(self, now: int) -> float:
        return self.price(now) * (1 + self.index_premium)

    def next_funding(self, now: int) -> int:
        width = self.funding_hours * HOUR
        return (now // width + 1) * width

    def funding_until(self, now: int) -> list[tuple[int, float]]:
        """The stamps so far, as (time, rate); what comes due later comes at `next_rate`."""
        width = self.funding_hours * HOUR
        last = int(self.funding_times[-1]) if len(self.funding_times) else now // width * width
        due = np.arange(last // width + 1, now // width + 1) * width
        self.funding_times = np.append(self.funding_times, due)
        self.funding_rates = np.append(self.funding_rates, np.full(len(due), self.next_rate))
        seen = int(np.searchsorted(self.funding_times, now, side="right"))
        pairs = zip(self.funding_times[:seen], self.funding_rates[:seen], strict=True)
        return [(int(time), float(rate)) for time, rate in pairs]

    def lists(self, now: int) -> bool:
        return self.delisted is None or now < self.delisted

    def day(self, now: int) -> Rows:
        """The candles of the last 24 hours."""
        return self.series.between(now - DAY + MINUTE, now + 1, now)


class World:
    """Markets by coin, a clock and the price of a dollar in Seoul."""

    def __init__(
        self, markets: Iterable[Market], clock: Callable[[], int], won: float = 1_400.0
    ) -> None:
        self.markets = {market.base: market for market in markets}
        self.clock = clock
        self.won = won
        self._ids = count(1)

    def __getitem__(self, base: str) -> Market:
        return self.markets[base]

    @property
    def now(self) -> int:
        return self.clock()

    def trade(self, base: str, price: float, amount: float, *, buyer_took: bool = True) -> Trade:
        """Somebody trades: the candle that runs, and the tape go on."""
        market, now = self.markets[base], self.now
        market.series.trade(price, amount, now)
        trade = Trade(next(self._ids), now, price, amount, buyer_took)
        market.trades.append(trade)
        return trade
