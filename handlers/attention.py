"""Where somebody's thumb is: a card that is being worked on must not change under it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

PAGE_LASTS = timedelta(seconds=60)


class Wall(Protocol):
    """What time is it for people?"""

    def now(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Attention:
    """Which page of its buttons a message shows; forgotten after a minute, and by a restart."""

    wall: Wall
    _pages: dict[tuple[int, int], tuple[str, datetime]] = field(default_factory=dict)

    def open(self, chat: int, message: int, page: str) -> None:
        self._pages[chat, message] = (page, self.wall.now() + PAGE_LASTS)

    def close(self, chat: int, message: int) -> None:
        self._pages.pop((chat, message), None)

    def page(self, chat: int, message: int) -> str:
        """Empty when the message shows its ordinary buttons."""
        page, until = self._pages.get((chat, message), ("", self.wall.now()))
        return page if until > self.wall.now() else ""
