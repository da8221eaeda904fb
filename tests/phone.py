"""A person at a phone: types, taps, and sees what Telegram would show."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.demo.telegram.person.writing import pieces

PATIENCE = 5.0
AFTERTHOUGHT = 0.05
LABELS = ("PAPER · ", "모의 · ")


class Traffic:
    """How many updates were sent to the bot, and how many it has dealt with."""

    def __init__(self) -> None:
        self.sent = 0
        self.done = 0
        self._changed = asyncio.Event()

    def handled(self) -> None:
        self.done += 1
        self._changed.set()

    async def settled(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while self.done < self.sent:
                self._changed.clear()
                await self._changed.wait()


@dataclass
class Phone:
    """One person's telephone."""

    http: aiohttp.ClientSession
    url: str
    traffic: Traffic
    person: int
    chat: int = 0
    answer: dict[str, Any] = field(default_factory=dict)
    messages: list[dict[str, Any]] = field(default_factory=list)
    before: int = 0

    async def says(self, text: str, *, waits: bool = True, **fields: object) -> dict[str, Any]:
        """Types a message and waits until the bot has dealt with it."""
        return await self._act(
            "messages", {"text": text, **fields}, len(list(pieces(text))), waits
        )

    async def edits(self, message: dict[str, Any], text: str) -> None:
        await self._act("messages", {"text": text, "edit": message["id"]}, 1, waits=True)

    async def forwards(self, text: str) -> None:
        await self.says(text, forwarded=True)

    async def draft(self) -> dict[str, Any] | None:
        """What the bot is still writing."""
        address = f"{self.url}/person/draft"
        async with self.http.get(address, params={"chat": self.chat or self.person}) as response:
            shown: dict[str, Any] | None = await response.json()
            return shown

    async def stops(self) -> None:
        """Telegram's own Stop under a draft."""
        await self._act("stop", {}, 1, waits=True)

    async def blocks(self, *, blocked: bool = True) -> None:
        await self._post("block", {"blocked": blocked, "from": self.person})

    async def taps(self, label: str, *, on: dict[str, Any] | None = None) -> str:
        """Taps the newest button that says so; what pops up is the answer."""
        message = on or self.with_button(label)
        return await self._press({"message_id": message["id"], "label": label})

    async def forges(self, data: str, on: dict[str, Any]) -> str:
        """What a client without scruples can send: any data under any message."""
        return await self._press({"message_id": on["id"], "callback_data": data, "forge": True})

    async def _press(self, fields: dict[str, Any]) -> str:
        """A press that nobody answers leaves the button spinning: {}."""
        self.answer = {}
        async with asyncio.TaskGroup() as tasks:
            press = self._act("taps", {**fields, "wait": PATIENCE}, 1, waits=False)
            pressing = tasks.create_task(press)
            await asyncio.sleep(0)
            await self.traffic.settled()
            await asyncio.wait([pressing], timeout=AFTERTHOUGHT)
            self.answer = pressing.result() if pressing.done() else {}
            pressing.cancel()
        await self.look()
        return self.popup

    @property
    def popup(self) -> str:
        return self.answer.get("text") or ""

    @property
    def alerted(self) -> bool:
        return bool(self.answer.get("show_alert"))

    async def look(self) -> list[dict[str, Any]]:
        """What the bot has written, newest last, as it stands now."""
        address = f"{self.url}/person/chat"
        async with self.http.get(address, params={"chat": self.chat or self.person}) as response:
            shown = [m for m in await response.json() if not m["deleted"]]
        self.messages = sorted((m for m in shown if m["from"] == "bot"), key=lambda m: m["id"])
        return self.messages

    @property
    def new(self) -> list[dict[str, Any]]:
        """What came after the person's last message or tap."""
        return [message for message in self.messages if message["id"] > self.before]

    @property
    def text(self) -> str:
        """What the newest message says under its label (PAPER · synthetic data)."""
        label, _, said = (self.messages[-1]["text"] if self.messages else "").partition("\n")
        return said if label.startswith(LABELS) else label + said

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    def sees(self, words: str) -> bool:
        """Do these words stand anywhere on the screen?"""
        return any(words in message["text"] for message in self.messages)

    def hears(self, words: str) -> bool:
        """Do these words stand in what came since the person last did something?"""
        return any(words in message["text"] for message in self.new)

    def with_button(self, label: str) -> dict[str, Any]:
        """The newest message that has this button."""
        for message in reversed(self.messages):
            if any(label in shown for shown in labels(message)):
                return message
        raise AssertionError(f"no button says {label!r}; the last message is\n{self.text}")

    def message(self, words: str) -> dict[str, Any]:
        """The newest message with these words."""
        for message in reversed(self.messages):
            if words in message["text"]:
                return message
        raise AssertionError(f"nothing says {words!r}; the last message is\n{self.text}")

    async def _act(
        self, path: str, fields: dict[str, Any], updates: int, waits: bool
    ) -> dict[str, Any]:
        self.before = max((message["id"] for message in self.messages), default=0)
        self.traffic.sent += updates
        where = {"from": self.person, "chat": self.chat or self.person}
        done = await self._post(path, {**where, **fields})
        if waits:
            await self.traffic.settled()
            await self.look()
        return done

    async def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        async with self.http.post(f"{self.url}/person/{path}", json=body) as response:
            assert response.status == 200, await response.text()
            done: dict[str, Any] = await response.json()
            return done


def labels(message: dict[str, Any]) -> list[str]:
    return [button["label"] for row in message["buttons"] for button in row]


def rows(message: dict[str, Any]) -> list[list[str]]:
    return [[button["label"] for button in row] for row in message["buttons"]]
