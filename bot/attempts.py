"""Runs jobs that may fail: a failure is told once, and again only after the job has worked."""

from dataclasses import dataclass, field
from functools import partial

from bot.edge import survives
from bot.jobs import Job
from core.domain.notice import Notice, NoticeKind
from core.ports import Clock, Ledger


@dataclass(frozen=True, slots=True)
class Attempt:
    """`account` is whose failure it is where a job belongs to none."""

    account: str
    clock: Clock
    ledger: Ledger
    _down: set[str] = field(default_factory=set)

    async def __call__(self, job: Job) -> None:
        if await survives(f"job {job.name}", job.run, partial(self._failed, job)):
            self._down.discard(job.name)

    async def _failed(self, job: Job, error: Exception) -> None:
        """The ledger may be what is broken: then the log has to do."""
        if job.name not in self._down:
            self._down.add(job.name)
            await survives(f"telling of job {job.name}", partial(self._tell, job, error))

    async def _tell(self, job: Job, error: Exception) -> None:
        now, numbers = self.clock.now(), {"job": job.name, "error": type(error).__name__}
        account = job.account or self.account
        await self.ledger.commit(Notice(account, NoticeKind.JOB_FAILED, now, numbers=numbers))
