"""A proposal's chart and a report's, from the picture's values to the bytes of the PNG."""

from collections.abc import Callable
from statistics import median
from time import perf_counter, thread_time
from typing import Any

from bot.charts.drawing import draw
from core.domain.picture import Picture
from tests.bot.charts.pictures import candles, equity

RUNS = 15


def run() -> list[dict[str, Any]]:
    """A new picture each time, so that nothing but fonts and measured words is remembered."""
    cases: dict[str, Callable[[int], Picture]] = {
        "120 candles, 2 averages, RSI, 4 levels": lambda seed: candles(seed=seed),
        "equity, 500 moments": lambda seed: equity(seed=seed),
        "equity, 50,000 moments": lambda seed: equity(50_000, seed=seed),
    }
    started = perf_counter()
    draw(candles())
    first = 1000 * (perf_counter() - started)
    return [
        {"benchmark": "charts", "case": "the first, matplotlib imported", "median_ms": first}
    ] + [measure(case, make) for case, make in cases.items()]


def measure(case: str, make: Callable[[int], Picture]) -> dict[str, Any]:
    draw(make(0))
    timed = [once(make(seed)) for seed in range(1, RUNS + 1)]
    return {
        "benchmark": "charts",
        "case": case,
        "median_ms": median(wall for wall, _, _ in timed),
        "least_ms": min(wall for wall, _, _ in timed),
        "cpu_ms": median(cpu for _, cpu, _ in timed),
        "kilobytes": median(size for _, _, size in timed),
    }


def once(picture: Picture) -> tuple[float, float, float]:
    """Milliseconds on the clock and on the processor, and the size."""
    wall, cpu = perf_counter(), thread_time()
    png = draw(picture)
    return 1000 * (perf_counter() - wall), 1000 * (thread_time() - cpu), len(png) / 1000
