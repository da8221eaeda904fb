"""The demo's Telegram, put together: the bot's door, the person's door and the page."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from aiohttp import web

from bot.demo.telegram.endpoint import Endpoint
from bot.demo.telegram.guard import guard
from bot.demo.telegram.people import BotAccount, Person
from bot.demo.telegram.person import PersonSide
from bot.demo.telegram.request import LARGEST_REQUEST
from bot.demo.telegram.service import Rules, Service, open_service

PAGE = Path(__file__).parent / "page"
LOOPBACK = "127.0.0.1"


class BotApiServer:
    """A Bot API server for one bot and the people who talk to it."""

    def __init__(
        self,
        token: str,
        person: Person,
        *,
        now: Callable[[], datetime],
        paced: bool = True,
        query_lifetime: float = 15.0,
        title: str = "Nightdesk",
        bot_username: str = "nightdesk_demo_bot",
        first_update: int = 1,
    ) -> None:
        account = BotAccount(_bot_id(token), title, bot_username)
        self._token = token
        self._service = open_service(
            account, person, now, Rules(paced, query_lifetime, first_update=first_update)
        )

    def application(self) -> web.Application:
        return _application(self._service, self._token, LOOPBACK)

    @asynccontextmanager
    async def running(self, host: str, port: int) -> AsyncIterator[str]:
        """Listen until the block ends; a port that is taken raises OSError."""
        application = _application(self._service, self._token, host)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=2.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
            yield _base_url(host, runner.addresses[0][1])
        finally:
            await runner.cleanup()


def _application(service: Service, token: str, listening: str) -> web.Application:
    async def hang_up(_: web.Application) -> None:
        service.close()

    application = web.Application(
        middlewares=[guard(listening)],
        client_max_size=LARGEST_REQUEST,
    )
    application.on_shutdown.append(hang_up)
    application.add_routes(Endpoint(service, token).routes())
    application.add_routes(PersonSide(service).routes())
    application.add_routes([web.get("/", _index), web.static("/page", PAGE)])
    return application


async def _index(_: web.Request) -> web.FileResponse:
    return web.FileResponse(PAGE / "index.html")


def _bot_id(token: str) -> int:
    """A token begins with the id of its bot."""
    number = token.partition(":")[0]
    return int(number) if number.isdecimal() else 1


def _base_url(host: str, port: int) -> str:
    shown = LOOPBACK if host in ("", "0.0.0.0", "::") else host  # noqa: S104
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
