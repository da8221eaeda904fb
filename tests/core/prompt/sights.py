"""Markets that look like markets, and questions about them."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import numpy as np

from core.committee.question import question
from core.domain.derivatives import Derivatives
from core.domain.market import CandleFrame, FundingRate, Origin, Timeframe
from core.domain.people import Language
from core.domain.snapshot import MarketSnapshot
from core.domain.tuning import STANDARD
from core.indicators import indicators
from core.prompt import sheet
from tests.builders import INSTRUMENT, NOON
from tests.fakes import frame

COINS = ("BTC", "ETH", "SOL", "XRP", "DOGE", "ADA", "LINK", "AVAX", "LTC", "BNB")
SYMBOLS = tuple(f"{coin}/USDT:USDT" for coin in COINS)


def waves(
    seed: int, timeframe: Timeframe, rows: int = 420, price: float = 64_321.7
) -> CandleFrame:
    """A walk that anybody can walk again."""
    noise = np.random.default_rng(seed)
    steps = noise.normal(0, 0.004, rows)
    close = price * np.exp(np.cumsum(steps) - steps.sum())
    made = frame(close, timeframe, reach=price * 0.001)
    return replace(made, volume=noise.lognormal(5, 0.4, rows))


def told() -> Derivatives:
    return Derivatives(
        time=NOON,
        mark=Decimal("64325.1"),
        index=Decimal("64318.4"),
        funding=Decimal("0.000083"),
        predicted=Decimal("0.00011"),
        open_interest_day=0.021,
        long_short=1.42,
        liquidated_longs=300_000.0,
        liquidated_shorts=100_000.0,
    )


def snapshot(symbol: str = SYMBOLS[0], seed: int = 1, price: float = 64_321.7) -> MarketSnapshot:
    longer = {t: waves(seed + 50, t, price=price) for t in (Timeframe.H4, Timeframe.D1)}
    return MarketSnapshot(
        instrument=replace(INSTRUMENT, symbol=symbol),
        as_of=NOON,
        frame=waves(seed, Timeframe.H1, price=price),
        origin=Origin.SYNTHETIC,
        funding=FundingRate(NOON - timedelta(hours=4), Decimal("0.000083")),
        longer=longer,
        derivatives=told(),
    )


def asked(seen: MarketSnapshot):
    return question(seen, indicators(seen.frame), STANDARD)


def some_sheet(count: int = 2, language: Language = Language.EN, *, bare=False, **kwargs):
    """Of the first symbols; a bare one knows nothing but candles of one timeframe."""
    seen = [snapshot(symbol, seed) for seed, symbol in enumerate(SYMBOLS[:count])]
    if bare:
        seen = [replace(one, longer={}, derivatives=None, funding=None) for one in seen]
    return sheet(seen, [asked(one) for one in seen], language, **kwargs)
