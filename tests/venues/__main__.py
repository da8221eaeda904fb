"""Serve the fake venues for somebody else's client, or let independent clients read them.

uv run -m tests.venues serve          prints the ports and the authority's file, then serves
uv run -m tests.venues check          lets independent clients read them and trade on some
                                      (needs a package index)
"""

import argparse
import asyncio
import json
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

from tests.venues.certificates import authority
from tests.venues.generated import world
from tests.venues.loopback import Venues, venues_on_loopback
from tests.venues.trading.binance import opening as binance
from tests.venues.trading.bybit import opening as bybit
from tests.venues.trading.floor import Floor
from tests.venues.trading.okx import opening as okx
from tests.venues.venue import Venue

CLIENTS = ("binance-sdk-derivatives-trading-usds-futures", "pybit", "python-okx")
FLOORS: Mapping[str, Callable[[Venue], Floor]] = {
    "binance": binance.open_floor,
    "bybit": bybit.open_floor,
    "okx": okx.open_floor,
}
TRADERS = {
    "binance": "trading/independent.py",
    "bybit": "trading/bybit/independent.py",
    "okx": "trading/okx/independent.py",
}
SECRETS = ("key", "secret", "passphrase")


def now() -> int:
    return time.time_ns() // 1_000_000


def secrets(floor: Floor) -> dict[str, str]:
    """What opens a floor."""
    return {name: told for name, told in asdict(floor.keys).items() if name in SECRETS}


def described(venues: Venues, floors: Mapping[str, Floor], folder: str) -> str:
    file = Path(folder) / "authority.pem"
    authority().cert_pem.write_to_path(str(file))
    told = {"tls": venues.port, "plain": venues.plain_ports, "authority": str(file)}
    told |= {"keys": {name: secrets(floor) for name, floor in floors.items()}}
    return json.dumps(told | {"hosts": sorted(venues.hosts)})


async def trade(venues: Venues, every: float, seed: int) -> None:
    """Somebody trades every coin now and then, at a price that wanders."""
    dice = random.Random(seed)
    while True:
        await asyncio.sleep(every)
        for base, market in venues.world.markets.items():
            price = market.price(venues.world.now) * (1 + dice.gauss(0, 0.0003))
            await venues.trade(base, round(price, -market.tick.adjusted()), dice.random())


async def serve(arguments: argparse.Namespace) -> int:
    made = world(tuple(arguments.coins.split(",")), clock=now)
    async with venues_on_loopback(made, plain=True) as venues, asyncio.TaskGroup() as group:
        floors = {name: open_floor(venues[name]) for name, open_floor in FLOORS.items()}
        with tempfile.TemporaryDirectory() as folder:
            print(described(venues, floors, folder), flush=True)
            tasks = [group.create_task(trade(venues, arguments.every, arguments.seed))]
            tasks.append(group.create_task(venues.play()))
            if arguments.command == "serve":
                await asyncio.Event().wait()
            code = await check(venues, floors)
            for task in tasks:
                task.cancel()
            return code


async def check(venues: Venues, floors: Mapping[str, Floor]) -> int:
    """Let the independent clients read the venues, then trade on those that take orders."""
    bad = await alone("independent.py", venues.plain_ports)
    for name, script in TRADERS.items():
        told = {"port": venues.plain_ports[name], **secrets(floors[name])}
        bad = await alone(script, told) or bad
    return bad


async def alone(name: str, told: Mapping[str, object]) -> int:
    """Run a script in an environment of its own."""
    uv = shutil.which("uv")
    if uv is None:
        sys.exit("uv is not on the path")
    wanted = [part for client in CLIENTS for part in ("--with", client)]
    run = (uv, "run", "--isolated", "--no-project", *wanted, "python")
    script = str(Path(__file__).parent / name)
    process = await asyncio.create_subprocess_exec(*run, script, json.dumps(told))
    return await process.wait()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.venues", description=__doc__)
    parser.add_argument("command", choices=("serve", "check"))
    parser.add_argument("--coins", default="BTC,ETH,SOL,XRP,DOGE")
    parser.add_argument("--every", type=float, default=0.25, help="seconds between two trades")
    parser.add_argument("--seed", type=int, default=1)
    return asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    sys.exit(main())
