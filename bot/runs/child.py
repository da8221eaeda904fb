"""One tool at work in a process of its own: what it says is heard, and it can be stopped."""

import asyncio
import json
import logging
import os
import signal
import sys
from asyncio import StreamReader
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from bot.storage.codec import decode
from bot.storage.errors import DeskStorageError
from core.backtest.filed import Failed, Finished, Outcome, Progress, Stopped
from core.backtest.record import Record

logger = logging.getLogger(__name__)

HERE = Path(__file__).parents[2]
SERVANT = ("-m", "bot.runs.servant")
LONGEST_LINE = 1 << 25
LAST_WORDS = 4_000
GRACE = 15.0  # seconds to say what it has found by then
WRONG, INTERRUPTED = 2, 130
STAGE = b'{"stage"'
TRACEBACK = "Traceback (most recent call last)"


class Child:
    """Runs once. `heard` is told how far it has come."""

    def __init__(self, words: Sequence[str], heard: Callable[[Progress], None]) -> None:
        self._words, self._heard = words, heard
        self._process: Process | None = None
        self._stopped = False

    async def run(self) -> Outcome:
        """To its end, however it ends; whoever cancels this kills it."""
        try:
            process = await self._start()
        except OSError as error:
            return Failed(f"no process for it: {error.strerror}")
        self._process = process
        if self._stopped:
            self._interrupt(process)
        try:
            async with asyncio.TaskGroup() as tasks:
                answer = tasks.create_task(self._listen(_open(process.stdout)))
                said = tasks.create_task(_last_words(_open(process.stderr)))
            code = await process.wait()
        finally:
            await _end(process)
        return await self._outcome(code, answer.result(), said.result())

    def stop(self) -> None:
        """Asks it to come to an end, and insists some seconds later."""
        self._stopped = True
        if self._process is not None:
            self._interrupt(self._process)

    async def _start(self) -> Process:
        command = (sys.executable, *SERVANT, *self._words)
        return await asyncio.create_subprocess_exec(
            *command,
            cwd=HERE,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            limit=LONGEST_LINE,
            start_new_session=True,
        )

    def _interrupt(self, process: Process) -> None:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
            asyncio.get_running_loop().call_later(GRACE, kill, process)

    async def _listen(self, out: StreamReader) -> bytes:
        """The last line that is no progress. The best so far stays it in later stages."""
        answer, best = b"", None
        async for line in out:
            if not line.startswith(STAGE):
                answer = line
            elif (progress := progress_of(line)) is not None:
                best = best if progress.best is None else progress.best
                self._heard(replace(progress, best=best))
        return answer

    async def _outcome(self, code: int, answer: bytes, said: str) -> Outcome:
        record = await asyncio.to_thread(_record, answer)
        if self._stopped or code == INTERRUPTED:
            return Stopped(record)
        if code == 0 and record is not None:
            return Finished(record)
        if code == WRONG and said and TRACEBACK not in said:
            return Failed(said.splitlines()[-1])
        logger.error("%s ended with %s: %s", self._words[0], code, said)
        return Failed("")


def progress_of(line: bytes) -> Progress | None:
    """None for what is none."""
    try:
        said = json.loads(line)
        best = said.get("best")
        return Progress(
            stage=str(said["stage"]),
            done=int(said["done"]),
            total=int(said["total"]),
            best=None if best is None else float(best),
        )
    except (ValueError, KeyError, TypeError):
        return None


def kill(process: Process) -> None:
    """The process and all that it has hired."""
    if process.returncode is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def _open(pipe: StreamReader | None) -> StreamReader:
    if pipe is None:
        raise RuntimeError("a process was started without a pipe")
    return pipe


async def _last_words(err: StreamReader) -> str:
    """The end of what it complains of; all of it is read, or it would stand still."""
    said = b""
    while more := await err.read(LAST_WORDS):
        said = (said + more)[-LAST_WORDS:]
    return said.decode(errors="replace").strip()


async def _end(process: Process) -> None:
    """Nothing of it is left, also when somebody has cancelled the wait for it."""
    kill(process)
    if process.stdin is not None:
        process.stdin.close()
    await process.wait()


def _record(answer: bytes) -> Record | None:
    """None for what is none: it was interrupted before it could answer."""
    try:
        return decode(Record, answer.decode())
    except (DeskStorageError, UnicodeDecodeError):
        return None
