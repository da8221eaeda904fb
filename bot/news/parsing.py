"""Has a feed read by a servant process, which is ended when it takes too long."""

import asyncio
import json
import re
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot.news.errors import Failed, Refused
from core.domain.news import Item

HERE = Path(__file__).parents[2]
SERVANT = ("-X", "utf8", "-m", "bot.news.servant")
PATIENCE = timedelta(seconds=15)
ENTITY = re.compile(rb"<!entity", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parse:
    """One feed at a time, so that many of them cost no more than one. Raises Unheard."""

    patience: timedelta = PATIENCE
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def __call__(self, body: bytes) -> tuple[Item, ...]:
        if ENTITY.search(body.replace(b"\0", b"")):
            raise Refused("a feed that declares entities of its own")
        async with self.turn:
            answer = await self._served(body)
        if answer is None:
            raise Failed("not a feed")
        return tuple(_item(said) for said in answer)

    async def _served(self, body: bytes) -> list[dict[str, str | None]] | None:
        """The servant gets nothing of the environment: there are keys in it."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, *SERVANT, cwd=HERE, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={}
        )
        try:
            async with asyncio.timeout(self.patience.total_seconds()):
                said, _ = await process.communicate(body)
        except TimeoutError:
            raise Refused("a feed that takes too long to read") from None
        finally:
            await _end(process)
        if process.returncode != 0:
            raise Refused("a feed that cannot be read")
        answer: list[dict[str, str | None]] | None = await asyncio.to_thread(json.loads, said)
        return answer


async def _end(process: Process) -> None:
    if process.returncode is None:
        process.kill()
        await process.wait()


def _item(said: dict[str, str | None]) -> Item:
    published = said["published"]
    time = datetime.fromisoformat(published) if published else None
    return Item(said["title"] or "", said["url"] or "", time)
