"""Reads OKX's lists to their end: each page begins after the last id of the one before."""

from dataclasses import dataclass

from bot.broker.okx.orders import data_of
from bot.broker.told import Told, text
from bot.broker.wire import Wire

LIMIT, MOST_PAGES = 100, 200


@dataclass(frozen=True, slots=True)
class Pages:
    wire: Wire

    async def whole(self, call: str, key: str, **asked: object) -> list[Told]:
        found: list[Told] = []
        more: dict[str, object] = {}
        for _ in range(MOST_PAGES):
            page = data_of(await self.wire.ask(call, **asked, **more, limit=str(LIMIT)))
            found += page
            if len(page) < LIMIT:
                return found
            more = {"after": text(page[-1], key)}
        raise ValueError(f"{call} has no end")
