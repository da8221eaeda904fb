"""Outcomes are looked up once, as soon as they can be, and never guessed."""

from datetime import timedelta

import pytest

from core.domain.market import Timeframe
from core.domain.opinion import Abstention, Opinion, Silence, Trust
from core.domain.trading import Side
from core.scoring.resolving import AT_ONCE, ResolveOutcomes
from tests.builders import NOON, SYMBOL, decision, opinion, question
from tests.core.scoring.memory_scores import MemoryScores
from tests.fakes import FakeClock, FakeMarket, MemoryLedger, frame

DAY = timedelta(days=1)
MINUTES = 24 * 60


class PagedTape:
    """At most so many bars at once, as a venue gives them; some may be missing."""

    def __init__(self, market, most=200):
        self.market = market
        self.most = most
        self.missing = set()
        self.asked = []

    async def bars(self, symbol, after, until):
        self.asked.append((after, until))
        bars = await self.market.bars(symbol, after, until)
        return [bar for bar in bars if bar.close_time not in self.missing][: self.most]


class Scene:
    """A day of minutes after noon: BTC rises by 3 % in a straight line."""

    def __init__(self):
        closes = [64_000 * (1 + 0.03 * n / MINUTES) for n in range(MINUTES + 1)]
        self.clock = FakeClock(NOON + DAY)
        rising = frame(closes, Timeframe.M1, end=NOON + DAY)
        self.market = FakeMarket(self.clock, {SYMBOL: rising})
        self.tape = PagedTape(self.market)
        self.ledger = MemoryLedger()
        self.scores = MemoryScores(self.ledger)
        self.resolve = ResolveOutcomes(self.clock, self.tape, self.scores)

    async def record(self):
        return await self.scores.record(NOON - DAY, NOON + 9 * DAY)


@pytest.fixture
def scene():
    return Scene()


async def test_nothing_is_resolved_before_its_horizon(scene):
    await scene.ledger.commit(decision())
    scene.clock.moment = NOON + DAY - timedelta(minutes=1)

    assert await scene.resolve() == 0
    assert scene.tape.asked == []


async def test_a_rising_day_reaches_a_longs_target_and_a_shorts_stop(scene):
    await scene.ledger.commit(decision())

    assert await scene.resolve() == 1

    answer = await scene.scores.resolution("d1")
    assert (answer.up, answer.at, answer.ended) == (1.0, NOON + DAY, pytest.approx(65_920))
    assert answer.target_first == {Side.BUY: 1.0, Side.SELL: 0.0}


async def test_it_reads_in_strides_and_pages_and_each_minute_once(scene):
    await scene.ledger.commit(decision())
    await scene.resolve()

    starts = [after for after, _ in scene.tape.asked]
    assert starts == sorted(set(starts))
    assert all(until - after <= timedelta(hours=16) for after, until in scene.tape.asked)


async def test_a_second_run_has_nothing_to_do(scene):
    await scene.ledger.commit(decision())
    await scene.resolve()
    asked = len(scene.tape.asked)

    assert await scene.resolve() == 0
    assert len(scene.tape.asked) == asked


async def test_every_opinion_is_scored_and_silence_is_not(scene):
    gpt = opinion(
        analyst="gpt-6.1-terra", p_up=0.7, p_target_first={Side.BUY: 0.5, Side.SELL: 0.2}
    )
    await scene.ledger.commit(
        decision(
            views=(opinion(), gpt, Abstention("breakout", SYMBOL, Silence.NO_SETUP)),
            trusts={"trend": Trust(weight=0.4), "gpt-6.1-terra": Trust(weight=0.6, up=(0.0, 0.0))},
        )
    )
    await scene.resolve()

    record = await scene.record()

    assert record.voices == ("gpt-6.1-terra", "trend")
    assert record.stated.tolist() == [[0.7, 0.5, 0.2], [0.56, 0.44, 0.31]]
    assert record.outcome.tolist() == [[1.0, 1.0, 0.0]] * 2
    assert record.believed[0, 0] == pytest.approx(0.5)
    assert record.believed[1].tolist() == [0.56, 0.44, 0.31]
    assert record.weight.tolist() == [0.6, 0.4]
    assert record.chance[0].tolist() == pytest.approx([0.5, 0.3548, 0.3548], abs=1e-4)


async def test_before_trust_was_written_down_models_count_as_unproven_and_rules_as_stated(scene):
    views = (opinion(), opinion(analyst="gpt", p_up=0.7))
    assert all(isinstance(view, Opinion) for view in views)
    await scene.ledger.commit(decision(views=views))
    await scene.resolve()

    record = await scene.record()

    assert record.believed[record.of("trend")][0, 0] == 0.56
    assert record.believed[record.of("gpt")][0, 0] == pytest.approx(0.563, abs=1e-3)


async def test_a_missing_minute_is_waited_for(scene):
    await scene.ledger.commit(decision())
    scene.tape.missing = {NOON + timedelta(hours=3)}

    assert await scene.resolve() == 0
    assert await scene.resolve() == 0

    scene.tape.missing = set()
    scene.clock.advance(minutes=6)
    assert await scene.resolve() == 1


async def test_after_a_day_it_is_given_up_and_never_guessed(scene):
    await scene.ledger.commit(decision())
    scene.tape.missing = {NOON + DAY}
    await scene.resolve()
    scene.clock.advance(days=1)

    await scene.resolve()

    assert (await scene.scores.waiting()).given_up == 1
    assert await scene.scores.resolution("d1") is None
    assert len(await scene.record()) == 0


async def test_after_a_long_sleep_a_first_silence_gives_nothing_up(scene):
    await scene.ledger.commit(decision())
    scene.clock.advance(days=2)
    scene.tape.missing = {NOON + DAY}
    assert await scene.resolve() == 0

    scene.tape.missing = set()
    scene.clock.advance(minutes=6)
    assert await scene.resolve() == 1


async def test_a_symbol_that_is_gone_holds_up_nobody(scene):
    gone = question(symbol="LUNA/USDT:USDT")
    await scene.ledger.commit(
        decision(id="d0", symbol="LUNA/USDT:USDT", question=gone), decision()
    )

    assert await scene.resolve() == 1
    assert await scene.scores.resolution("d1") is not None


async def test_a_symbol_that_breaks_the_reading_waits_its_turn(scene):
    class BreaksOnce:
        tried = False

        async def bars(self, symbol, after, until):
            if not self.tried:
                self.tried = True
                raise ConnectionError
            return await scene.market.bars(symbol, after, until)

    resolve = ResolveOutcomes(scene.clock, BreaksOnce(), scene.scores)
    await scene.ledger.commit(decision(), decision(id="d2"))

    with pytest.raises(ConnectionError):
        await resolve()

    assert await resolve() == 1
    assert await scene.scores.resolution("d2") is not None


async def test_a_long_sleep_is_caught_up_in_portions(scene):
    await scene.ledger.commit(*(decision(id=f"d{n:02}") for n in range(AT_ONCE + 3)))

    assert [await scene.resolve() for _ in range(3)] == [AT_ONCE, 3, 0]
