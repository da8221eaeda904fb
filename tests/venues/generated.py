"""A world out of a seed: smooth enough to read, rough enough to trade."""

from collections.abc import Callable, Sequence
from decimal import Decimal

import numpy as np

from tests.venues.series import MINUTE, OPEN, VOLUME, Rows, Series
from tests.venues.world import HOUR, Clock, Market, World

NOON = 1_767_268_800_000  # 2026-01-01 12:00 UTC
# base: price, tick, step, contract on OKX, contract on Gate
COINS = {
    "BTC": (95_000.0, "0.1", "0.001", "0.01", "0.0001"),
    "ETH": (3_200.0, "0.01", "0.001", "0.1", "0.01"),
    "SOL": (180.0, "0.01", "0.01", "1", "1"),
    "XRP": (2.2, "0.0001", "0.1", "100", "10"),
    "DOGE": (0.31, "0.00001", "1", "1000", "10"),
}
PLAIN = (50.0, "0.001", "0.1", "1", "1")


def world(
    coins: Sequence[str] = ("BTC", "ETH"),
    *,
    clock: Callable[[], int] | None = None,
    days: float = 3,
    seed: int = 1,
    ahead: int = 0,
) -> World:
    """Candles of some days that end with the one that runs now, plus `ahead` minutes to come."""
    clock = clock or Clock(NOON)
    end = clock() // MINUTE * MINUTE + MINUTE * (1 + ahead)
    minutes = int(days * 1440) + ahead
    markets = [market(base, end, minutes, seed + i) for i, base in enumerate(coins)]
    return World([*markets, dollar(end, minutes)], clock)


def dollar(end: int, minutes: int) -> Market:
    """A dollar is a dollar; in Seoul it is traded."""
    flat = walk(1.0, Decimal("0.001"), end, minutes, seed=0)
    flat[:, OPEN:VOLUME] = 1.0
    step = Decimal("0.01")
    return Market(
        base="USDT", series=Series(flat), tick=Decimal("0.001"), step=step, spot_only=True
    )


def market(base: str, end: int, minutes: int, seed: int) -> Market:
    price, tick, step, okx, gate = COINS.get(base, PLAIN)
    times = np.arange(end // (8 * HOUR) - 90, end // (8 * HOUR) + 1) * 8 * HOUR
    rates = 0.0001 + 0.0001 * np.random.default_rng(seed).standard_normal(len(times))
    return Market(
        base=base,
        series=Series(walk(price, Decimal(tick), end, minutes, seed)),
        tick=Decimal(tick),
        step=Decimal(step),
        contracts={"okx": Decimal(okx), "gate": Decimal(gate)},
        funding_times=times.astype(np.int64),
        funding_rates=np.round(rates, 8),
    )


def walk(price: float, tick: Decimal, end: int, minutes: int, seed: int) -> Rows:
    """A random walk on the tick, about 0.08 % a minute."""
    random = np.random.default_rng(seed)
    path = price * np.exp(np.cumsum(random.normal(0, 0.0008, minutes + 1)))
    opened, close = path[:-1], path[1:]
    reach = np.abs(random.normal(0, 0.0004, (2, minutes))) * price
    prices = np.column_stack(
        (opened, np.maximum(opened, close) + reach[0], np.minimum(opened, close) - reach[1], close)
    )
    volume = np.round(random.lognormal(3, 0.5, minutes) * 1_000 / price, 3) + 0.001
    time = end - MINUTE * np.arange(minutes, 0, -1)
    return np.column_stack((time, np.round(prices, -tick.adjusted()), volume))
