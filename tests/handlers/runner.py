"""A runner that does nothing by itself: the test says how far it has come and how it ends."""

from core.backtest.filed import Progress, Stopped


class FakeRunner:
    """Keeps what it was given, in the order of the queue."""

    def __init__(self):
        self.jobs = {}
        self.papers = {}
        self.forgotten = []
        self.bound = False

    def bind(self, tasks):
        self.bound = True

    def start(self, work, over):
        self.jobs[work.id] = [work, over, None]

    def progress(self, work_id):
        if work_id not in self.jobs:
            return None
        return self.jobs[work_id][2] or Progress(ahead=list(self.jobs).index(work_id))

    async def stop(self, work_id):
        if work_id in self.jobs:
            await self._end(work_id, Stopped())

    async def paper(self, work_id, name):
        return self.papers.get((work_id, name))

    async def forget(self, work_ids):
        self.forgotten += work_ids

    @property
    def work(self):
        """What it does now: the first in the queue."""
        return next(iter(self.jobs.values()))[0]

    def comes(self, stage, done=0, total=1, best=None):
        """So far has it come."""
        self.jobs[self.work.id][2] = Progress(stage=stage, done=done, total=total, best=best)

    async def ends(self, outcome):
        await self._end(self.work.id, outcome)

    async def _end(self, work_id, outcome):
        await self.jobs[work_id][1](outcome)
        del self.jobs[work_id]
