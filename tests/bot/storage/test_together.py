"""Writes that come at once share a transaction, and none is lost or answered for another."""

import asyncio

import pytest

from bot.storage.errors import DeskStorageError
from bot.storage.together import Together


class Pen:
    """Writes slowly, and remembers in how many strokes."""

    def __init__(self) -> None:
        self.strokes: list[list[int]] = []
        self.may, self.breaks = asyncio.Event(), False

    async def write(self, items):
        self.strokes.append(list(items))
        await self.may.wait()
        if self.breaks:
            raise DeskStorageError("no room")
        return [item * 10 for item in items]


async def begun(pen, *items):
    together = Together(pen.write)
    tasks = [asyncio.ensure_future(together(item)) for item in items]
    await asyncio.sleep(0.01)
    return tasks


async def test_whoever_comes_while_one_writes_goes_in_with_the_next():
    pen = Pen()
    tasks = await begun(pen, 1, 2, 3, 4)
    pen.may.set()
    assert await asyncio.gather(*tasks) == [10, 20, 30, 40]
    assert [len(stroke) for stroke in pen.strokes] in ([4], [1, 3])


async def test_a_failure_is_told_to_everybody_it_concerns_and_the_next_may_try():
    pen = Pen()
    tasks = await begun(pen, 1, 2)
    pen.breaks = True
    pen.may.set()
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(answer, DeskStorageError) for answer in answers)
    pen.breaks = False
    assert await Together(pen.write)(3) == 30


async def test_one_who_carries_others_may_be_cancelled():
    pen = Pen()
    tasks = await begun(pen, 1, 2, 3)
    tasks[0].cancel()
    await asyncio.sleep(0.01)
    pen.may.set()
    assert await asyncio.gather(*tasks[1:]) == [20, 30]
    with pytest.raises(asyncio.CancelledError):
        await tasks[0]


async def test_one_who_waits_may_be_cancelled():
    pen = Pen()
    together = Together(pen.write)
    first = asyncio.ensure_future(together(1))
    await asyncio.sleep(0.01)
    second, third = (asyncio.ensure_future(together(n)) for n in (2, 3))
    await asyncio.sleep(0.01)
    second.cancel()
    await asyncio.sleep(0.01)
    pen.may.set()
    assert await asyncio.gather(first, third) == [10, 30]
    assert 2 not in [item for stroke in pen.strokes for item in stroke]


async def test_one_who_is_being_carried_may_be_cancelled_and_takes_nobody_else_along():
    pen = Pen()
    tasks = await begun(pen, 1, 2, 3)
    pen.may.set()
    await asyncio.sleep(0)
    tasks[1].cancel()
    late = Together(pen.write)
    assert await asyncio.gather(tasks[0], tasks[2]) == [10, 30]
    assert await late(4) == 40


async def test_those_who_set_out_together_go_in_together_though_some_arrive_a_little_later():
    pen = Pen()
    pen.may.set()
    together = Together(pen.write)
    coming = [asyncio.ensure_future(_after(turns, together)) for turns in range(5)]
    assert await asyncio.gather(*coming) == [0, 10, 20, 30, 40]
    assert pen.strokes == [[0, 1, 2, 3, 4]]


async def test_nobody_waits_long_for_those_who_keep_coming():
    pen = Pen()
    pen.may.set()
    together = Together(pen.write)
    late = [asyncio.ensure_future(_after(turns, together)) for turns in range(40)]
    assert await asyncio.gather(*late) == [10 * turns for turns in range(40)]
    assert len(pen.strokes[0]) < 20


async def _after(turns, together):
    for _ in range(turns):
        await asyncio.sleep(0)
    return await together(turns)
