"""Asking for a backtest of the account as it stands; what comes of it is put on file."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from core.backtest.filed import Failed, Filed, Finished, Outcome, Status
from core.backtest.ports import Backtests, Runner, Work
from core.backtest.record import Record
from core.backtest.request import Request
from core.domain.ledger import Claim
from core.domain.people import Language, Person
from core.errors import NoSuchStretch
from core.owner import must_be_trader
from core.ports import Broker, Clock, Ledger

KEPT = 200


@dataclass(frozen=True, slots=True)
class RunBacktests:
    """Start one and stop one; what comes of it is put on file. `wall` dates what people see, and
    `first` is when the market's record begins.
    """

    account: str
    first: datetime
    clock: Clock
    wall: Clock
    ledger: Ledger
    broker: Broker
    backtests: Backtests
    runner: Runner
    new_id: Callable[[], str]

    async def __call__(
        self, by: Person, request: Request, words: str, press: Claim | None = None
    ) -> Filed:
        """Raises NotAllowed, NoSuchStretch, ButtonSpent."""
        must_be_trader(by)
        self._must_be_recorded(request)
        filed = Filed(
            id=self.new_id(),
            account=self.account,
            person=by.id,
            created_at=self.wall.now(),
            kind=request.kind,
            words=words,
        )
        work = await self._work(filed.id, request, by.language)
        if press is not None:
            await self.ledger.commit(press)
        await self.backtests.put(filed)
        self.runner.start(work, partial(self._over, filed))
        return filed

    async def stop(self, by: Person, filed_id: str) -> None:
        """Raises NotAllowed."""
        must_be_trader(by)
        await self.runner.stop(filed_id)

    def _must_be_recorded(self, request: Request) -> None:
        first, last = self.first.date(), self.clock.now().date()
        if request.first and request.last and (request.last < first or request.first > last):
            raise NoSuchStretch(first=first, last=last)

    async def _work(self, filed_id: str, request: Request, language: Language) -> Work:
        worth = await self.broker.account()
        return Work(
            id=filed_id,
            request=request,
            settings=await self.ledger.settings(self.account),
            equity=worth.equity,
            now=self.clock.now(),
            language=language,
        )

    async def _over(self, filed: Filed, outcome: Outcome) -> None:
        await self.backtests.put(*ended(filed, outcome))
        await self.runner.forget(await self.backtests.prune(self.account, KEPT))


def ended(filed: Filed, outcome: Outcome) -> tuple[Filed, Record | None]:
    """The file as it stands afterwards, and the record that belongs to it."""
    if isinstance(outcome, Failed):
        return replace(filed, status=Status.FAILED, error=outcome.reason), None
    record = outcome.record
    status = Status.DONE if isinstance(outcome, Finished) else Status.STOPPED
    if record is None:
        return replace(filed, status=status), None
    figures = record.figures
    summed = replace(
        filed,
        status=status,
        total=figures.total,
        hold=figures.hold,
        drawdown=figures.drawdown,
        trades=figures.trades,
    )
    return summed, record
