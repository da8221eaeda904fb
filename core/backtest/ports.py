"""What asking for backtests needs of the outside: a file of them, and somebody who does the work."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from core.backtest.filed import Filed, Outcome, Progress
from core.backtest.record import Record
from core.backtest.request import Request
from core.domain.people import AccountSettings, Language

Over = Callable[[Outcome], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A request, and the account it is about: what it is worth and how it trades at `now`."""

    id: str
    request: Request
    settings: AccountSettings
    equity: Decimal
    now: datetime
    language: Language


class Backtests(Protocol):
    """Which backtests are on file?"""

    async def put(self, filed: Filed, record: Record | None = None) -> None: ...

    async def find(self, filed_id: str) -> Filed:
        """Raises NotFound."""
        ...

    async def record(self, filed_id: str) -> Record:
        """Raises NotFound, also for one that has none."""
        ...

    async def page(self, account: str, skip: int, count: int) -> tuple[Filed, ...]:
        """Newest first."""
        ...

    async def count(self, account: str) -> int: ...

    async def told(self, account: str) -> None:
        """Nothing is lost and untold any more."""
        ...

    async def prune(self, account: str, keep: int) -> tuple[str, ...]:
        """Forget all but the newest and those that run; their ids."""
        ...


class Runner(Protocol):
    """Who does the work, beside the desk, one at a time? Keeps its papers, too."""

    def start(self, work: Work, over: Over) -> None:
        """Returns at once; `over` is told how it ended, unless the desk ends before."""
        ...

    def progress(self, work_id: str) -> Progress | None:
        """None for what neither runs nor waits here."""
        ...

    async def stop(self, work_id: str) -> None:
        """What is over or unknown stays as it is."""
        ...

    async def paper(self, work_id: str, name: str) -> bytes | None:
        """A file that it wrote, None where it is gone."""
        ...

    async def forget(self, work_ids: Sequence[str]) -> None:
        """Throw their papers away."""
        ...
