"""The forces behind a made-up market: regimes, restless volatility, shocks and jumps.

Every force draws from a stream of its own, step by step, so that a longer market begins with
exactly the shorter one.
"""

from dataclasses import dataclass
from itertools import accumulate
from zlib import crc32

import numpy as np
from numpy.random import PCG64, Generator, SeedSequence

from core.domain.market import Floats

YEAR = 8_766.0  # hours, as all times here
REGIME = 72.0
TREND = 0.08  # drift of a trending hour, in hourly volatilities
REVERTING = 0.5  # share of a move that is taken back in a market without a trend
REVERSION = 8.0
FAST_VOLATILITY = (0.30, 12.0)  # deviation of its logarithm, memory
SLOW_VOLATILITY = (0.30, 200.0)
OWN_VOLATILITY = (0.15, 50.0)
SHARED = 0.84  # of the variance
JUMP_EVERY = 240.0
JUMP = 4.0  # in hourly volatilities
HOMESICK = 1.5 * YEAR  # memory of prices: over years they come back from absurd levels


def stream(seed: int, name: str) -> Generator:
    return Generator(PCG64(SeedSequence([seed, crc32(name.encode())])))


@dataclass(frozen=True, slots=True)
class Tide:
    """What moves all symbols at once. Columns have one row per step of `hours`."""

    hours: float
    drift: Floats
    reverting: Floats
    log_volatility: Floats
    shocks: Floats
    jumps: Floats


@dataclass(frozen=True, slots=True)
class Moves:
    """One symbol's logarithmic price, from zero, and its volatility during each step."""

    log_price: Floats
    volatility: Floats


def tide(seed: int, steps: int, hours: float) -> Tide:
    regimes = _regimes(seed, steps, hours)
    fast = _restless(stream(seed, "fast"), steps, hours, FAST_VOLATILITY)
    slow = _restless(stream(seed, "slow"), steps, hours, SLOW_VOLATILITY)
    return Tide(
        hours,
        TREND * hours * regimes,
        np.where(regimes == 0, REVERTING, 0.0),
        fast + slow,
        stream(seed, "shocks").standard_normal(steps),
        _jumps(seed, "tide", steps, chance=hours / JUMP_EVERY),
    )


def moves(seed: int, symbol: str, common: Tide, yearly_volatility: float) -> Moves:
    """Drift, shocks of which a part is taken back later, and jumps."""
    steps, hours = len(common.shocks), common.hours
    hourly = yearly_volatility / YEAR**0.5
    restless = _restless(stream(seed, f"{symbol} own"), steps, hours, OWN_VOLATILITY)
    volatility = hourly * hours**0.5 * np.exp(common.log_volatility + restless)
    own = stream(seed, f"{symbol} shocks").standard_normal(steps)
    shocks = volatility * (SHARED**0.5 * common.shocks + (1 - SHARED) ** 0.5 * own)
    own_jumps = _jumps(seed, symbol, steps, chance=0.5 * hours / JUMP_EVERY)
    lasting = hourly * (common.drift + common.jumps + own_jumps) + (1 - common.reverting) * shocks
    passing = common.reverting * shocks
    log_price = fading(lasting, hours / HOMESICK) + fading(passing, hours / REVERSION)
    return Moves(log_price, volatility)


def fading(shocks: Floats, rate: float) -> Floats:
    """The sum of all shocks so far, each forgotten exponentially."""
    keep = float(np.exp(-rate))
    sums = accumulate(shocks.tolist(), lambda past, shock: keep * past + shock)
    return np.fromiter(sums, np.float64, len(shocks))


def _restless(
    random: Generator, steps: int, hours: float, volatility: tuple[float, float]
) -> Floats:
    """Logarithms of a factor whose square is one on average."""
    deviation, memory = volatility
    scale = deviation * (1 - np.exp(-2 * hours / memory)) ** 0.5
    return fading(scale * random.standard_normal(steps), hours / memory) - deviation**2


def _regimes(seed: int, steps: int, hours: float) -> Floats:
    """Up 1, down -1, or no trend 0; each lasts some days."""
    changes = stream(seed, "changes").random(steps) < 1 - np.exp(-hours / REGIME)
    last = np.maximum.accumulate(np.where(changes, np.arange(steps), 0))
    return np.floor(3 * stream(seed, "regimes").random(steps))[last] - 1


def _jumps(seed: int, name: str, steps: int, chance: float) -> Floats:
    is_jump = stream(seed, f"{name} jump times").random(steps) < chance
    return np.where(is_jump, JUMP * stream(seed, f"{name} jumps").standard_normal(steps), 0.0)
