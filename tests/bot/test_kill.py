"""A desk that is killed in the middle of it goes on where it was, and buys nothing twice.

The process is the real one; its Telegram runs here, so that the chat outlives the desk.
"""

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.demo.telegram import BotApiServer, Person

TOKEN = "100200300:nobody-else-listens"
MINA = Person(7001, "Mina", "en")
ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
Message = dict[str, Any]


class Chat:
    """The owner's side of the chat."""

    def __init__(self, http: aiohttp.ClientSession) -> None:
        self.http = http
        self.seen: dict[int, Message] = {}
        self.seq = 0

    async def says(self, text: str) -> int:
        async with self.http.post("/person/messages", json={"text": text}) as answer:
            return int((await answer.json())["id"])

    async def taps(self, message: Message, label: str, wait: float = PATIENCE) -> Message:
        press = {"message_id": message["id"], "label": label, "wait": wait}
        async with self.http.post("/person/taps", json=press) as answer:
            told: Message = await answer.json()
            return told

    async def sees(self, label: str, after: int = 0) -> Message:
        """The first message since `after` with a button that says so, as soon as there is one."""
        async with asyncio.timeout(PATIENCE):
            while not (found := [m for m in self._newer(after) if label in str(m["buttons"])]):
                await self._look()
        return found[0]

    def _newer(self, after: int) -> list[Message]:
        return [message for number, message in sorted(self.seen.items()) if number > after]

    async def _look(self) -> None:
        window = {"after": self.seq, "wait": 5}
        async with self.http.get("/person/chat", params=window) as answer:
            for message in await answer.json():
                self.seen[message["id"]] = message
                self.seq = max(self.seq, message["seq"])


class Process:
    """A desk in a process of its own, which can be killed and started again."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.told = {
            "PYTHONPATH": str(ROOT),
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": url,
            "OWNER_ID": str(MINA.id),
            "LANGUAGE": "en",
        }

    async def starts(self) -> None:
        words = [sys.executable, "-m", "bot", "run", "--speed", "0", "--data", str(self.folder)]
        with (self.folder / "desk.log").open("a") as log:
            self.running = await asyncio.create_subprocess_exec(
                *words, env=self.told, cwd=self.folder, stdout=log, stderr=log
            )

    async def is_killed(self) -> None:
        if self.running.returncode is None:
            self.running.kill()
        await self.running.wait()

    async def is_killed_and_starts_again(self) -> None:
        await self.is_killed()
        await self.starts()

    def ledger(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.folder / "desk.sqlite3")) as database:
            return database.execute(question, values).fetchall()


@asynccontextmanager
async def telegram() -> AsyncIterator[tuple[str, Chat]]:
    server = BotApiServer(TOKEN, MINA, now=lambda: datetime.now(UTC), paced=False)
    async with server.running("127.0.0.1", 0) as url, aiohttp.ClientSession(url) as http:
        yield url, Chat(http)


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[tuple[Process, Chat]]:
    """A desk and its owner, who has just said hello."""
    async with telegram() as (url, chat):
        process = Process(tmp_path, url)
        await process.starts()
        await chat.says("/start")
        await chat.says("/analyze BTC")
        yield process, chat
        await process.is_killed()


async def test_a_yes_to_a_card_from_before_the_kill_buys_once(scene):
    process, chat = scene
    card = await chat.sees("Approve")
    await process.is_killed_and_starts_again()
    answers = await asyncio.gather(*(chat.taps(card, "Approve") for _ in range(3)))
    assert [answer["show_alert"] for answer in answers].count(False) == 1
    await bought_once(process, chat, card)


@pytest.mark.nightly
@pytest.mark.parametrize("moment", [0.0, 0.02, 0.05, 0.1])
async def test_a_kill_right_after_the_tap_loses_nothing_and_repeats_nothing(scene, moment):
    process, chat = scene
    card = await chat.sees("Approve")
    await chat.taps(card, "Approve", wait=moment)
    await process.is_killed_and_starts_again()
    await bought_once(process, chat, card)


async def bought_once(process: Process, chat: Chat, card: Message) -> None:
    """One entry, one position, one stop: in the chat and in the ledger."""
    await chat.sees("Close all", after=card["id"])
    shown = await chat.sees("Close all", after=await chat.says("/positions"))
    ((trade, status, amount),) = process.ledger("SELECT id, status, amount FROM trades")
    promised = process.ledger("SELECT amount FROM proposals WHERE id = ?", trade)
    assert (status, [(amount,)]) == ("open", promised)
    assert f"#{trade.upper()}" in card["text"]
    assert f"#{trade.upper()}" in shown["text"]
    entries = "SELECT amount FROM booked WHERE client_order_id LIKE ?"
    assert process.ledger(entries, f"{trade}e%") == [(amount,)]
    assert process.ledger("SELECT abs(amount) FROM paper_books WHERE amount IS NOT NULL") == [
        (float(amount),)
    ]
    assert stops(process) == [(f"{trade}s1",)]


def stops(process: Process) -> list[tuple[Any, ...]]:
    """The stops that wait at the broker."""
    return process.ledger(
        "SELECT json_extract(state.value, '$.order.client_order_id') "
        "FROM paper_books, json_each(paper_books.body, '$.orders') AS state "
        "WHERE json_extract(state.value, '$.order.type') = 'stop_market'"
    )


@pytest.mark.nightly
async def test_an_alert_rings_once_however_often_the_desk_is_killed(scene):
    """Time runs while somebody is there and no card waits; the kills come in the middle of it."""
    process, chat = scene
    card = await chat.sees("Reject")
    await chat.says("/pause")
    await chat.says("/alert BTC rsi cross up 50")
    await chat.sees("Delete")
    await chat.taps(card, "Reject")
    async with asyncio.timeout(PATIENCE):
        while not process.ledger("SELECT 1 FROM alerts WHERE fired_at IS NOT NULL"):
            await asyncio.sleep(0.2)
            await process.is_killed_and_starts_again()
            await chat.sees("Positions", after=await chat.says("/status"))
    await process.is_killed_and_starts_again()
    await chat.sees("Next time again")
    assert process.ledger("SELECT count(*) FROM outbox WHERE kind = 'alert'") == [(1,)]
