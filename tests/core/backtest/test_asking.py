"""A backtest is asked for by whoever may, about the account as it stands, and filed however it ends."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.backtest.asking import RunBacktests, ended
from core.backtest.filed import Failed, Filed, Finished, Progress, Status, Stopped
from core.backtest.reading import ReadBacktests
from core.backtest.record import Kind
from core.backtest.request import Request
from core.domain.ledger import Claim
from core.domain.market import Timeframe
from core.domain.people import Role
from core.errors import ButtonSpent, NoSuchStretch, NotAllowed, NotFound
from tests.bot.backtest import facts
from tests.builders import ACCOUNT, NOON, PERSON, SETTINGS, SYMBOL, button
from tests.fakes import RICH, FakeBroker, FakeClock, MemoryLedger
from tests.handlers.runner import FakeRunner

REQUEST = Request(kind=Kind.BACKTEST, symbols=(SYMBOL,), timeframe=Timeframe.H1, days=30)
FIRST = NOON - timedelta(days=100)
VIEWER = replace(PERSON, role=Role.VIEWER)


class Cabinet:
    """A file that forgets when the test ends."""

    def __init__(self):
        self.filed, self.records = {}, {}

    async def put(self, filed, record=None):
        self.filed[filed.id] = filed
        self.records[filed.id] = record

    async def find(self, filed_id):
        return self.filed[filed_id]

    async def record(self, filed_id):
        if self.records.get(filed_id) is None:
            raise NotFound(backtest=filed_id)
        return self.records[filed_id]

    async def page(self, account, skip, count):
        return tuple(reversed(self.filed.values()))[skip : skip + count]

    async def count(self, account):
        return len(self.filed)

    async def told(self, account):
        self.filed = {name: replace(filed, lost=False) for name, filed in self.filed.items()}

    async def prune(self, account, keep):
        old = tuple(self.filed)[: max(len(self.filed) - keep, 0)]
        for name in old:
            del self.filed[name]
        return old


class Office:
    """Everything that asking takes."""

    def __init__(self):
        self.cabinet, self.runner = Cabinet(), FakeRunner()
        self.ledger = MemoryLedger(SETTINGS)
        clock = FakeClock()
        ids = iter(f"{number:08}" for number in range(1000))
        broker = FakeBroker(RICH)
        self.run = RunBacktests(
            ACCOUNT,
            FIRST,
            clock,
            clock,
            self.ledger,
            broker,
            self.cabinet,
            self.runner,
            ids.__next__,
        )
        self.read = ReadBacktests(ACCOUNT, self.cabinet, self.runner)


@pytest.fixture
def office():
    return Office()


async def test_it_is_about_the_account_as_it_stands(office):
    filed = await office.run(PERSON, REQUEST, "BTC 30d 1h")

    work = office.runner.work
    assert (work.id, work.request, work.settings) == (filed.id, REQUEST, SETTINGS)
    assert (work.equity, work.now, work.language) == (RICH.equity, NOON, PERSON.language)


async def test_it_is_on_file_before_it_begins(office):
    filed = await office.run(PERSON, REQUEST, "BTC 30d 1h")

    assert office.cabinet.filed == {filed.id: filed}
    assert (filed.status, filed.words, filed.person) == (Status.RUNNING, "BTC 30d 1h", PERSON.id)
    assert await office.read.one(filed.id) == (filed, Progress(), None)


async def test_what_came_of_it_is_filed_with_the_figures_of_a_list(office):
    record = facts.record()
    filed = await office.run(PERSON, REQUEST, "BTC")
    await office.runner.ends(Finished(record))

    found, progress, kept = await office.read.one(filed.id)
    assert (found.status, progress, kept) == (Status.DONE, None, record)
    assert (found.total, found.trades) == (record.figures.total, record.figures.trades)
    assert not office.read.runs(filed.id)


@pytest.mark.parametrize(
    ("outcome", "status", "error"),
    [
        (Failed("no market"), Status.FAILED, "no market"),
        (Failed(""), Status.FAILED, ""),
        (Stopped(), Status.STOPPED, ""),
    ],
)
async def test_what_came_to_nothing_is_filed_too(office, outcome, status, error):
    filed = await office.run(PERSON, REQUEST, "BTC")
    await office.runner.ends(outcome)

    found, _, record = await office.read.one(filed.id)
    assert (found.status, found.error, found.has_record, record) == (status, error, False, None)


async def test_a_search_that_was_stopped_keeps_what_it_had():
    filed = Filed(
        id="a", account=ACCOUNT, person=1, created_at=NOON, kind=Kind.OPTIMIZE, words="BTC"
    )

    after, record = ended(filed, Stopped(facts.record()))

    assert (after.status, after.has_record) == (Status.STOPPED, True)
    assert record == facts.record()


async def test_whoever_may_only_look_starts_and_stops_nothing(office):
    with pytest.raises(NotAllowed):
        await office.run(VIEWER, REQUEST, "BTC")
    with pytest.raises(NotAllowed):
        await office.run.stop(VIEWER, "00000000")

    assert not office.cabinet.filed


@pytest.mark.parametrize(
    ("days", "recorded"),
    [((-200, -101), False), ((-200, -100), True), ((0, 9), True), ((1, 9), False)],
)
async def test_days_of_which_nothing_is_recorded_are_said_at_once(office, days, recorded):
    first, last = ((NOON + timedelta(days=day)).date() for day in days)
    asked = replace(REQUEST, days=None, first=first, last=last)
    if recorded:
        await office.run(PERSON, asked, "BTC")
        return
    with pytest.raises(NoSuchStretch) as raised:
        await office.run(PERSON, asked, "BTC")
    assert raised.value.numbers == {"first": FIRST.date(), "last": NOON.date()}


async def test_a_button_starts_one(office):
    office.ledger.pages.buttons["b"] = button(person=PERSON.id, chat=PERSON.chat, once=True)
    press = Claim("b", PERSON.id, PERSON.chat, NOON)
    await office.run(PERSON, REQUEST, "BTC", press)
    with pytest.raises(ButtonSpent):
        await office.run(PERSON, REQUEST, "BTC", press)

    assert len(office.cabinet.filed) == 1


async def test_a_page_says_what_runs_and_once_what_was_lost(office):
    lost = await office.run(PERSON, REQUEST, "BTC")
    await office.runner.ends(Stopped())
    await office.cabinet.put(replace(lost, status=Status.STOPPED, lost=True))
    runs = await office.run(PERSON, REQUEST, "ETH")
    office.runner.comes("replay")

    page = await office.read.page(0, 5)

    assert [filed.id for filed in page.filed] == [runs.id, lost.id]
    assert (page.total, page.lost) == (2, 1)
    assert page.running == {runs.id: Progress(stage="replay", total=1)}
    assert (await office.read.page(0, 5)).lost == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"symbols": ()},
        {"first": NOON.date()},
        {"first": NOON.date(), "last": NOON.date()},
        {"trials": 5},
        {"kind": Kind.OPTIMIZE},
    ],
)
def test_a_request_that_says_nothing_or_two_things_is_none(changes):
    with pytest.raises(ValueError, match=r".+"):
        replace(REQUEST, **changes)
