"""Models in a backtest: asked within a budget, written down, replayed, and told apart from rules."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.backtest.allotment import Allotment
from bot.backtest.answers import known_answers, panel, read_answers, write_answers
from bot.backtest.command import main
from bot.backtest.histories import histories
from bot.backtest.options import BacktestAsked
from bot.backtest.question import scenario
from bot.backtest.recording import RecordAnswers, Stopped
from bot.backtest.room import Room
from bot.backtest.stretch import stretch
from bot.backtest.witnesses import Witness, batch, moments
from bot.errors import WrongQuestion
from bot.market.clock import SteppedClock
from bot.market.market import RecordedMarket
from bot.market.synthetic import synthetic
from bot.storage.codec import decode
from core.backtest.answers import sight
from core.backtest.record import Banner, Record
from core.domain.market import Timeframe, to_millis
from core.domain.model import Failure, Unsaid
from core.domain.people import Language
from core.domain.tuning import STANDARD
from core.prompt import FORECASTS
from core.voices.analyst import ModelAnalyst
from core.voices.consult import Consult
from core.voices.replaying import AskOnce, Recall, Replaying
from tests.bot.backtest.voices import COST, Reader, likes_everything, voice
from tests.core.prompt.answers import silent
from tests.model_fakes import MemoryMinutes, desk

BTC, ETH = "BTC/USDT:USDT", "ETH/USDT:USDT"
ASKED = BacktestAsked(symbols=(BTC, ETH), days=3)
LOOKS = 3 * 24


class Recording:
    """A stretch, who is asked about it, and what came of it."""

    def __init__(self, reader=None, budget="1000", asked=ASKED, cutoff=date(2025, 6, 1)) -> None:
        self.market = stretch(asked)
        self.reader = reader or Reader()
        self.purse = Allotment(Decimal(budget))
        self.minutes = MemoryMinutes()
        self.witness = Witness(voice(cutoff=cutoff))
        self.kept = []
        self.replayed = scenario(asked, self.market)

    def batches(self):
        closes = moments(self.market.histories, self.replayed)
        return (batch(close, STANDARD) for close in closes)

    def analyst(self):
        model = self.witness.voice.model
        consult = Consult(model, self.reader, desk(purse=self.purse, minutes=self.minutes))
        once = AskOnce(Recall(Replaying(model.provider, model.name, self.minutes)), consult)
        write = FORECASTS[self.witness.voice.kind]
        return ModelAnalyst(name=model.name, consult=once, write=write, language=Language.EN)

    def run(self, known=()):
        record = RecordAnswers(
            seats=[(self.witness, self.analyst())],
            purse=self.purse,
            keep=self.kept.extend,
            known=known,
        )
        return asyncio.run(record(self.batches()))


def recorded(**changes):
    recording = Recording(**changes)
    recording.run()
    return recording


def likes_only_one(name, features):
    return likes_everything(name, features) if name == "SYM_A" else silent(name)


def test_every_close_is_asked_once_and_each_answer_has_its_share_of_the_cost():
    done = recorded()

    assert len(done.reader.asked) == LOOKS
    assert len(done.kept) == 2 * LOOKS
    assert {answer.cost for answer in done.kept} == {COST / 2}
    assert done.purse.spent == LOOKS * COST


def test_having_no_view_is_an_answer_and_is_not_asked_for_again():
    done = recorded(reader=Reader(likes_only_one))

    assert len(done.kept) == 2 * LOOKS
    assert sum(answer.p_up is None for answer in done.kept) == LOOKS
    assert done.run({answer.key for answer in done.kept}) is None
    assert len(done.reader.asked) == LOOKS


def test_when_the_worst_could_not_be_paid_asking_ends_and_says_at_which_close():
    recording = Recording(budget="0.05")
    stopped = recording.run()

    assert stopped.failure is Failure.BUDGET
    assert 0 < len(recording.reader.asked) < LOOKS
    assert recording.purse.spent <= Decimal("0.05")
    assert stopped.at == max(a.as_of for a in recording.kept) + timedelta(hours=1)


def test_what_is_known_is_not_asked_and_the_rest_of_a_close_is():
    done = recorded()
    btc = {answer.key for answer in done.kept if answer.symbol == BTC}
    again = Recording()
    again.run(btc)

    assert {answer.symbol for answer in again.kept} == {ETH}
    assert [a.input for a in again.kept] == [a.input for a in done.kept if a.symbol == ETH]


def test_what_was_paid_for_and_then_lost_is_found_in_the_minutes():
    done = recorded()
    spent, done.kept = done.purse.spent, []
    done.run()

    assert len(done.kept) == 2 * LOOKS
    assert done.purse.spent == spent
    assert len(done.reader.asked) == LOOKS


@pytest.mark.parametrize("failure", [Failure.UNPAID, Failure.FORBIDDEN])
def test_a_provider_that_refuses_to_work_ends_the_asking(failure):
    recording = Recording(reader=Reader(instead=Unsaid(failure=failure)))

    assert recording.run() == Stopped(next(recording.batches())[0].question.as_of, failure)
    assert len(recording.reader.asked) == 1


def test_a_failure_is_not_an_answer():
    recording = Recording(reader=Reader(instead=Unsaid(failure=Failure.OVERLOADED)))
    stopped = recording.run()

    assert recording.kept == []
    assert stopped.failure is Failure.RESTING


def test_answers_survive_their_file_and_fit_the_market_they_were_given_to(tmp_path):
    done, path = recorded(), tmp_path / "answers.jsonl"

    assert known_answers(path) == ()
    assert write_answers(path, done.kept[:10]) == 10
    assert write_answers(path, done.kept[10:]) == 2 * LOOKS - 10
    assert read_answers(path) == tuple(done.kept) == known_answers(path)
    heard = panel(done.market.histories, done.kept, STANDARD)
    assert (heard.found, heard.missed) == (2 * LOOKS, 0)
    assert heard.cutoffs == {"openai|gpt-6.1-terra": date(2025, 6, 1)}
    assert heard.cost == LOOKS * COST
    assert set(heard.histories[BTC].voices) == {"gpt-6.1-terra"}


def test_a_line_that_was_never_finished_is_taken_out(tmp_path):
    done, path = recorded(), tmp_path / "answers.jsonl"
    write_answers(path, done.kept[:3])
    path.write_bytes(path.read_bytes()[:-20])

    assert known_answers(path) == tuple(done.kept[:2])
    write_answers(path, done.kept[2:3])
    assert read_answers(path) == tuple(done.kept[:3])


def test_answers_count_whichever_symbols_were_asked_about_with_them():
    alone = stretch(BacktestAsked(symbols=(BTC,), days=3))
    heard = panel(alone.histories, recorded().kept, STANDARD)

    assert (heard.found, heard.missed) == (LOOKS, 0)


def test_answers_to_another_market_are_refused():
    other = stretch(BacktestAsked(symbols=(BTC,), days=3, seed=8))

    with pytest.raises(WrongQuestion, match="none of the 144 recorded answers"):
        panel(other.histories, recorded().kept, STANDARD)


def test_a_line_that_is_no_answer_is_named(tmp_path):
    path = tmp_path / "answers.jsonl"
    write_answers(path, recorded().kept[:1])
    path.write_text(path.read_text() + "\n{}\n")

    with pytest.raises(WrongQuestion, match=r"line 3 is no recorded answer"):
        read_answers(path)


async def test_a_room_without_a_desk_asks_nobody():
    room, recording = Room(Language.EN, MemoryMinutes()), Recording()
    asked = next(recording.batches())
    views = await room.analyst(recording.witness.voice).views(
        [one.snapshot for one in asked], [one.question for one in asked]
    )

    assert {view.failure for view in views} == {"unrecorded"}


@pytest.mark.parametrize(
    ("cutoff", "banner"),
    [
        (date(2025, 6, 1), Banner.CLEAN),
        (date(2027, 1, 1), Banner.CONTAMINATED),
        (None, Banner.CONTAMINATED),
        (date(2025, 12, 7), Banner.MIXED),
    ],
)
def test_a_replay_says_what_its_models_could_have_known(tmp_path, capsys, cutoff, banner):
    path = tmp_path / "answers.jsonl"
    write_answers(path, recorded(cutoff=cutoff).kept)
    words = ["--symbols", "BTC,ETH", "--days", "3", "--models", "replay", "--answers", str(path)]

    assert main([*words, "--json"]) == 0
    told = decode(Record, capsys.readouterr().out)
    assert told.banner is banner
    assert [arm.name for arm in told.arms][:3] == ["arm.hold", "arm.rules", "arm.net"]
    assert told.figures.total - told.arms[2].total == pytest.approx(float(LOOKS * COST) / 10_000)


def test_a_backtest_shows_a_model_what_the_living_desk_would_have_shown():
    start = datetime(2026, 1, 5, tzinfo=UTC)
    recording = synthetic(3, (BTC,), Timeframe.H1, start, 3_400)
    history = histories(recording, (BTC,), Timeframe.H1)[BTC]
    for hours in (60, 3_000, 3_321):
        moment = start + timedelta(hours=hours)
        market = RecordedMarket(recording, SteppedClock(moment))
        (lived,) = asyncio.run(market.snapshots((BTC,), Timeframe.H1))

        assert to_millis(sight(history, hours - 1).as_of) == to_millis(moment)
        assert sight(history, hours - 1).hash == lived.hash
