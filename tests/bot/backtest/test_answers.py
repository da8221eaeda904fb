"""Models in a backtest: asked within a budget, written down, replayed, and told apart from rules."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.backtest.answers import panel, read_answers, write_answers
from bot.backtest.command import main
from bot.backtest.histories import histories
from bot.backtest.options import BacktestAsked
from bot.backtest.question import scenario
from bot.backtest.recording import Estimate, Model, estimate, record
from bot.backtest.stretch import stretch
from bot.errors import WrongQuestion
from bot.market.clock import SteppedClock
from bot.market.market import RecordedMarket
from bot.market.synthetic import synthetic
from bot.storage.codec import decode
from core.backtest.answers import sight
from core.backtest.record import Banner, Record
from core.domain.market import Timeframe, to_millis
from core.domain.opinion import Abstention, Opinion, Silence
from core.domain.trading import Side
from core.domain.tuning import STANDARD

BTC, ETH = "BTC/USDT:USDT", "ETH/USDT:USDT"
ASKED = BacktestAsked(symbols=(BTC, ETH), days=3)
LOOKS = 3 * 24
UP = {Side.BUY: 0.7, Side.SELL: 0.2}


@dataclass
class Bull:
    """A model that likes everything but Ether, and remembers how often it was asked."""

    name: str = "bull"
    asked: list[int] = field(default_factory=list)

    async def views(self, snapshots, questions):
        self.asked.append(len(questions))
        return tuple(self._view(question) for question in questions)

    def _view(self, question):
        if question.symbol == ETH:
            return Abstention(self.name, question.symbol, Silence.NO_ANSWER)
        return Opinion(analyst=self.name, symbol=question.symbol, p_up=0.7, p_target_first=UP)


def model(cutoff=date(2025, 6, 1), price="0.01"):
    return Model(
        analyst=Bull(), model="test|bull-1", prompt="1", schema="1",
        cutoff=cutoff, price=Decimal(price),
    )  # fmt: skip


def recorded(budget="1000", **changes):
    market, bull, kept = stretch(ASKED), model(**changes), []
    replayed = scenario(ASKED, market)
    spent = asyncio.run(record([bull], market.histories, replayed, Decimal(budget), kept.extend))
    return market, bull, kept, spent


def test_what_it_would_cost_is_known_before_anybody_is_asked():
    market, bull = stretch(ASKED), model()

    assert estimate([bull, bull], market.histories, scenario(ASKED, market)) == Estimate(
        2 * 2 * LOOKS, Decimal("2.88")
    )
    assert bull.analyst.asked == []


def test_every_close_is_asked_once_and_only_opinions_are_kept():
    _, bull, kept, spent = recorded()

    assert bull.analyst.asked == [2] * LOOKS
    assert spent == Decimal("1.44")
    assert len(kept) == LOOKS
    assert {answer.symbol for answer in kept} == {BTC}


def test_a_budget_is_never_overdrawn():
    _, bull, kept, spent = recorded(budget="0.05")

    assert (len(bull.analyst.asked), len(kept)) == (2, 2)
    assert spent == Decimal("0.04")


def test_answers_survive_their_file_and_fit_the_market_they_were_given_to(tmp_path):
    market, _, kept, _ = recorded()
    path = tmp_path / "answers.jsonl"

    assert write_answers(path, kept[:10]) == 10
    assert write_answers(path, kept[10:]) == LOOKS - 10
    assert read_answers(path) == tuple(kept)
    heard = panel(market.histories, kept, STANDARD)
    assert (heard.found, heard.missed) == (LOOKS, 0)
    assert heard.cutoffs == {"test|bull-1": date(2025, 6, 1)}
    assert set(heard.histories[BTC].voices) == {"bull"}
    assert heard.histories[ETH].voices == {}


def test_answers_to_another_market_are_refused():
    _, _, kept, _ = recorded()
    other = stretch(BacktestAsked(symbols=(BTC,), days=3, seed=8))

    with pytest.raises(WrongQuestion, match="none of the 72 recorded answers"):
        panel(other.histories, kept, STANDARD)


def test_a_line_that_is_no_answer_is_named(tmp_path):
    path = tmp_path / "answers.jsonl"
    write_answers(path, recorded()[2][:1])
    path.write_text(path.read_text() + "\n{}\n")

    with pytest.raises(WrongQuestion, match=r"line 3 is no recorded answer"):
        read_answers(path)


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
    write_answers(path, recorded(cutoff=cutoff)[2])
    words = ["--symbols", "BTC,ETH", "--days", "3", "--models", "replay", "--answers", str(path)]

    assert main([*words, "--json"]) == 0
    told = decode(Record, capsys.readouterr().out)
    assert told.banner is banner
    assert [arm.name for arm in told.arms][:2] == ["arm.hold", "arm.rules"]


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
