"""Update in, reply out over loopback: the desk's /positions beside a bare aiogram bot's echo."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from aiohttp import ClientSession

from tests.benchmarks.bots import Phone, echo_bot
from tests.benchmarks.twenty import desk_with_twenty_positions

WARM_UP = 30
TURNS = 400

Bot = Callable[[], AbstractAsyncContextManager[str]]


async def run() -> list[dict[str, Any]]:
    """The echo bot beside itself shows how much of a ratio is noise."""
    return [
        await compare("an echo, beside itself", echo_bot),
        await compare("/positions, 20 open", desk_with_twenty_positions),
    ]


async def compare(case: str, bot: Bot) -> dict[str, Any]:
    """Ask both by turns, so that whatever disturbs the one disturbs the other."""
    async with bot() as ours, echo_bot() as bare, ClientSession() as http:
        desk, baseline = Phone(http, ours), Phone(http, bare)
        pairs = [(await wait(desk), await wait(baseline)) for _ in range(WARM_UP + TURNS)]
    return summary(case, pairs[WARM_UP:])


async def wait(phone: Phone) -> float:
    """Milliseconds from sending to having seen the reply."""
    began = perf_counter()
    await phone.ask("/positions")
    return (perf_counter() - began) * 1000


def summary(case: str, pairs: list[tuple[float, float]]) -> dict[str, Any]:
    desk, baseline = zip(*pairs, strict=True)
    return {
        "benchmark": "chat",
        "case": case,
        "desk_p50_ms": median(desk),
        "desk_p99_ms": quantiles(desk, n=100)[98],
        "baseline_p50_ms": median(baseline),
        "baseline_p99_ms": quantiles(baseline, n=100)[98],
        "baseline_over_desk": median(baseline) / median(desk),
        "desk_p99_over_baseline_p99": quantiles(desk, n=100)[98] / quantiles(baseline, n=100)[98],
    }
