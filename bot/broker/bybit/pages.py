"""Reads Bybit's lists to their end: page by page, as the cursor leads."""

from dataclasses import dataclass

from bot.broker.bybit.orders import result_of
from bot.broker.told import Told, rows
from bot.broker.wire import Wire

MOST_PAGES = 200


@dataclass(frozen=True, slots=True)
class Pages:
    wire: Wire

    async def whole(self, call: str, limit: int, **asked: object) -> list[Told]:
        """There may be a cursor even after the last row. A list without an end is nonsense."""
        found: list[Told] = []
        more: dict[str, object] = {}
        for _ in range(MOST_PAGES):
            result = result_of(await self.wire.ask(call, **asked, **more, limit=limit))
            page = rows(result["list"])
            found += page
            cursor = str(result["nextPageCursor"] or "")
            if len(page) < limit or not cursor:
                return found
            more = {"cursor": cursor}
        raise ValueError(f"{call} has no end")
