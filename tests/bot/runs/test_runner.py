"""Real children over a small made-up market: what they answer, and how they end."""

import asyncio
import os
import signal
import sys
from contextlib import asynccontextmanager, suppress
from datetime import date
from pathlib import Path

import pytest

from bot.backtest.files import CSV, HTML
from bot.runs import runner as runners
from bot.runs.runner import ProcessRunner
from bot.runs.words import words
from core.backtest.filed import Failed, Finished, Progress, Stopped
from core.backtest.record import Kind
from tests.bot.runs.works import BTC, PLACE, request, work

PATIENCE = 60
ROOT = Path(__file__).parents[3]
LONG = {"trials": 2_000, "days": 50}
DEAF = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); time.sleep(60)"


class Desk:
    """Hands work to a runner, and hears how it ended."""

    def __init__(self, runner):
        self.runner = runner
        self.ended = {}

    def asks(self, wanted):
        async def over(outcome):
            self.ended[wanted.id] = outcome

        self.runner.start(wanted, over)

    async def hears(self, name="one"):
        return await until(lambda: self.ended.get(name))

    async def begins(self):
        """The child, as soon as there is one."""
        return await until(lambda: self.child)

    async def sees(self, stage, name="one"):
        def seen():
            progress = self.runner.progress(name)
            return progress if progress and progress.stage == stage else None

        return await until(seen)

    @property
    def child(self):
        jobs = self.runner._jobs.values()
        return next((job.child._process for job in jobs if job.child and job.child._process), None)


@asynccontextmanager
async def at_work(folder):
    runner = ProcessRunner(PLACE, folder / "backtests")
    async with asyncio.TaskGroup() as tasks:
        runner.bind(tasks)
        yield Desk(runner)


async def until(told):
    """What is told, as soon as it is something."""
    async with asyncio.timeout(PATIENCE):
        while True:
            if found := told():
                return found
            await asyncio.sleep(0.002)


def is_alive(pid):
    with suppress(ProcessLookupError, FileNotFoundError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


async def test_a_backtest_is_done_beside_the_desk(tmp_path):
    async with at_work(tmp_path) as desk:
        desk.asks(work())
        child = await desk.begins()
        await until(lambda: os.getpriority(os.PRIO_PROCESS, child.pid) == 19)
        outcome = await desk.hears()
        assert desk.runner.progress("one") is None
    assert isinstance(outcome, Finished)
    assert outcome.record.question.symbols == (BTC,)
    assert outcome.record.question.equity == 9876
    for name in (HTML, CSV):
        assert await desk.runner.paper("one", name)
    await desk.runner.forget(["one", "never"])
    assert await desk.runner.paper("one", CSV) is None


async def test_a_search_says_how_far_it_has_come_and_what_it_found(tmp_path):
    async with at_work(tmp_path) as desk:
        desk.asks(work(asked=request(Kind.OPTIMIZE, trials=30)))
        seen = await desk.sees("search")
        assert (seen.total, seen.ahead) == (30, 0)
        outcome = await desk.hears()
    assert outcome.record.question.kind is Kind.OPTIMIZE
    assert outcome.record.luck.tries == 30


async def test_one_at_a_time_and_the_others_know_their_place(tmp_path):
    async with at_work(tmp_path) as desk:
        for name in ("one", "two", "three"):
            desk.asks(work(name))
        await desk.begins()
        assert desk.runner.progress("two") == Progress(ahead=1)
        assert desk.runner.progress("three") == Progress(ahead=2)
        await desk.runner.stop("two")
        assert desk.ended["two"] == Stopped()
        assert desk.runner.progress("three") == Progress(ahead=1)
        await desk.hears("three")
    assert [type(desk.ended[name]) for name in ("one", "three")] == [Finished, Finished]


async def test_a_search_that_is_stopped_answers_with_what_it_has(tmp_path):
    async with at_work(tmp_path) as desk:
        desk.asks(work(asked=request(Kind.OPTIMIZE, **LONG)))
        await desk.sees("search")
        await desk.runner.stop("one")
        await desk.runner.stop("one")
        outcome = await desk.hears()
    assert isinstance(outcome, Stopped)
    assert 0 < outcome.record.luck.tries < 2_000


@pytest.fixture
def deaf():
    """A master that a shell has started in the background."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGINT, before)


async def test_a_search_listens_also_where_its_master_is_deaf(tmp_path, deaf):
    async with at_work(tmp_path) as desk:
        desk.asks(work(asked=request(Kind.OPTIMIZE, **LONG)))
        await desk.sees("search")
        await desk.runner.stop("one")
        outcome = await desk.hears()
    assert outcome.record.luck.tries > 0


async def test_one_that_is_stopped_before_it_began_says_nothing(tmp_path):
    async with at_work(tmp_path) as desk:
        desk.asks(work())
        await until(lambda: [job for job in desk.runner._jobs.values() if job.child])
        await desk.runner.stop("one")
        assert await desk.hears() == Stopped()


async def test_one_that_does_not_listen_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr("bot.runs.child.SERVANT", ("-c", DEAF))
    monkeypatch.setattr("bot.runs.child.GRACE", 0.3)
    async with at_work(tmp_path) as desk:
        desk.asks(work())
        await desk.begins()
        await asyncio.sleep(0.3)
        await desk.runner.stop("one")
        assert await desk.hears() == Stopped()


async def test_a_child_that_is_killed_is_a_crash_and_the_next_one_runs(tmp_path):
    async with at_work(tmp_path) as desk:
        desk.asks(work(asked=request(Kind.OPTIMIZE, **LONG)))
        desk.asks(work("two"))
        await desk.sees("search")
        os.kill(desk.child.pid, signal.SIGKILL)
        assert await desk.hears() == Failed("")
        assert isinstance(await desk.hears("two"), Finished)


async def test_a_question_that_cannot_be_asked_is_one_sentence(tmp_path):
    then = request(days=None, first=date(2001, 1, 1), last=date(2001, 2, 1))
    async with at_work(tmp_path) as desk:
        desk.asks(work(asked=then))
        outcome = await desk.hears()
    assert isinstance(outcome, Failed)
    assert outcome.reason.startswith("nothing to play between 2001-01-01")


async def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "backtests").write_text("a file")
    async with at_work(tmp_path) as desk:
        desk.asks(work())
        assert (await desk.hears()).reason.startswith("cannot write to ")


async def test_whoever_cannot_put_it_on_file_does_not_stop_the_desk(tmp_path, caplog):
    async def over(_outcome):
        raise KeyError("the database is gone")

    async with at_work(tmp_path) as desk:
        desk.runner.start(work(), over)
        desk.asks(work("two"))
        await desk.hears("two")
    assert "backtest one failed" in caplog.text


async def test_work_that_breaks_off_has_failed_and_the_next_one_runs(
    tmp_path, monkeypatch, caplog
):
    def breaks(asked, place, folder):
        if asked.id == "one":
            raise KeyError("no such word")
        return words(asked, place, folder)

    monkeypatch.setattr(runners, "words", breaks)
    async with at_work(tmp_path) as desk:
        desk.asks(work())
        desk.asks(work("two"))
        assert await desk.hears() == Failed("")
        assert isinstance(await desk.hears("two"), Finished)
        assert desk.runner.progress("one") is None
    assert "backtest one failed" in caplog.text


async def test_when_the_desk_ends_its_child_ends(tmp_path):
    runner = ProcessRunner(PLACE, tmp_path / "backtests")
    with pytest.raises(ExceptionGroup):
        async with asyncio.TaskGroup() as tasks:
            runner.bind(tasks)
            desk = Desk(runner)
            desk.asks(work(asked=request(Kind.OPTIMIZE, **LONG)))
            await desk.sees("search")
            pid = desk.child.pid
            end_it()
    assert not is_alive(pid)
    assert not desk.ended


def end_it():
    raise ZeroDivisionError


async def test_before_there_is_a_task_group_nothing_can_be_started(tmp_path):
    with pytest.raises(RuntimeError):
        Desk(ProcessRunner(PLACE, tmp_path)).asks(work())


async def test_only_its_own_papers_are_handed_out(tmp_path):
    with pytest.raises(ValueError, match=r"desk\.json"):
        await ProcessRunner(PLACE, tmp_path).paper("one", "desk.json")


def test_the_names_of_the_papers_are_those_that_are_written():
    assert {HTML, CSV} == set(runners.PAPERS)


async def test_when_the_desk_is_killed_nothing_of_it_lives_on(tmp_path):
    """The other end of the child's standard input is gone, and that is all it needs to know."""
    command = [sys.executable, "-m", "tests.bot.runs.master", str(tmp_path)]
    master = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(PATIENCE):
        child = int(await master.stdout.readline())
        hired = children(child)
    assert hired
    master.kill()
    await master.communicate()
    for pid in (child, *hired):
        await until(lambda pid=pid: not is_alive(pid))


def children(pid):
    """Of a process and of those that it has hired; Linux knows them by their session."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[3]) == pid and int(stat.parent.name) != pid:
                found.append(int(stat.parent.name))
    return found
