"""Bots in processes of their own, the servers they speak to, and the person who waits for them."""

import asyncio
import os
import resource
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from bot.demo.telegram.people import Person
from bot.demo.telegram.server import BotApiServer

ROOT = Path(__file__).parents[2]
TOKEN = "42:benchmark"
OWNER = Person(7, "Ada", "en")


@dataclass(slots=True)
class Phone:
    """The person: writes to the bot, and looks until it has answered."""

    http: ClientSession
    url: str
    seen: int = 0

    async def ask(self, text: str) -> dict[str, Any]:
        """Send a message, and return the bot's next one; its edits and stragglers do not count."""
        async with self.http.post(f"{self.url}/person/messages", json={"text": text}) as sent:
            sent.raise_for_status()
            written = (await sent.json())["id"]
        while True:
            for message in await self._news():
                if message.get("from") == "bot" and message["id"] > written:
                    return message

    async def _news(self) -> list[dict[str, Any]]:
        asked = {"after": self.seen, "wait": 5}
        async with self.http.get(f"{self.url}/person/chat", params=asked) as answer:
            answer.raise_for_status()
            news: list[dict[str, Any]] = await answer.json()
        self.seen = max([self.seen, *(message["seq"] for message in news)])
        return news


@asynccontextmanager
async def process(arguments: list[str], environment: Mapping[str, str]) -> AsyncIterator[Process]:
    """A Python of its own, stopped at the end."""
    started = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=ROOT, env=environment, stdout=PIPE
    )
    try:
        yield started
    finally:
        if started.returncode is None:
            started.kill()
        await started.communicate()


@asynccontextmanager
async def server() -> AsyncIterator[str]:
    api = BotApiServer(TOKEN, OWNER, now=lambda: datetime.now(UTC), paced=False)
    async with api.running("127.0.0.1", 0) as url:
        yield url


@asynccontextmanager
async def echo_bot() -> AsyncIterator[str]:
    """A bare aiogram bot on a server of its own; yields the person's address."""
    async with server() as url, process(echo_arguments(url), os.environ):
        yield url


def echo_arguments(url: str) -> list[str]:
    return ["-m", "tests.benchmarks.echo_bot", url, TOKEN]


def as_installed(compiled: str) -> dict[str, str]:
    """The environment of an installation whose modules were compiled once, which ours may forbid."""
    ours = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return ours | {"PYTHONPYCACHEPREFIX": compiled}


def peak_megabytes(process_id: int) -> float:
    """The most memory that a running process has held; without /proc, that any ended child held."""
    status = Path(f"/proc/{process_id}/status")
    if not status.exists():
        unit = 2**20 if sys.platform == "darwin" else 2**10
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return int(lines["VmHWM"].split()[0]) / 1024
