"""What a desk's models said while it lived is heard again in a backtest, and nobody is called."""

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.backtest.command import main
from bot.backtest.options import BacktestAsked
from bot.backtest.question import scenario
from bot.backtest.room import opened
from bot.backtest.stretch import stretch
from bot.backtest.witnesses import Witness, batch, moments
from bot.errors import WrongQuestion
from bot.settings import DATABASE_FILE
from bot.storage.calls import SqlPurse
from bot.storage.codec import decode
from bot.storage.minutes import SqlMinutes
from bot.storage.sights import SqlSights
from core.backtest.record import Banner, Record
from core.committee.question import question
from core.domain.derivatives import Derivatives
from core.domain.people import Language
from core.domain.tuning import STANDARD
from core.indicators import indicators
from core.prompt import FORECASTS
from core.spending.caps import Caps
from core.voices.analyst import ModelAnalyst
from core.voices.consult import Consult
from tests.bot.backtest.voices import COST, Reader, voice
from tests.fakes import FakeClock
from tests.model_fakes import FakeAllowance, desk

SHORT = ("--symbols", "BTC,ETH", "--days", "2", "--language", "en")
LEDGER = ("--models", "replay", "--answers", "ledger", "--json")
ASKED = BacktestAsked(symbols=("BTC/USDT:USDT", "ETH/USDT:USDT"), days=2)
CLOSES = 48
RICH = Caps(month=Decimal(1_000), day=Decimal(1_000))


@dataclass(frozen=True)
class Life:
    """How a desk lived: what it saw beside candles, how late it asked, in which language."""

    lives: bool = False
    late: timedelta = timedelta(0)
    language: Language = Language.KO
    aliased: bool = True

    async def __call__(self, folder):
        market = stretch(ASKED)
        async with opened(f"sqlite+aiosqlite:///{folder / DATABASE_FILE}") as database:
            analyst = self._analyst(database)
            for moment in moments(market.histories, scenario(ASKED, market)):
                seen = [self._seen(one.snapshot) for one in batch(moment, STANDARD)]
                if self.lives:
                    await SqlSights(database).keep(seen)
                asked = [question(one, indicators(one.frame), STANDARD) for one in seen]
                await analyst.views(seen, asked)

    def _seen(self, snapshot):
        """A living desk sees fewer candles, and knows of derivatives."""
        moment = snapshot.as_of + self.late
        if not self.lives:
            return replace(snapshot, as_of=moment)
        told = Derivatives(time=moment, mark=Decimal(64_000), open_interest_day=0.02)
        frame = snapshot.frame.rows(len(snapshot.frame) - 900, len(snapshot.frame))
        return replace(snapshot, as_of=moment, frame=frame, derivatives=told)

    def _analyst(self, database):
        model = voice().model
        numbers = iter(range(10_000))
        room = desk(
            purse=SqlPurse(database, FakeAllowance(RICH)),
            minutes=SqlMinutes(database),
            clock=FakeClock(),
            new_id=lambda: f"c{next(numbers):05}",
        )
        return ModelAnalyst(
            name=model.name,
            consult=Consult(model, Reader(), room),
            write=FORECASTS[voice().kind],
            language=self.language,
            aliased=self.aliased,
        )


@pytest.fixture(autouse=True)
def alone(monkeypatch, tmp_path):
    """A folder with no keys, and a machine with no lines."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    for name in ("OPENAI", "ANTHROPIC", "PERPLEXITY"):
        monkeypatch.delenv(f"{name}_API_KEY", raising=False)
    monkeypatch.setattr("socket.socket.connect", _no_line)


def _no_line(*_):
    raise AssertionError("a replay called out")


@pytest.mark.parametrize(
    "life",
    [
        Life(),
        Life(lives=True),
        Life(lives=True, late=timedelta(seconds=9), language=Language.EN),
        Life(aliased=False),
    ],
    ids=["over a record", "on a live market", "some seconds later", "by the coins' own names"],
)
def test_what_was_said_then_is_heard_now(life, tmp_path, capsys):
    asyncio.run(life(tmp_path))

    assert main([*SHORT, *LEDGER]) == 0
    record = decode(Record, capsys.readouterr().out.strip())
    assert [arm.name for arm in record.arms][:3] == ["arm.hold", "arm.rules", "arm.net"]
    net = record.figures.total - record.arms[2].total
    assert net == pytest.approx(float(CLOSES * COST) / 10_000)
    assert record.banner is Banner.CONTAMINATED


def test_an_answer_long_after_the_close_knew_too_much(tmp_path):
    asyncio.run(Life(late=timedelta(minutes=20))(tmp_path))

    with pytest.raises(WrongQuestion, match="there are no answers"):
        main([*SHORT, *LEDGER])


def test_another_market_was_never_asked_about(tmp_path):
    asyncio.run(Life()(tmp_path))

    with pytest.raises(WrongQuestion, match="there are no answers"):
        main([*SHORT, *LEDGER, "--seed", "8"])


def test_without_a_ledger_there_is_nothing_to_hear(tmp_path):
    with pytest.raises(WrongQuestion, match="--answers ledger: there is none in"):
        main([*SHORT, *LEDGER])


def test_other_names_are_another_wording():
    assert Witness(voice()).prompt != Witness(voice(), aliased=False).prompt
