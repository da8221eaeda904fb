"""Binance's fake with a trading floor, in a process of its own, at the prices it is told.

`python -m tests.benchmarks.orders_apart COIN…` says where it listens, then obeys the lines of its
standard input, each answered by a number: `at MS COIN PRICE…` moves the clock there and lets somebody
trade at these prices, and answers how many orders are open; `sent` answers when the first entry since
the last asking came in, by the clock all processes here share, in microseconds.
"""

import asyncio
import json
import sys
import tempfile
from dataclasses import dataclass, field, replace
from time import monotonic

from aiohttp import web

from tests.benchmarks.venue_apart import described
from tests.venues.binance.dialect import BINANCE
from tests.venues.generated import world
from tests.venues.loopback import Venues, venues_on_loopback
from tests.venues.trading.binance.floor import Floor
from tests.venues.trading.binance.opening import open_floor

ENTRY = ("POST", "/fapi/v1/order")
EXITS = "reduceOnly=true"


@dataclass
class Counter:
    """The floor's door, with a watch at it."""

    floor: Floor
    venues: Venues
    came: list[float] = field(default_factory=list)

    def takes(self, path: str) -> bool:
        return self.floor.takes(path)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        at = monotonic()
        if (request.method, request.path) == ENTRY:
            asked = request.rel_url.raw_query_string + await request.text()
            if EXITS not in asked:
                self.came.append(at)
        return await self.floor.serve(request)

    def meet(self, connection: object) -> None:
        self.floor.meet(connection)

    async def turn(self) -> None:
        await self.floor.turn()

    async def obey(self, line: str) -> int:
        word, *told = line.split()
        if word == "sent":
            came, self.came = self.came, []
            return int(came[0] * 1e6) if came else 0
        self.venues.world.clock.now = int(told[0])
        for coin, price in zip(told[1::2], told[2::2], strict=True):
            await self.venues.trade(coin, float(price))
        await self.floor.turn()
        return len(self.floor.ledger.state.positions)


async def main(coins: list[str]) -> None:
    alone = (replace(BINANCE, snapshots=()),)
    async with venues_on_loopback(world(coins, days=1), alone) as venues:
        floor = open_floor(venues["binance"], 100_000)
        door = venues["binance"].floor = Counter(floor, venues)
        with tempfile.TemporaryDirectory() as folder:
            keys = {"key": floor.keys.key, "secret": floor.keys.secret}
            print(json.dumps(json.loads(described(venues, folder)) | keys), flush=True)
            while line := await asyncio.to_thread(sys.stdin.readline):
                print(await door.obey(line), flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
