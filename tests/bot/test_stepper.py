"""The job table on simulated time: what is due runs in its order, and time waits for people."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.attempts import Attempt
from bot.jobs import AtClose, Daily, Every, Job
from bot.market.clock import PacedClock
from bot.stepper import LOOK_AGAIN, PATIENCE, Stepper
from tests.builders import proposal

START = datetime(2026, 1, 5, 22, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Diary:
    """What ran, and when."""

    def __init__(self, clock):
        self.clock = clock
        self.lines = []
        self.told = []
        self.attempt = Attempt("paper", clock, self)

    def job(self, name, when, error=None):
        async def run():
            self.lines.append((name, f"{self.clock.now():%d %H:%M}"))
            if error:
                raise error

        return Job(name, when, run)

    async def commit(self, notice):
        """As the ledger, for what a failed job leaves in the outbox."""
        self.told.append(notice.numbers["job"])


class Cards:
    """The card that waits, if one does."""

    def __init__(self, card=None):
        self.card = card

    async def __call__(self):
        return self.card


def stepper(jobs, diary, hours=3, speed=0.0, cards=None, pauses=True):
    last = START + HOUR * hours

    async def next_close(after):
        close = START + HOUR * ((after - START) // HOUR + 1)
        return close if close <= last else None

    waiting = cards or Cards()
    return Stepper(diary.clock, jobs, speed, next_close, waiting, pauses, diary.attempt)


@pytest.fixture
def diary():
    return Diary(PacedClock(START, 0))


async def test_jobs_run_in_the_order_of_the_table_at_every_close(diary):
    table = [
        diary.job("watch", AtClose()),
        diary.job("expire", Every(timedelta(seconds=15))),
        diary.job("look", AtClose()),
    ]
    await stepper(table, diary, hours=2).run()
    assert diary.lines == [
        *(("watch", "05 23:00"), ("expire", "05 23:00"), ("look", "05 23:00")),
        *(("watch", "06 00:00"), ("expire", "06 00:00"), ("look", "06 00:00")),
    ]


async def test_a_daily_job_runs_once_a_day_and_between_closes(diary):
    table = [diary.job("look", AtClose()), diary.job("report", Daily(timedelta(minutes=5)))]
    await stepper(table, diary, hours=27).run()
    assert [line for line in diary.lines if line[0] == "report"] == [
        *(("report", "06 00:05"), ("report", "07 00:05"))
    ]
    assert len([line for line in diary.lines if line[0] == "look"]) == 27


async def test_a_daily_job_at_a_close_runs_at_that_close_and_once(diary):
    table = [diary.job("look", AtClose()), diary.job("report", Daily(HOUR))]
    await stepper(table, diary, hours=4).run()
    assert diary.lines.count(("report", "06 01:00")) == 1
    assert diary.lines.index(("look", "06 01:00")) < diary.lines.index(("report", "06 01:00"))


async def test_a_job_that_breaks_is_told_of_and_the_rest_run(diary, caplog):
    table = [
        diary.job("watch", AtClose(), OSError("disk")),
        diary.job("look", AtClose()),
    ]
    await stepper(table, diary, hours=2).run()
    assert [name for name, _ in diary.lines] == ["watch", "look"] * 2
    assert diary.told == ["watch"]
    assert caplog.text.count("job watch failed") == 2


async def test_at_speed_zero_time_stands_still_while_a_card_waits(diary):
    cards = Cards(proposal(created_at=START, expires_at=START + timedelta(minutes=15)))
    table = [diary.job("look", AtClose())]
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(stepper(table, diary, hours=1, cards=cards).run())
        await asyncio.sleep(LOOK_AGAIN * 1.5)
        assert diary.clock.now() == START
        assert diary.lines == []
        cards.card = None
        await running
    assert diary.lines == [("look", "05 23:00")]


async def test_with_nobody_to_answer_time_does_not_wait_for_a_card(diary):
    cards = Cards(proposal(created_at=START, expires_at=START + HOUR * 9))
    table = [diary.job("look", AtClose())]
    async with asyncio.timeout(LOOK_AGAIN):
        await stepper(table, diary, hours=2, cards=cards, pauses=False).run()
    assert len(diary.lines) == 2


async def test_a_card_ends_between_two_closes(diary):
    ends = START + timedelta(minutes=15)
    patient = START - timedelta(days=30)  # a card that has lasted long slows nothing down
    cards = Cards(proposal(created_at=patient, expires_at=ends))

    async def expire():
        diary.lines.append(("expire", f"{diary.clock.now():%d %H:%M}"))
        if diary.clock.now() >= ends:
            cards.card = None

    table = [diary.job("look", AtClose()), Job("expire", Every(HOUR), expire)]
    fast = stepper(table, diary, hours=1, speed=1e4, cards=cards)
    await fast.run()
    assert [name for name, _ in diary.lines] == ["expire", "look", "expire"]
    assert diary.lines[0][1] < "05 23:00" <= diary.lines[1][1]


@pytest.mark.parametrize(
    ("lasts", "speed", "pace"),
    [
        (timedelta(minutes=15), 360.0, 10.0),
        (timedelta(minutes=15), 5.0, 5.0),
        (timedelta(seconds=30), 360.0, 1.0),
    ],
)
async def test_a_paced_market_slows_down_so_that_a_card_lasts_as_long_as_a_person_needs(
    diary, lasts, speed, pace
):
    cards = Cards(proposal(created_at=START, expires_at=START + lasts))
    async with asyncio.timeout(LOOK_AGAIN * 3):
        step = stepper([], diary, speed=speed, cards=cards)
        assert not await step._arrive(START + HOUR)
    assert diary.clock.speed == pace
    assert lasts / timedelta(seconds=pace) <= max(
        PATIENCE.total_seconds(), lasts.total_seconds() / speed
    )


async def test_without_a_card_the_market_keeps_its_pace(diary):
    step = stepper([], diary, speed=360.0)
    await step._arrive(START + HOUR)
    assert diary.clock.speed == 360.0


async def test_nothing_runs_after_the_data_is_over(diary):
    await stepper([diary.job("look", AtClose())], diary, hours=0).run()
    assert diary.lines == []
