"""With a model among the voices a row of a backtest is what the living desk decides at that close."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count

import pytest

from bot.analysts.models_file import load_catalogue
from bot.backtest.answers import panel
from bot.backtest.histories import histories
from bot.backtest.room import Room
from bot.backtest.witnesses import Witness, batch
from bot.market.clock import SteppedClock
from bot.market.market import RecordedMarket
from bot.market.synthetic import synthetic
from core.backtest.edges import Learnt, decide_columns
from core.backtest.scenario import Scenario
from core.committee.merging import SIDES, VERDICTS, Rules
from core.domain.market import Timeframe
from core.domain.people import Language
from core.domain.tuning import STANDARD
from core.engine import FormDecisions
from core.owner import opening_settings
from core.prompt import FORECASTS
from core.rules.analyst import rule_analysts
from core.scoring.believing import Believe
from core.voices.analyst import ModelAnalyst
from core.voices.consult import Consult
from tests.bot.backtest.voices import Reader, sides, voice
from tests.core.domain.memory_ledger import MemoryLedger
from tests.core.scoring.memory_scores import MemoryScores
from tests.model_fakes import MemoryMinutes, desk

BTC = "BTC/USDT:USDT"
START = datetime(2026, 2, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
ROWS = (300, 347, 401, 480, 533, 590)
RECORDING = synthetic(5, (BTC,), Timeframe.H1, START, 600)
HISTORY = histories(RECORDING, (BTC,), Timeframe.H1)[BTC]
WITNESS = Witness(voice())


def follows(name, features):
    return sides(name, 0.75 if features["ret_24"] > 0 else 0.3)


@dataclass
class OnDuty:
    """One model, always."""

    analyst: ModelAnalyst
    main: str = ""

    async def on_duty(self, snapshots, questions, *, wanted):
        return (self.analyst,)


def asking(minutes):
    consult = Consult(WITNESS.voice.model, Reader(follows), desk(minutes=minutes))
    write = FORECASTS[WITNESS.voice.kind]
    return ModelAnalyst(
        name=WITNESS.voice.name, consult=consult, write=write, language=Language.EN
    )


async def lived(row, analyst, main):
    names, ledger = count(1), MemoryLedger()
    form = FormDecisions(
        RecordedMarket(RECORDING, SteppedClock(START + (row + 1) * HOUR)),
        rule_analysts(),
        ledger,
        Rules(),
        Decimal("0.0002"),
        lambda: f"{next(names)}",
        models=OnDuty(analyst, main),
        belief=Believe(MemoryScores(ledger)),
    )
    (decision,) = await form((BTC,), Timeframe.H1)
    return decision


async def answered(minutes):
    """What the minutes hold about each of the rows, as answers."""
    answers = []
    for row in ROWS:
        (asked,) = batch([(HISTORY, row)], STANDARD)
        analyst = Room(Language.EN, minutes).analyst(WITNESS.voice)
        (view,) = await analyst.views([asked.snapshot], [asked.question])
        answers.append(WITNESS.answer(asked, view))
    return answers


def columns(answers, main):
    heard = panel({BTC: HISTORY}, answers, STANDARD, main).histories[BTC]
    settings = opening_settings((BTC,), Timeframe.H1)
    end = START + 600 * HOUR
    scenario = Scenario(start=START, end=end, equity=Decimal(10_000), settings=settings)
    return decide_columns(Learnt(heard, STANDARD), scenario)


@pytest.mark.parametrize("main", [WITNESS.voice.name, ""], ids=["main", "one of many"])
def test_a_row_is_the_decision_of_its_close(main):
    minutes = MemoryMinutes()
    analyst = asking(minutes)
    decisions = {row: asyncio.run(lived(row, analyst, main)) for row in ROWS}
    made = columns(asyncio.run(answered(minutes)), main)
    places = {row: place for place, row in enumerate(made.rows.tolist())}

    assert places.keys() >= set(ROWS) if main else places.keys() & set(ROWS)
    for row in places.keys() & set(ROWS):
        place, decision = places[row], decisions[row]
        merged, best = made.merged, decision.best
        assert VERDICTS[merged.verdict[place]] is decision.verdict
        assert SIDES[merged.side[place]] is best.side
        told = [merged.p_up, merged.p_target_first, merged.expected, merged.confidence]
        known = [decision.p_up, best.p_target_first, best.expected, decision.confidence]
        assert [column[place] for column in told] == pytest.approx(known, abs=1e-12)


def test_the_shipped_profile_says_whose_word_is_enough():
    assert load_catalogue().profile("balanced").main == WITNESS.voice.name
