"""Does something a few real seconds from now, in the process's one task group."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.edge import Failed, survives

Act = Callable[[], Awaitable[None]]


class SoonTasks:
    """Takes requests once it has been given a task group; before that they are forgotten."""

    def __init__(self) -> None:
        self._tasks: asyncio.TaskGroup | None = None

    def bind(self, tasks: asyncio.TaskGroup) -> None:
        self._tasks = tasks

    def __call__(self, wait: timedelta, act: Act, failed: Failed | None = None) -> None:
        if self._tasks is not None:
            self._tasks.create_task(self._wait_and_act(wait, act, failed))

    async def _wait_and_act(self, wait: timedelta, act: Act, failed: Failed | None) -> None:
        await asyncio.sleep(wait.total_seconds())
        await survives("something for later", act, failed)
