"""Reads Bitget's lists to their end: each page is older than the last id of the one before."""

from dataclasses import dataclass

from bot.broker.bitget.orders import PRODUCT, data_of, list_of
from bot.broker.told import Told
from bot.broker.wire import Wire

LIMIT, MOST_PAGES = 100, 200


@dataclass(frozen=True, slots=True)
class Pages:
    wire: Wire

    async def whole(self, call: str, key: str, **asked: object) -> list[Told]:
        found: list[Told] = []
        more: dict[str, object] = {}
        for _ in range(MOST_PAGES):
            answer = await self.wire.ask(call, **PRODUCT, **asked, **more, limit=str(LIMIT))
            page = list_of(answer, key)
            found += page
            if len(page) < LIMIT:
                return found
            more = {"idLessThan": str(data_of(answer)["endId"])}
        raise ValueError(f"{call} has no end")
