"""What a town in a test does not wait for: charts, disks, and what is the same in all of them."""

import inspect
import ssl
from datetime import timedelta
from functools import cache

import pytest

from bot.words import load_words

WORDS = load_words()
HASTY = ("journal_mode=WAL", "synchronous=OFF")
trusted = cache(ssl.create_default_context)

# A head that says 800 x 400 is all that a Telegram looks at.
DOT = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\3 \0\0\1\x90\x08\x02\0\0\0" + bytes(20)


class QuickPainter:
    """Paints nothing, so that a chat costs no matplotlib; remembers what it was asked for."""

    def __init__(self) -> None:
        self.painted: list[object] = []

    async def candles(self, picture: object) -> bytes:
        self.painted.append(picture)
        return DOT

    async def equity(self, picture: object) -> bytes:
        self.painted.append(picture)
        return DOT

    async def reliability(self, picture: object) -> bytes:
        self.painted.append(picture)
        return DOT


class Inspect:
    """`inspect` for aiogram, which asks for some thousand signatures whenever routers are built:
    the same code has the same one.
    """

    def __init__(self) -> None:
        self.known: dict[object, inspect.Signature] = {}

    def __getattr__(self, name: str) -> object:
        return getattr(inspect, name)

    def signature(self, called: object, **more: object) -> inspect.Signature:
        code = getattr(called, "__code__", called)
        if code not in self.known:
            self.known[code] = inspect.signature(called, **more)
        return self.known[code]


INSPECT = Inspect()


def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """No charts, no waiting for a disk, and what is the same in every town is made once."""
    monkeypatch.setattr("aiogram.dispatcher.event.handler.inspect", INSPECT)
    monkeypatch.setattr("bot.app.Painter", QuickPainter)
    monkeypatch.setattr("bot.app.load_words", lambda: WORDS)
    monkeypatch.setattr("bot.storage.engines.PRAGMAS", HASTY)
    monkeypatch.setattr("handlers.following.EVERY", timedelta(milliseconds=20))
    monkeypatch.setattr("handlers.patience.SOON", 30.0)  # a busy machine announces nothing
    monkeypatch.setattr(ssl, "create_default_context", trusted)
