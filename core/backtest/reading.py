"""Looking up which backtests are on file, how far they have come, and what they found."""

from dataclasses import dataclass

from core.backtest.filed import Filed, Progress, Status
from core.backtest.ports import Backtests, Runner
from core.backtest.record import Record


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list, newest first. `lost` of them ended with the desk, which is told once."""

    filed: tuple[Filed, ...]
    running: dict[str, Progress]
    skip: int
    total: int
    lost: int


@dataclass(frozen=True, slots=True)
class ReadBacktests:
    """What is on file, and how far it has come."""

    account: str
    backtests: Backtests
    runner: Runner

    def runs(self, filed_id: str) -> bool:
        """Or waits its turn."""
        return self.runner.progress(filed_id) is not None

    async def one(self, filed_id: str) -> tuple[Filed, Progress | None, Record | None]:
        """Progress while it runs, the record once there is one. Raises NotFound."""
        progress = self.runner.progress(filed_id)
        filed = await self.backtests.find(filed_id)
        record = await self.backtests.record(filed_id) if filed.has_record else None
        return filed, progress if filed.status is Status.RUNNING else None, record

    async def record(self, filed_id: str) -> Record:
        """Raises NotFound."""
        return await self.backtests.record(filed_id)

    async def both(self, a: str, b: str) -> tuple[tuple[Filed, Record], tuple[Filed, Record]]:
        """Two of them, to be compared. Raises NotFound."""
        one, other = [
            (await self.backtests.find(each), await self.record(each)) for each in (a, b)
        ]
        return one, other

    async def paper(self, filed_id: str, name: str) -> bytes | None:
        return await self.runner.paper(filed_id, name)

    async def page(self, skip: int, count: int) -> Page:
        filed = await self.backtests.page(self.account, skip, count)
        lost = sum(each.lost for each in filed)
        if lost:
            await self.backtests.told(self.account)
        running = {
            each.id: progress for each in filed if (progress := self.runner.progress(each.id))
        }
        return Page(filed, running, skip, await self.backtests.count(self.account), lost)
