"""The demo desk: a market that runs fast, a Telegram on loopback, and a page to talk to it."""

import asyncio
import tempfile
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from pathlib import Path

from bot.command_line import Asked
from bot.demo.telegram import BotApiServer, Person
from bot.errors import Stop
from bot.market.clock import SystemClock
from bot.process import sit
from bot.settings import Settings
from bot.stages.stage import Seat
from core.owner import newcomer

TOKEN = "100200300:demo-on-this-machine-only"  # noqa: S105 - opens nothing but our own server
PERSON = 7001
SPEED = 360.0
KRW = Decimal(1440)
NAMES = {"ko": "나", "en": "You"}


def demo(asked: Asked, settings: Settings) -> None:
    """Without a key, a token or a network. Raises Stop, also for a port that is taken."""
    try:
        with _folder(asked.data) as folder:
            asyncio.run(_demo(asked, settings, folder))
    except OSError as error:
        raise Stop(f"cannot listen on {asked.host}:{asked.port}: {error.strerror}") from None


async def _demo(asked: Asked, settings: Settings, folder: Path) -> None:
    language = asked.language or settings.language
    speed = SPEED if asked.speed is None else asked.speed
    owner = newcomer(PERSON, PERSON, NAMES[language], language)
    person = Person(PERSON, owner.name, language.value)
    now = SystemClock().now
    server = BotApiServer(
        TOKEN, person, now=now, paced=speed > 0, first_update=int(now().timestamp())
    )
    async with server.running(asked.host, asked.port) as url:
        seat = Seat(
            token=TOKEN,
            api_url=url,
            owner=owner,
            speed=speed,
            language=language,
            folder=folder,
            url="",
            krw=settings.usdt_krw or KRW,
            paced=speed > 0,
            ready=partial(_say, url, opens=asked.opens),
        )
        await sit(seat, asked, settings)


@contextmanager
def _folder(chosen: Path | None) -> Iterator[Path]:
    """A demo forgets everything unless it was told where to keep it."""
    if chosen is not None:
        yield chosen
        return
    with tempfile.TemporaryDirectory(prefix="nightdesk-") as folder:
        yield Path(folder)


def _say(url: str, *, opens: bool) -> None:
    print(f"Nightdesk demo: {url}", flush=True)  # noqa: T201
    if opens:
        webbrowser.open(url)
