"""A Telegram on loopback with weather: what goes wrong between it and the bot."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aiohttp import web

from bot.demo.telegram import BotApiServer, Person
from core.domain.people import Language

TOKEN = "100200300:in-a-test"
OWNER = 7001


@dataclass
class Weather:
    """What goes wrong between the bot and Telegram: answers that are given instead."""

    storms: dict[str, list[tuple[int, str, int | None]]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)

    def brews(self, method: str, code: int, says: str, retry_after: int | None = None) -> None:
        """The next call of this method is answered like this."""
        self.storms.setdefault(method.lower(), []).append((code, says, retry_after))

    @web.middleware
    async def middleware(self, request: web.Request, handler):
        method = request.path.rpartition("/")[2].lower()
        if not request.path.startswith("/bot"):
            return await handler(request)
        self.calls.append(method)
        if not self.storms.get(method):
            return await handler(request)
        code, says, wait = self.storms[method].pop(0)
        body = {"ok": False, "error_code": code, "description": says}
        body |= {"parameters": {"retry_after": wait}} if wait is not None else {}
        return web.json_response(body, status=code, dumps=json.dumps)


@asynccontextmanager
async def telegram(weather: Weather, language: Language = Language.EN) -> AsyncIterator[str]:
    """A Telegram with weather, on a free port."""
    person = Person(OWNER, "Mina", language.value)
    server = BotApiServer(TOKEN, person, now=lambda: datetime.now(UTC), paced=False)
    application = server.application()
    application.middlewares.insert(0, weather.middleware)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
