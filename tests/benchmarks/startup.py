"""From the start of the process to its first reply: the demo desk beside a bare aiogram bot."""

from asyncio import StreamReader, timeout
from dataclasses import dataclass
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from aiohttp import ClientSession

from tests.benchmarks import bots

DESK = ["-m", "bot", "demo", "--no-open", "--port", "0", "--language", "en", "--data"]
RUNS = 5
PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Start:
    """One start: the wait for the first reply, and the most memory held by then."""

    milliseconds: float
    megabytes: float


async def run() -> list[dict[str, Any]]:
    """Starts in pairs, after one uncounted pair which compiles the modules of both."""
    with TemporaryDirectory() as compiled:
        environment = bots.as_installed(compiled)
        pairs = [(await desk(environment), await baseline(environment)) for _ in range(1 + RUNS)]
    return [summary(pairs[1:])]


def summary(pairs: list[tuple[Start, Start]]) -> dict[str, Any]:
    return {
        "benchmark": "startup",
        "case": "process start to first reply",
        "desk_ms": median(ours.milliseconds for ours, _ in pairs),
        "baseline_ms": median(bare.milliseconds for _, bare in pairs),
        "baseline_over_desk": median(
            bare.milliseconds / ours.milliseconds for ours, bare in pairs
        ),
        "desk_mb": median(ours.megabytes for ours, _ in pairs),
        "baseline_mb": median(bare.megabytes for _, bare in pairs),
        "baseline_over_desk_mb": median(bare.megabytes / ours.megabytes for ours, bare in pairs),
    }


async def desk(environment: dict[str, str]) -> Start:
    """The whole demo, its server included."""
    with TemporaryDirectory() as data:
        began = perf_counter()
        async with timeout(PATIENCE), bots.process([*DESK, data], environment) as process:
            assert process.stdout is not None
            url = await address(process.stdout)
            return await first_reply(url, process.pid, began)


async def baseline(environment: dict[str, str]) -> Start:
    """A bot that does nothing but answer; its server is ours and costs it nothing."""
    async with bots.server() as url:
        began = perf_counter()
        arguments = bots.echo_arguments(url)
        async with timeout(PATIENCE), bots.process(arguments, environment) as process:
            return await first_reply(url, process.pid, began)


async def address(stdout: StreamReader) -> str:
    async for line in stdout:
        for word in line.decode().split():
            if word.startswith("http://127.0.0.1:"):
                return word.rstrip("/.,")
    raise RuntimeError("the desk ended without naming its address; its errors are above")


async def first_reply(url: str, process_id: int, began: float) -> Start:
    async with ClientSession() as http:
        await bots.Phone(http, url).ask("/start")
    return Start((perf_counter() - began) * 1000, bots.peak_megabytes(process_id))
