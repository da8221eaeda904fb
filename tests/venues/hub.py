"""Who listens to what on one venue, and how a message reaches them."""

import asyncio
from collections.abc import Callable, Iterable
from typing import NamedTuple

from aiohttp import WSMsgType, web

from tests.venues.faults import Faults, Stream


class Feed(NamedTuple):
    """A kind of news about a coin; `detail` is a timeframe in ms, a depth, or nothing."""

    kind: str  # kline ticker mini mark book depth trade liquidation
    base: str  # a coin, or * for all of them
    detail: int = 0


class Connection:
    """One open socket and the channels that it listens to."""

    def __init__(self, socket: web.WebSocketResponse, path: str, faults: Faults) -> None:
        self.socket = socket
        self.path = path
        self.channels: dict[str, Feed] = {}
        self.kind = WSMsgType.TEXT
        self.combined = False  # Binance's /stream says which stream a message came from
        self._faults = faults
        self._held: dict[str, bytes] = {}

    async def send(self, text: str, channel: str = "") -> None:
        await self.deliver(text.encode(), channel)

    async def deliver(self, message: bytes, channel: str) -> None:
        if self.combined and channel:
            message = b'{"stream":"%b","data":%b}' % (channel.encode(), message)
        fault = self._faults.stream(channel) if self._faults.running else None
        if fault is None:
            await self._release(channel)
            await self._write(message)
        elif fault.kind is Stream.TWICE:
            await self._write(message)
            await self._write(message)
        elif fault.kind is Stream.SWAPPED:
            await self._swap(message, channel)

    async def _swap(self, message: bytes, channel: str) -> None:
        if channel in self._held:
            await self._write(message)
            await self._release(channel)
        else:
            self._held[channel] = message

    async def _release(self, channel: str) -> None:
        if channel in self._held:
            await self._write(self._held.pop(channel))

    async def _write(self, message: bytes) -> None:
        if not self.socket.closed:
            try:
                await self.socket.send_frame(message, self.kind)
            except ConnectionError:  # the other side is gone; its reader will notice
                return

    def abort(self) -> None:
        """Break the line without a word."""
        request = self.socket._req
        if request is not None and request.transport is not None:
            request.transport.abort()


class Hub:
    """Feeds, the channels that carry them, and the connections that want those."""

    def __init__(self) -> None:
        self.connections: set[Connection] = set()
        self.feeds: dict[Feed, dict[str, set[Connection]]] = {}

    def subscribe(self, connection: Connection, channel: str, feed: Feed) -> None:
        connection.channels[channel] = feed
        self.feeds.setdefault(feed, {}).setdefault(channel, set()).add(connection)

    def unsubscribe(self, connection: Connection, channel: str) -> None:
        feed = connection.channels.pop(channel, None)
        if feed is None:
            return
        channels = self.feeds[feed]
        channels[channel].discard(connection)
        if not channels[channel]:
            del channels[channel]
        if not channels:
            del self.feeds[feed]

    def leave(self, connection: Connection) -> None:
        for channel in tuple(connection.channels):
            self.unsubscribe(connection, channel)
        self.connections.discard(connection)

    def wanted(self, kinds: Iterable[str], base: str | None = None) -> list[Feed]:
        """The feeds of these kinds (about this coin) that somebody listens to."""
        return [f for f in self.feeds if f.kind in kinds and base in {None, f.base}]

    async def push(self, feed: Feed, render: Callable[[str], str | None]) -> None:
        """Send one message a channel; `render` makes it from the channel's name."""
        for channel, listeners in tuple(self.feeds.get(feed, {}).items()):
            text = render(channel)
            if text is None:
                continue
            message = text.encode()
            for connection in tuple(listeners):
                await connection.deliver(message, channel)

    async def disconnect(self, code: int | None = None) -> None:
        """Close every socket: with a code politely, without one by breaking the line."""
        for connection in tuple(self.connections):
            if code is None:
                connection.abort()
            else:
                await connection.socket.close(code=code)
        await asyncio.sleep(0)
