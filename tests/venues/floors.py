"""Where a venue takes the orders of an account, if it does."""

from typing import Protocol

from aiohttp import web

from tests.venues.hub import Connection


class Floor(Protocol):
    """Signed requests in, the account's news out."""

    def takes(self, path: str) -> bool: ...
    async def serve(self, request: web.Request) -> web.StreamResponse: ...
    def meet(self, connection: Connection) -> None: ...
    async def turn(self) -> None: ...


class Closed:
    """The floor of a venue that shows its market and takes no orders."""

    def takes(self, path: str) -> bool:
        return False

    async def serve(self, request: web.Request) -> web.StreamResponse:
        return web.Response(status=404)

    def meet(self, connection: Connection) -> None:
        return

    async def turn(self) -> None:
        return
