"""Where the killed process lives: a fake Binance and a fake Telegram of another process, and itself."""

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp

from bot.demo.telegram import BotApiServer, Person
from tests.simulation.orders.kill.child import ACCOUNT, RECONCILED
from tests.venues.binance.dialect import BINANCE
from tests.venues.certificates import authority
from tests.venues.generated import world
from tests.venues.korea.dialects import UPBIT
from tests.venues.loopback import Venues, venues_on_loopback
from tests.venues.trading.binance.opening import open_floor

ROOT = Path(__file__).parents[4]
TOKEN = "100200300:nobody-else-listens"
MINA = Person(7001, "Mina", "en")
CHILD = "tests.simulation.orders.kill.child"


@asynccontextmanager
async def venue(folder: Path) -> AsyncIterator[tuple[Venues, Any, dict[str, Any]]]:
    """In real time; with what a process has to know to reach it."""
    made = world(("BTC", "ETH"), clock=lambda: time.time_ns() // 1_000_000)
    async with venues_on_loopback(made, (BINANCE, UPBIT)) as venues:
        floor = open_floor(venues["binance"])
        file = folder / "authority.pem"
        authority().cert_pem.write_to_path(str(file))
        keys = {"key": floor.keys.key, "secret": floor.keys.secret}
        told = {"tls": venues.port, "authority": str(file), "hosts": sorted(venues.hosts)}
        yield venues, floor, told | {"keys": keys}


@asynccontextmanager
async def telegram() -> AsyncIterator[tuple[str, aiohttp.ClientSession]]:
    server = BotApiServer(TOKEN, MINA, now=lambda: datetime.now(UTC), paced=False)
    async with server.running("127.0.0.1", 0) as url, aiohttp.ClientSession(url) as http:
        yield url, http


class Killed:
    """A process that can be killed, and started again over the same folder."""

    def __init__(self, folder: Path, told: dict[str, Any], url: str) -> None:
        self.folder = folder
        self.told = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "FAKES": json.dumps(told),
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": url,
            "OWNER_ID": str(MINA.id),
            "LANGUAGE": "en",
            "ACCOUNTS": f"{ACCOUNT}=binance:live",
            "LIVE_MONEY": "yes",
            "SECOND_VENUE": "",
            "SYMBOLS": "BTC/USDT:USDT,ETH/USDT:USDT",
            "TIMEFRAME": "5m",
            "USD_KRW": "1400",
            "DATA_DIR": str(folder),
        }

    async def starts(self) -> float:
        """Seconds until its account was found to be as the venue says."""
        began = time.monotonic()
        with (self.folder / "desk.log").open("a") as log:
            self.running = await asyncio.create_subprocess_exec(
                *(sys.executable, "-B", "-m", CHILD, "run"),
                env=self.told,
                cwd=self.folder,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        async with asyncio.timeout(90):
            while (said := await self.running.stdout.readline()).decode().strip() != RECONCILED:
                if not said:
                    raise RuntimeError(f"it has not started: see {log.name}")
        return time.monotonic() - began

    async def is_killed(self) -> None:
        if self.running.returncode is None:
            self.running.kill()
        await self.running.wait()
