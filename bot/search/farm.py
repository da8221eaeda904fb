"""Where attempts are made: in this process, or in workers that may die without the search dying."""

from collections.abc import Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Protocol

from bot.errors import Stop
from bot.search.attempt import Attempt, Job, Stage
from bot.search.worker import work

PATIENCE = 2.0  # seconds for a worker to leave by itself


class Lost:
    """The worker died before it could say what came of it."""


Event = tuple[int, Stage | Lost]


class WorkerFailed(Stop):
    pass


class Farm(Protocol):
    """Attempts under keys that the caller chooses; after each stage but the last it must say
    whether to `go_on` or to `drop` the attempt.
    """

    @property
    def room(self) -> int:
        """How many more attempts can begin now."""

    def begin(self, key: int, job: Job) -> None: ...
    def go_on(self, key: int) -> None: ...
    def drop(self, key: int) -> None: ...
    def events(self, timeout: float | None = None) -> Sequence[Event]:
        """What has happened since; waits for something, at most `timeout` seconds."""

    def forget(self) -> None:
        """Ends what is running; nobody waits for its answer any more."""

    def close(self) -> None: ...


class Inline:
    """One attempt at a time, in this process: the same order and the same answers each time."""

    def __init__(self, attempt: Attempt) -> None:
        self._attempt = attempt
        self._running: dict[int, Iterator[Stage]] = {}

    @property
    def room(self) -> int:
        return 1 - len(self._running)

    def begin(self, key: int, job: Job) -> None:
        self._running[key] = self._attempt(job)

    def go_on(self, key: int) -> None:
        """It goes on with the next call of `events`."""

    def drop(self, key: int) -> None:
        del self._running[key]

    def events(self, timeout: float | None = None) -> Sequence[Event]:
        return [self._step(key) for key in tuple(self._running)]

    def forget(self) -> None:
        self._running.clear()

    def close(self) -> None:
        """There is nothing to send home."""

    def _step(self, key: int) -> Event:
        stage = next(self._running[key])
        if stage.last:
            self.drop(key)
        return key, stage


class Workers:
    """Processes of their own. They leave when this process does, however it ends."""

    def __init__(self, attempt: Attempt, jobs: int) -> None:
        self._attempt = attempt
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload(["bot.search.replays"])
        self._idle = [self._hire() for _ in range(jobs)]
        self._busy: dict[int, tuple[Connection, BaseProcess]] = {}

    @property
    def room(self) -> int:
        return len(self._idle)

    def begin(self, key: int, job: Job) -> None:
        self._busy[key] = self._idle.pop()
        self._say(key, job)

    def go_on(self, key: int) -> None:
        self._say(key, True)

    def drop(self, key: int) -> None:
        self._say(key, False)
        self._idle.append(self._busy.pop(key))

    def events(self, timeout: float | None = None) -> Sequence[Event]:
        keys = {line: key for key, (line, _) in self._busy.items()}
        ready = wait(keys, timeout)
        return [self._hear(key) for line, key in keys.items() if line in ready]

    def forget(self) -> None:
        for line, process in self._busy.values():
            process.terminate()
            line.close()
        self._idle += [self._hire() for _ in self._busy]
        self._busy.clear()

    def close(self) -> None:
        for line, process in (*self._idle, *self._busy.values()):
            process.terminate()
            line.close()
            process.join(PATIENCE)
        self._idle, self._busy = [], {}

    def _hire(self) -> tuple[Connection, BaseProcess]:
        here, there = self._context.Pipe()
        process = self._context.Process(target=work, args=(there, self._attempt), daemon=True)
        process.start()
        there.close()
        return here, process

    def _say(self, key: int, word: Job | bool) -> None:
        try:
            self._busy[key][0].send(word)
        except OSError:
            return  # its line has broken: `events` will say that it is lost

    def _hear(self, key: int) -> Event:
        line, _ = self._busy[key]
        try:
            stage = line.recv()
        except (EOFError, OSError):
            return key, self._bury(key)
        if stage.last:
            self._idle.append(self._busy.pop(key))
        return key, stage

    def _bury(self, key: int) -> Lost:
        """Killed workers are replaced; one that failed by itself would only fail again."""
        line, process = self._busy.pop(key)
        line.close()
        process.join(PATIENCE)
        if (process.exitcode or 0) > 0:
            raise WorkerFailed("a worker failed; what it said stands above")
        self._idle.append(self._hire())
        return Lost()


def farm(attempt: Attempt, jobs: int) -> Farm:
    return Inline(attempt) if jobs == 1 else Workers(attempt, jobs)
