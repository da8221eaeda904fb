"""A desk that has a search done and says its child's number; somebody kills it then."""

import asyncio
import sys
from pathlib import Path

from bot.runs.runner import ProcessRunner
from core.backtest.record import Kind
from tests.bot.runs.works import PLACE, request, work


async def main():
    runner = ProcessRunner(PLACE, Path(sys.argv[1]))
    async with asyncio.TaskGroup() as tasks:
        runner.bind(tasks)
        runner.start(work(asked=request(Kind.OPTIMIZE, trials=2_000, days=50)), nobody)
        while True:
            seen = runner.progress("one")
            if seen and seen.stage == "search":
                break
            await asyncio.sleep(0.01)
        print(runner._jobs["one"].child._process.pid, flush=True)
        await asyncio.sleep(60)


async def nobody(_outcome):
    """Nobody hears it."""


if __name__ == "__main__":
    asyncio.run(main())
