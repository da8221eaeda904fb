"""Serve the fake venues for somebody else's client, or let independent clients read them.

uv run -m tests.venues serve          prints the ports and the authority's file, then serves
uv run -m tests.venues check          lets independent clients read them and trade on Binance
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
from collections.abc import Mapping
from pathlib import Path

from tests.venues.certificates import authority
from tests.venues.generated import world
from tests.venues.loopback import Venues, venues_on_loopback
from tests.venues.trading.binance.opening import open_floor
from tests.venues.trading.binance.signing import Keys

CLIENTS = ("binance-sdk-derivatives-trading-usds-futures", "pybit", "python-okx")


def now() -> int:
    return time.time_ns() // 1_000_000


def described(venues: Venues, keys: Keys, folder: str) -> str:
    file = Path(folder) / "authority.pem"
    authority().cert_pem.write_to_path(str(file))
    told = {"tls": venues.port, "plain": venues.plain_ports, "authority": str(file)}
    told |= {"keys": {"binance": {"key": keys.key, "secret": keys.secret}}}
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
        floor = open_floor(venues["binance"])
        with tempfile.TemporaryDirectory() as folder:
            print(described(venues, floor.keys, folder), flush=True)
            tasks = [group.create_task(trade(venues, arguments.every, arguments.seed))]
            tasks.append(group.create_task(venues.play()))
            if arguments.command == "serve":
                await asyncio.Event().wait()
            code = await check(venues, floor.keys)
            for task in tasks:
                task.cancel()
            return code


async def check(venues: Venues, keys: Keys) -> int:
    """Let the independent clients read every venue, then trade on one."""
    told = {"port": venues.plain_ports["binance"], "key": keys.key, "secret": keys.secret}
    reading = await alone("independent.py", venues.plain_ports)
    trading = await alone("trading/independent.py", told)
    return reading or trading


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
