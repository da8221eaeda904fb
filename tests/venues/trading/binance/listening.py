"""Binance's listen keys: who hears of the account, and for how long."""

from dataclasses import dataclass, field
from itertools import count

from tests.venues.hub import Connection, Feed
from tests.venues.trading.orders import Refusal
from tests.venues.venue import Venue
from tests.venues.world import HOUR

NUMBERS = count(1)


@dataclass
class ListenKeys:
    """One key at a time; it dies an hour after it was last asked for, and says so."""

    key: str = ""
    until: int = 0
    connections: dict[Connection, str] = field(default_factory=dict)

    def answer(self, method: str, now: int) -> dict[str, str]:
        if method == "POST":
            if not self.alive(now):
                self.key = f"{next(NUMBERS):08d}" + "pqia91ma19a5s61cv6a81va65sdf19v8a65a1a5s"
            self.until = now + HOUR
            return {"listenKey": self.key}
        if not self.alive(now):
            raise Refusal(-1125, "This listenKey does not exist.")
        self.until = now + HOUR if method == "PUT" else 0
        return {"listenKey": self.key} if method == "PUT" else {}

    def alive(self, now: int) -> bool:
        return bool(self.key) and now < self.until

    def meet(self, venue: Venue, connection: Connection) -> None:
        """A socket with a dead key opens too, and stays silent."""
        key = connection.path.partition("listenKey=")[2].partition("&")[0]
        if key == self.key and self.alive(venue.now):
            self.connections[connection] = key
            venue.hub.subscribe(connection, "user", Feed("user", "*"))
            venue.journal.write(venue.now, "WS", "user", {})

    async def push(self, venue: Venue, kind: str, text: str) -> None:
        """Every kind of news is a channel, so that a fault can strike one of them."""
        for connection, key in tuple(self.connections.items()):
            if connection not in venue.hub.connections:
                del self.connections[connection]
            elif key == self.key and self.alive(venue.now):
                await connection.send(text, f"user@{kind}")

    async def expire(self, venue: Venue) -> None:
        if not self.key or self.alive(venue.now):
            return
        dead, self.key = self.key, ""
        told = f'{{"e":"listenKeyExpired","E":{venue.told},"listenKey":"{dead}"}}'
        for connection in tuple(self.connections):
            if connection in venue.hub.connections:
                await connection.send(told, "user@listenKeyExpired")
        self.connections.clear()
