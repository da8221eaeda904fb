"""The table of what runs by itself, and when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from bot.attempts import Attempt
from bot.jobs import AtClose, Daily, Every, Job, Mark, ReportDay
from core.domain.ledger import EquityMark
from core.domain.notice import NoticeKind
from tests.builders import ACCOUNT, NOON, equity_mark
from tests.fakes import FakeBroker, FakeClock
from tests.handlers.haste import hurry
from tests.handlers.telegram import Weather, telegram
from tests.handlers.town import Plan, living


class Ledger:
    """Remembers what was committed."""

    def __init__(self, *marks):
        self.marks = marks
        self.written = []

    async def commit(self, *changes):
        self.written += changes

    async def equity_marks(self, _account, start, end):
        return [mark for mark in self.marks if start <= mark.at < end]


async def test_the_table_runs_in_the_order_of_its_needs(tmp_path, monkeypatch):
    hurry(monkeypatch)
    weather = Weather()
    async with telegram(weather) as url, living(url, weather, tmp_path, Plan()) as town:
        names = [job.name for job in town.desk.jobs]
        kinds = {job.name: job.when for job in town.desk.jobs}
    assert names == [
        *(
            "form",
            "watch",
            "follow",
            "mark",
            "expire",
            "propose",
            "shadows",
            "report",
            "keys",
            "sweep",
            "alerts",
            "outcomes",
            "outbox",
            "cards",
        )
    ]
    assert [name for name in names if kinds[name] == AtClose()] == [
        *("form", "watch", "follow", "mark", "propose", "shadows")
    ]
    assert kinds["expire"] == Every(timedelta(seconds=15))
    assert kinds["report"] == Daily(timedelta(minutes=5))


async def test_the_worth_of_the_account_is_written_down():
    ledger = Ledger()
    await Mark(ACCOUNT, FakeClock(), FakeBroker(), ledger)()
    assert ledger.written == [EquityMark(ACCOUNT, NOON, Decimal(10_000), Decimal(10_000))]


async def test_the_report_of_a_day_names_that_day_and_rings_no_bell():
    ledger, clock = (
        Ledger(equity_mark()),
        FakeClock(datetime(2024, 1, 2, 0, 5, tzinfo=NOON.tzinfo)),
    )
    await ReportDay(ACCOUNT, clock, ledger)()
    (notice,) = ledger.written
    assert notice.kind is NoticeKind.REPORT
    assert notice.numbers == {"span": "2024-01-01 2024-01-01"}
    assert notice.silent


async def test_a_day_before_the_desk_was_there_has_no_report():
    ledger, clock = (
        Ledger(equity_mark()),
        FakeClock(datetime(2024, 1, 1, 0, 5, tzinfo=NOON.tzinfo)),
    )
    await ReportDay(ACCOUNT, clock, ledger)()
    assert ledger.written == []


@dataclass
class Chore:
    """Breaks as long as it is told to."""

    broken: bool = True

    async def __call__(self):
        if self.broken:
            raise OSError("disk")


async def test_a_job_that_fails_is_told_once_until_it_has_worked_again():
    ledger, chore = Ledger(), Chore()
    attempt, job = Attempt(ACCOUNT, FakeClock(), ledger), Job("look", AtClose(), chore)
    for broken in (True, True, True, False, True):
        chore.broken = broken
        await attempt(job)
    assert [notice.kind for notice in ledger.written] == [NoticeKind.JOB_FAILED] * 2
    assert ledger.written[0].numbers == {"job": "look", "error": "OSError"}


async def test_a_failure_that_cannot_even_be_told_ends_nothing(caplog):
    class Broken(Ledger):
        async def commit(self, *changes):
            raise OSError("disk")

    await Attempt(ACCOUNT, FakeClock(), Broken())(Job("look", AtClose(), Chore()))
    assert "telling of job look failed" in caplog.text


def test_a_job_may_be_five_minutes_late_unless_it_says_otherwise():
    async def nothing():
        pass

    assert Job("x", AtClose(), nothing).grace == timedelta(minutes=5)
