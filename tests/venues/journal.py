"""What was asked of a venue, and when."""

from collections import deque
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, or one stream subscribed to (method WS)."""

    time: int
    method: str
    path: str
    query: dict[str, str]


@dataclass
class Journal:
    """The last requests of one venue, oldest first."""

    entries: deque[Asked] = field(default_factory=lambda: deque(maxlen=20_000))

    def write(self, time: int, method: str, path: str, query: dict[str, str]) -> None:
        self.entries.append(Asked(time, method, path, query))

    def asked(self, part: str = "") -> list[Asked]:
        return [entry for entry in self.entries if part in entry.path]

    def clear(self) -> None:
        self.entries.clear()
