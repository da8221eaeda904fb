"""Small writes that come at the same moment, in one transaction."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from bot.storage.errors import DeskStorageError

MOST_LOOKS = 4

T = TypeVar("T")
R = TypeVar("R")

Write = Callable[[Sequence[T]], Awaitable[Sequence[R]]]


class Together(Generic[T, R]):
    """Whoever finds the door free takes in all who wait before it; `write` answers for each.

    Writing the same twice must be harmless: if one who carries others is cancelled, the next
    carries them again.
    """

    def __init__(self, write: Write[T, R]) -> None:
        self._write = write
        self._waiting: list[tuple[T, asyncio.Future[R]]] = []
        self._door = asyncio.Lock()

    async def __call__(self, item: T) -> R:
        answer: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, answer))
        try:
            async with self._door:
                if not answer.done():
                    await self._gather()
                    await self._carry()
        finally:
            self._waiting = [one for one in self._waiting if one[1] is not answer]
            if not answer.cancel():
                answer.exception()  # whoever is cancelled hears of no failure
        return answer.result()

    async def _gather(self) -> None:
        """Those who set out at the same moment arrive a few turns of the loop apart."""
        for _ in range(MOST_LOOKS):
            known = len(self._waiting)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            if len(self._waiting) == known:
                return

    async def _carry(self) -> None:
        taken = [(item, answer) for item, answer in self._waiting if not answer.done()]
        try:
            answers = await self._write([item for item, _ in taken])
        except DeskStorageError as error:
            for waits in _patient(taken):
                waits.set_exception(error)
        else:
            for (_, waits), answer in zip(taken, answers, strict=True):
                if not waits.done():
                    waits.set_result(answer)


def _patient(taken: Sequence[tuple[T, "asyncio.Future[R]"]]) -> "list[asyncio.Future[R]]":
    """Those who still wait."""
    return [waits for _, waits in taken if not waits.done()]
