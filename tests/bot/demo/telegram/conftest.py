"""A server on a free port, a bot and a person who speak to it over HTTP."""

import struct
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.demo.telegram import BotApiServer, Person

TOKEN = "42:secret"
OWNER = Person(7, "Min", "ko", "min")


@dataclass
class Clock:
    """The desk's clock: it stands still until a test moves it."""

    time: datetime = field(default_factory=lambda: datetime(2026, 12, 10, tzinfo=UTC))

    def __call__(self):
        return self.time

    def advance(self, **passed):
        self.time += timedelta(**passed)


@dataclass
class Desk:
    """A running server, seen from both of its sides."""

    url: str
    http: aiohttp.ClientSession

    async def raw(self, method, **parameters):
        async with self.http.post(f"{self.url}/bot{TOKEN}/{method}", json=parameters) as response:
            body = await response.json()
        assert body["ok"] is (response.status == 200)
        return body

    async def call(self, method, **parameters):
        body = await self.raw(method, **parameters)
        assert body["ok"], body
        return body["result"]

    async def refusal(self, method, **parameters):
        """The sentence with which a request is refused."""
        body = await self.raw(method, **parameters)
        assert not body["ok"], body
        return body["description"]

    async def send(self, text="hello", **parameters):
        return await self.call("sendMessage", chat_id=7, text=text, **parameters)

    async def photo(self, data, **parameters):
        form = aiohttp.FormData(parameters)
        form.add_field("photo", data, filename="chart.png")
        async with self.http.post(f"{self.url}/bot{TOKEN}/sendPhoto", data=form) as response:
            return await response.json()

    async def person(self, path, body=None, status=200, **headers):
        """The person's side: a post where there is a body, else a look."""
        way = self.http.get if body is None else self.http.post
        extra = {} if body is None else {"json": body}
        async with way(f"{self.url}/person/{path}", headers=headers, **extra) as response:
            assert response.status == status, await response.text()
            return await response.json()

    async def says(self, text="/start", **fields):
        return await self.person("messages", {"text": text, **fields})

    async def taps(self, message, status=200, **fields):
        return await self.person("taps", {"message_id": message["message_id"], **fields}, status)

    async def updates(self, **parameters):
        return await self.call("getUpdates", **parameters)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def opened(clock):
    """Opens a desk with other rules than the usual ones."""

    @asynccontextmanager
    async def open_desk(**rules):
        server = BotApiServer(TOKEN, OWNER, now=clock, **{"paced": False, **rules})
        async with server.running("127.0.0.1", 0) as url, aiohttp.ClientSession() as http:
            yield Desk(url, http)

    return open_desk


@pytest.fixture
async def desk(opened):
    """A desk to which the owner has said hello, with nothing left to read."""
    async with opened() as desk:
        await desk.says("/start")
        await desk.updates(offset=-1)
        await desk.updates(offset=2)
        yield desk


@pytest.fixture
async def bot(desk):
    """A real aiogram bot."""
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(desk.url)))
    yield bot
    await (await bot.session.create_session()).close()


@pytest.fixture
def png():
    def image(width=800, height=400):
        head = struct.pack(">II", width, height)
        return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + head + b"\x08\x02\0\0\0" + bytes(20)

    return image


@pytest.fixture
def buttons():
    def keyboard(*rows):
        return {
            "inline_keyboard": [
                [{"text": text, "callback_data": data} for text, data in row] for row in rows
            ]
        }

    return keyboard
