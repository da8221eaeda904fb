"""A person who trades all the time: a card, a yes, a stop that is moved, a close; and again."""

import asyncio
from contextlib import suppress
from random import Random
from typing import Any

import aiohttp

WORDS = ("/long BTC", "/long BTC", "/short BTC", "/close BTC", "/close BTC half", "/sl BTC 0.3%")
YES = "Approve"
Message = dict[str, Any]


class Trader:
    """Types, taps every card that comes, and minds nobody who does not answer."""

    def __init__(self, http: aiohttp.ClientSession, seed: int) -> None:
        self.http, self.dice = http, Random(f"{seed}|trader")
        self.seq = self.typed = self.tapped = 0
        self.said_yes = asyncio.Event()
        self.up = asyncio.Event()  # nobody types for long to somebody who is away

    async def lives(self) -> None:
        await self._says("/start")
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._types())
            tasks.create_task(self._answers())

    async def _types(self) -> None:
        while True:
            await self.up.wait()
            await self._says(self.dice.choice(WORDS))
            self.typed += 1
            await asyncio.sleep(self.dice.uniform(0.2, 1.5))

    async def _answers(self) -> None:
        while True:
            window = {"after": self.seq, "wait": 5}
            async with self.http.get("/person/chat", params=window) as answer:
                for message in await answer.json():
                    self.seq = max(self.seq, message["seq"])
                    if YES in str(message["buttons"]):
                        await self._taps(message)

    async def _taps(self, message: Message) -> None:
        press = {"message_id": message["id"], "label": YES, "wait": 0}
        for _ in range(self.dice.choice((1, 1, 2))):
            with suppress(aiohttp.ClientError):
                async with self.http.post("/person/taps", json=press):
                    self.tapped += 1
                    self.said_yes.set()

    async def _says(self, text: str) -> None:
        async with self.http.post("/person/messages", json={"text": text}):
            return
