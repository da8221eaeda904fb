"""Who listens through which of ccxt's connections, so that one line's end is not everybody's.

ccxt opens one connection for each address and lets several subscriptions share it.
"""

from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import ccxt

from bot.live.listening import Line

_LISTENING: ContextVar[Line | None] = ContextVar("listening", default=None)


@dataclass
class Connections:
    """Those of one client. A line's task is known by its context."""

    client: Any
    _used: list[tuple[Line, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        opened = self.client.client

        def noted(url: str) -> Any:
            connection = opened(url)
            self._note(connection)
            return connection

        self.client.client = noted

    def _note(self, connection: Any) -> None:
        line = _LISTENING.get()
        if line and not any(connection is one for one in self._of(line)):
            self._used.append((line, connection))

    def begin(self, line: Line) -> None:
        """From here on this task listens for this line."""
        _LISTENING.set(line)
        self._used = [use for use in self._used if use[0] is not line]

    def _of(self, line: Line) -> list[Any]:
        return [connection for one, connection in self._used if one is line]

    def _lives(self, connection: Any) -> bool:
        return any(connection is one for one in self.client.clients.values())

    def are_whole(self, line: Line) -> bool:
        return all(self._lives(connection) for connection in self._of(line))

    async def close(self, line: Line) -> None:
        """What this line uses; whoever shares it is told that it is not to blame."""
        ended = [connection for connection in self._of(line) if self._lives(connection)]
        for other, connection in self._used:
            if other is not line and any(connection is one for one in ended):
                other.is_struck = True
        await self._shut(ended)

    async def close_all(self) -> None:
        self._used.clear()
        await self._shut(list(self.client.clients.values()))

    async def _shut(self, connections: Sequence[Any]) -> None:
        """An error of its own keeps ccxt from forgetting the next connection to that address."""
        for connection in connections:
            self.client.clients.pop(connection.url, None)
            connection.error = ccxt.NetworkError("dropped")
            connection.reset(connection.error)
        for connection in connections:
            await connection.aiohttp_close()
