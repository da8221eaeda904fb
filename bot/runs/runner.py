"""The queue of backtests: one child process at a time, in the process's own task group."""

import asyncio
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

from bot.edge import survives
from bot.runs.child import Child
from bot.runs.place import Place
from bot.runs.words import DESK, desk_now, words
from bot.storage.codec import encode
from core.backtest.filed import Failed, Outcome, Progress, Stopped
from core.backtest.ports import Over, Runner, Work

PAPERS = ("report.html", "trades.csv")  # bot.backtest.files writes them; it costs matplotlib


class BoundRunner(Runner, Protocol):
    """Works once it has been given the process's task group."""

    def bind(self, tasks: asyncio.TaskGroup) -> None: ...


@dataclass(slots=True)
class Job:
    """Something to do; `child` is there once its turn has come."""

    work: Work
    over: Over
    progress: Progress = field(default_factory=Progress)
    child: Child | None = None
    stopped: bool = False


class ProcessRunner:
    """Keeps the papers of each piece of work in a folder of its own."""

    def __init__(self, place: Place, folder: Path) -> None:
        self._place, self._folder = place, folder
        self._tasks: asyncio.TaskGroup | None = None
        self._turn = asyncio.Lock()
        self._jobs: dict[str, Job] = {}

    def bind(self, tasks: asyncio.TaskGroup) -> None:
        self._tasks = tasks

    def start(self, work: Work, over: Over) -> None:
        if self._tasks is None:
            raise RuntimeError("nobody is there to do the work yet")
        job = self._jobs[work.id] = Job(work, over)
        self._tasks.create_task(survives(f"backtest {work.id}", partial(self._do, job)))

    def progress(self, work_id: str) -> Progress | None:
        job = self._jobs.get(work_id)
        if job is None:
            return None
        return job.progress if job.child else Progress(ahead=list(self._jobs).index(work_id))

    async def stop(self, work_id: str) -> None:
        job = self._jobs.get(work_id)
        if job is None or job.stopped:
            return
        job.stopped = True
        if job.child is not None:
            job.child.stop()
        else:
            await self._end(job, Stopped())

    async def paper(self, work_id: str, name: str) -> bytes | None:
        if name not in PAPERS:
            raise ValueError(f"there is no paper {name}")
        return await asyncio.to_thread(_bytes, self._folder / work_id / name)

    async def forget(self, work_ids: Sequence[str]) -> None:
        for work_id in work_ids:
            folder = self._folder / work_id
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    async def _do(self, job: Job) -> None:
        async with self._turn:
            if not job.stopped:
                done = partial(self._done, job)
                await survives(f"backtest {job.work.id}", done, partial(self._broken, job))

    async def _done(self, job: Job) -> None:
        await self._end(job, await self._run(job))

    async def _broken(self, job: Job, _error: Exception) -> None:
        if job.work.id in self._jobs:
            await self._end(job, Failed(""))

    async def _end(self, job: Job, outcome: Outcome) -> None:
        try:
            await job.over(outcome)
        finally:
            self._jobs.pop(job.work.id, None)

    async def _run(self, job: Job) -> Outcome:
        folder = self._folder / job.work.id
        job.child = Child(words(job.work, self._place, folder), partial(setattr, job, "progress"))
        try:
            await asyncio.to_thread(_lay_out, folder, encode(desk_now(job.work, self._place)))
        except OSError as error:
            return Failed(f"cannot write to {error.filename}: {error.strerror}")
        return await job.child.run()


def _lay_out(folder: Path, desk: str) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / DESK).write_text(desk, encoding="utf-8")


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
