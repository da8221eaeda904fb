"""A made-up market that behaves like crypto, the same for the same seed, for as long as you like."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from bot.market.instruments import KNOWN
from bot.market.moves import YEAR, Moves, Tide, moves, stream, tide
from bot.market.recording import Recording
from core.domain.history import FundingHistory
from core.domain.instrument import Instrument
from core.domain.market import CandleFrame, Floats, Millis, Origin, Timeframe, to_millis
from core.errors import UnknownSymbol

HOUR = 3_600_000
FUNDING_EVERY = 8 * HOUR
USUAL_RATE = 0.0001
MOMENTUM_RATE = 0.00015
RATE_NOISE = 0.00002
MOMENTUM_HOURS = 72
TURNOVER = 200e6  # quote currency per hour


@dataclass(frozen=True, slots=True)
class Profile:
    """Where a made-up price starts and how much it moves in a year."""

    price: float
    volatility: float


PROFILES = {
    "BTC/USDT:USDT": Profile(60_000.0, 0.48),
    "ETH/USDT:USDT": Profile(3_000.0, 0.58),
    "SOL/USDT:USDT": Profile(150.0, 0.70),
    "XRP/USDT:USDT": Profile(0.60, 0.70),
    "DOGE/USDT:USDT": Profile(0.12, 0.75),
    "BNB/USDT:USDT": Profile(550.0, 0.55),
    "ADA/USDT:USDT": Profile(0.40, 0.72),
    "1000PEPE/USDT:USDT": Profile(0.01, 0.75),
}


def synthetic(
    seed: int, symbols: Sequence[str], timeframe: Timeframe, start: datetime, candles: int
) -> Recording:
    """More candles with the same arguments go on from the same first ones.

    Raises UnknownSymbol.
    """
    if candles < 1:
        raise ValueError(f"a market needs at least one candle, not {candles}")
    first = to_millis(timeframe.floor(start))
    times = first + timeframe.milliseconds * np.arange(candles, dtype=np.int64)
    common = tide(seed, candles, timeframe.milliseconds / HOUR)
    frames = {
        symbol: _frame(seed, symbol, CandleTimes(timeframe, times), common) for symbol in symbols
    }
    return Recording(
        Origin.SYNTHETIC,
        {symbol: {timeframe: frame} for symbol, frame in frames.items()},
        funding={symbol: _funding(seed, symbol, frame) for symbol, frame in frames.items()},
    )


@dataclass(frozen=True, slots=True)
class CandleTimes:
    """The grid that candles are made for."""

    timeframe: Timeframe
    opens: Millis


def _frame(seed: int, symbol: str, grid: CandleTimes, common: Tide) -> CandleFrame:
    if symbol not in PROFILES:
        raise UnknownSymbol(symbol=symbol)
    profile, contract = PROFILES[symbol], KNOWN[symbol]
    path = moves(seed, symbol, common, profile.volatility)
    closes = _on_tick(profile.price * np.exp(path.log_price), contract)
    opens = np.concatenate(([profile.price], closes))[: len(closes)]
    returns = np.log(closes / opens)
    highs, lows = _extremes(seed, symbol, returns, path)
    return CandleFrame(
        grid.timeframe,
        grid.opens,
        opens,
        np.maximum(_on_tick(opens * np.exp(highs), contract), np.maximum(opens, closes)),
        np.minimum(_on_tick(opens * np.exp(lows), contract), np.minimum(opens, closes)),
        closes,
        _volume(seed, symbol, closes, np.abs(returns), common.hours),
    )


def _on_tick(prices: Floats, contract: Instrument) -> Floats:
    """Ticks are powers of ten here, so that rounding leaves the exact decimals of a venue."""
    places = -contract.tick_size.adjusted()
    return np.maximum(np.round(prices, places), float(contract.tick_size))


def _extremes(seed: int, symbol: str, returns: Floats, path: Moves) -> tuple[Floats, Floats]:
    """How far a random walk strays that must end at the candle's return (a Brownian bridge)."""
    draws = 1 - stream(seed, f"{symbol} extremes").random((len(returns), 2))
    spread = np.sqrt(returns[:, None] ** 2 - 2 * path.volatility[:, None] ** 2 * np.log(draws))
    return (returns + spread[:, 0]) / 2, (returns - spread[:, 1]) / 2


def _volume(seed: int, symbol: str, closes: Floats, sizes: Floats, hours: float) -> Floats:
    """Busier in candles that move."""
    usual = PROFILES[symbol].volatility * (hours / YEAR) ** 0.5
    noise = np.exp(0.35 * stream(seed, f"{symbol} volume").standard_normal(len(closes)))
    coins = TURNOVER * hours / closes * (0.4 + 0.8 * sizes / usual) * noise
    return np.asarray(np.round(coins, -KNOWN[symbol].step_size.adjusted()))


def _funding(seed: int, symbol: str, frame: CandleFrame) -> FundingHistory:
    """Around 0.01 % every eight hours, more when the price has risen for some days."""
    step = frame.timeframe.milliseconds
    first, end = int(frame.time[0]), int(frame.time[-1]) + step
    stamps = np.arange(first // FUNDING_EVERY + 1, end // FUNDING_EVERY + 1) * FUNDING_EVERY
    closed = np.maximum((stamps - first) // step - 1, 0)
    before = np.maximum(closed - MOMENTUM_HOURS * HOUR // step, 0)
    momentum = np.log(frame.close[closed] / frame.close[before])
    usual = PROFILES[symbol].volatility * (MOMENTUM_HOURS / YEAR) ** 0.5
    noise = RATE_NOISE * stream(seed, f"{symbol} funding").standard_normal(len(stamps))
    rates = USUAL_RATE + MOMENTUM_RATE * np.tanh(momentum / usual) + noise
    return FundingHistory(stamps, np.round(rates, 8))
