"""Everybody is asked in turn; who fails is left alone for a while, and harms nobody else."""

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.news.errors import Failed, Refused
from bot.news.feeling import AskMood
from bot.news.patience import LONGEST, SHORTEST, Standing
from bot.news.rounds import Ear, FeelMoods, HearNews
from bot.news.timetable import Timetable
from bot.storage.errors import DeskStorageError
from core.domain.news import Item, Mood, MoodClass, Publisher, Round, Tier
from tests.builders import NOON
from tests.fakes import FakeClock

FIVE = timedelta(minutes=5)


@dataclass
class Voice:
    """Says its items, or what it was told to raise."""

    name: str
    says: object = ()
    every: timedelta = FIVE
    asked: int = 0
    settled: int = 0
    slow: asyncio.Event | None = None

    @property
    def publisher(self):
        return Publisher(self.name, Tier.NEWSROOM)

    async def ask(self):
        self.asked += 1
        if isinstance(self.says, Exception):
            raise self.says
        return self.says

    def kept(self):
        self.settled += 1


@dataclass
class Shelf:
    """Remembers what was filed."""

    filed: list = field(default_factory=list)
    felt: list = field(default_factory=list)
    breaks: bool = False

    async def file(self, facts, now):
        if self.breaks:
            raise DeskStorageError("disk full")
        self.filed += facts

    async def feel(self, felt):
        self.felt += felt


@pytest.fixture
def clock():
    return FakeClock()


def rounds(clock, *voices, shelf=None):
    ears = [Ear(voice, clock) for voice in voices]
    return HearNews(clock, ears, shelf or Shelf(), Timetable())


def item(title="Bitcoin"):
    return Item(title, "", NOON)


async def test_what_is_said_is_filed_and_the_next_round_is_known(clock):
    shelf = Shelf()
    hear = rounds(
        clock, Voice("A", (item("One"), item(""))), Voice("B", (item("Two"),)), shelf=shelf
    )
    assert hear.rounds.state() is None
    await hear()
    assert [(fact.source, fact.title) for fact in shelf.filed] == [("A", "One"), ("B", "Two")]
    assert hear.rounds.state() == Round(NOON + FIVE, NOON, 2, 2)


@pytest.mark.parametrize("error", [Failed("HTTP 500"), Refused("file:"), RuntimeError("a bug")])
async def test_a_voice_that_breaks_harms_no_other_and_is_said_once(clock, caplog, error):
    caplog.set_level(logging.INFO, "bot.news.rounds")
    bad, good, shelf = Voice("Bad", error), Voice("Good", (item(),)), Shelf()
    hear = rounds(clock, bad, good, shelf=shelf)
    for _ in range(4):
        await hear()
        clock.advance(minutes=5)
    assert len(shelf.filed) == 4
    assert (bad.asked, good.asked) == (3, 4)
    assert hear.rounds.state().answered == 1
    if not isinstance(error, RuntimeError):
        assert caplog.text.count("no news from Bad") == 1
    bad.says = ()
    clock.advance(hours=1)
    await hear()
    assert "Bad is heard again" in caplog.text
    assert hear.rounds.state().answered == 2


async def test_what_one_voice_says_badly_keeps_nothing_of_the_others(clock):
    bad, good, shelf = Voice("Bad", (None,)), Voice("Good", (item(),)), Shelf()
    hear = rounds(clock, bad, good, shelf=shelf)
    await hear()
    assert [fact.source for fact in shelf.filed] == ["Good"]
    assert (bad.settled, good.settled) == (0, 1)
    assert hear.rounds.state().answered == 1


async def test_what_could_not_be_filed_is_not_taken_for_kept(clock):
    voice, shelf = Voice("A", (item(),)), Shelf(breaks=True)
    hear = rounds(clock, voice, shelf=shelf)
    with pytest.raises(DeskStorageError):
        await hear()
    assert voice.settled == 0

    shelf.breaks = False
    clock.advance(minutes=5)
    await hear()

    assert (len(shelf.filed), voice.settled) == (1, 1)


async def test_two_feeds_of_one_name_stand_each_for_itself(clock):
    hear = rounds(clock, Voice("a.b", Failed("HTTP 500")), Voice("a.b"))
    await hear()
    assert (hear.rounds.state().asked, hear.rounds.state().answered) == (2, 1)


async def test_a_source_that_asks_to_be_left_alone_is_left_alone(clock):
    voice = Voice("A", Failed("HTTP 429", timedelta(hours=2)))
    hear = rounds(clock, voice)
    await hear()
    clock.advance(minutes=119)
    await hear()
    assert voice.asked == 1
    clock.advance(minutes=1)
    await hear()
    assert voice.asked == 2


async def test_who_is_asked_seldom_is_not_asked_in_every_round(clock):
    seldom, often = Voice("S", every=timedelta(hours=1)), Voice("O")
    hear = rounds(clock, seldom, often)
    for _ in range(13):
        await hear()
        clock.advance(minutes=5)
    assert (seldom.asked, often.asked) == (2, 13)


async def test_a_database_that_fails_is_told_by_whoever_runs_the_job(clock):
    with pytest.raises(DeskStorageError):
        await rounds(clock, Voice("A", (item(),)), shelf=Shelf(breaks=True))()


def test_patience_grows_and_has_an_end():
    standing, pauses = Standing(), []
    for _ in range(12):
        standing = standing.failed(NOON, None)
        pauses.append(standing.again_at - NOON)
    assert pauses[:3] == [SHORTEST, 2 * SHORTEST, 4 * SHORTEST]
    assert pauses[-1] == LONGEST
    assert standing.heard(NOON, FIVE).failures == 0


async def test_an_index_that_is_away_is_said_once(caplog):
    mood, shelf = Mood(NOON, 25, MoodClass.FEAR), Shelf()
    answers = [Failed("HTTP 500"), Failed("HTTP 500"), (mood,), Failed("HTTP 500")]

    class Ask(AskMood):
        async def __call__(self):
            answer = answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer

    feel = FeelMoods(Ask(None), shelf)
    for _ in range(4):
        await feel()
    assert shelf.felt == [mood]
    assert caplog.text.count("no mood: HTTP 500") == 2
