"""Recorded answers count for the question they were given to, and for no other."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest

from core.backtest.answers import Answer, hear, sight
from core.backtest.edges import Learnt, decide_columns
from core.backtest.history import Funding, SymbolHistory
from core.backtest.scenario import Scenario
from core.committee.merging import VERDICTS
from core.committee.question import question
from core.domain.market import from_millis
from core.domain.opinion import Verdict
from core.domain.trading import Side
from core.domain.tuning import STANDARD, Tuning
from core.indicators import indicators
from core.prompt import input_of
from tests.builders import INSTRUMENT, SYMBOL, settings
from tests.core.rules.markets import wandering

NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)
FRAME = wandering(5, 600, NOON)
STAMPS = FRAME.time[::8] + FRAME.timeframe.milliseconds
HISTORY = SymbolHistory(
    instrument=INSTRUMENT,
    frame=FRAME,
    tape=FRAME,
    funding=Funding(STAMPS, np.full(len(STAMPS), 0.0001)),
)
SURE = {Side.BUY: 0.9, Side.SELL: 0.1}


def answer(row, history=HISTORY, **changes) -> Answer:
    seen = sight(history, row)
    asked = question(seen, indicators(seen.frame), STANDARD)
    given = Answer(
        voice="gpt",
        model="openai|gpt-5.2",
        prompt="3",
        schema="1",
        sample=0,
        input=input_of(seen, asked),
        symbol=SYMBOL,
        as_of=seen.as_of,
        p_up=0.8,
        p_target_first=SURE,
        cutoff=date(2023, 10, 1),
    )
    return replace(given, **changes)


def test_an_answer_stands_at_its_candle_and_the_others_are_silent():
    heard = hear(HISTORY, [answer(500)], STANDARD)
    column = heard.history.voices["gpt"]

    assert (heard.found, heard.missed) == (1, 0)
    assert column.p_up[500] == 0.8
    assert column.p_target_first[Side.BUY][500] == 0.9
    assert np.flatnonzero(~np.isnan(column.p_up)).tolist() == [500]
    assert heard.cutoffs == {"openai|gpt-5.2": date(2023, 10, 1)}


def test_an_answer_to_other_candles_is_a_miss():
    other = replace(HISTORY, frame=wandering(6, 600, NOON))
    heard = hear(HISTORY, [answer(500, other)], STANDARD)

    assert (heard.found, heard.missed) == (0, 1)
    assert heard.history.voices == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"as_of": NOON + timedelta(hours=1)},
        {"as_of": NOON - timedelta(minutes=30)},
        {"as_of": datetime(2019, 1, 1, tzinfo=UTC)},
        {"input": "0123456789abcdef"},
    ],
    ids=["later than the record", "between two closes", "before the record", "another input"],
)
def test_whatever_does_not_fit_is_a_miss(changes):
    assert hear(HISTORY, [answer(500, **changes)], STANDARD).missed == 1


def test_before_there_is_an_atr_nothing_can_have_been_asked():
    early = from_millis(int(FRAME.time[5])) + timedelta(hours=1)

    assert hear(HISTORY, [answer(500, as_of=early)], STANDARD).missed == 1


def test_another_tuning_asks_another_question():
    assert hear(HISTORY, [answer(500)], Tuning(stop_in_atr=3.0)).missed == 1
    assert hear(HISTORY, [answer(500)], Tuning(horizon=24)).missed == 1


def test_an_answer_about_another_symbol_is_somebody_else_s():
    heard = hear(HISTORY, [answer(500, symbol="ETH/USDT:USDT")], STANDARD)

    assert (heard.found, heard.missed) == (0, 0)


def test_of_several_samples_the_first_one_counts():
    answers = [answer(500, sample=1, p_up=0.2), answer(500, sample=0, p_up=0.7)]

    assert hear(HISTORY, answers, STANDARD).history.voices["gpt"].p_up[500] == 0.7


def test_the_rate_that_was_known_is_part_of_what_was_asked():
    dearer = replace(HISTORY, funding=Funding(STAMPS, np.full(len(STAMPS), 0.0003)))

    assert hear(dearer, [answer(500)], STANDARD).missed == 1
    assert str(sight(HISTORY, 500).funding.rate) == "0.0001"


@pytest.mark.parametrize(("first", "last", "row"), [(0, 3, 500), (60, 75, 20)])
def test_where_the_rates_are_not_known_none_is_shown(first, last, row):
    some = Funding(STAMPS[first:last], np.full(last - first, 0.0001))

    assert sight(replace(HISTORY, funding=some), row).funding is None


def test_a_model_that_speaks_is_one_voice_among_the_rules_and_is_believed_only_in_part():
    tuning = Tuning(quorum=1, voices=("crossing",))
    account = settings(symbols=(SYMBOL,), timeframe=FRAME.timeframe, tuning=tuning)
    scenario = Scenario(
        start=from_millis(int(FRAME.time[400])),
        end=NOON,
        equity=INSTRUMENT.min_notional,
        settings=account,
    )
    seen = sight(HISTORY, 500)
    asked = question(seen, indicators(seen.frame), tuning)
    heard = hear(HISTORY, [answer(500, input=input_of(seen, asked))], tuning).history
    made = decide_columns(Learnt(heard, tuning), scenario)

    place = made.rows.tolist().index(500)
    assert made.panel.names == ("crossing", "gpt")
    assert made.merged.p_up[place] == pytest.approx(0.602, abs=0.001)  # 0.3 of the log-odds of 0.8
    assert made.merged.p_target_first[place] < 0.9


@pytest.mark.parametrize("odd", [{"p_up": 1.2}, {"p_target_first": {Side.BUY: 0.5}}])
def test_an_answer_that_is_no_probability_is_refused(odd):
    with pytest.raises(ValueError, match=r"probability|both sides"):
        answer(500, **odd)


def test_an_answer_is_found_again_by_model_prompt_schema_input_and_sample():
    given = answer(500, sample=2)

    assert given.key == f"openai|gpt-5.2|3|1|{given.input}|2"


def test_an_answer_without_a_view_is_found_and_stays_silent():
    heard = hear(HISTORY, [answer(500, p_up=None, p_target_first={})], STANDARD)

    assert (heard.found, heard.missed) == (1, 0)
    assert np.isnan(heard.history.voices["gpt"].p_up).all()


def test_only_models_that_were_heard_could_have_known_and_cost_something():
    strange = answer(500, model="openai|gpt-9", input="0123456789abcdef", cost=Decimal(7))
    heard = hear(HISTORY, [answer(500, cost=Decimal("0.02")), strange], STANDARD)

    assert set(heard.cutoffs) == {"openai|gpt-5.2"}
    assert heard.cost == Decimal("0.02")


@pytest.mark.parametrize(("main", "decided"), [("gpt", True), ("", False), ("claude", False)])
def test_where_the_main_voice_speaks_nobody_else_is_needed(main, decided):
    tuning = Tuning(quorum=3, voices=("trend",))
    account = settings(symbols=(SYMBOL,), timeframe=FRAME.timeframe, tuning=tuning)
    scenario = Scenario(
        start=from_millis(int(FRAME.time[400])),
        end=NOON,
        equity=INSTRUMENT.min_notional,
        settings=account,
    )
    heard = replace(hear(HISTORY, [answer(500)], STANDARD).history, main=main)
    made = decide_columns(Learnt(heard, tuning), scenario)

    assert made.rows.tolist() == ([500] if decided else [])
    assert not (made.merged.verdict == VERDICTS.index(Verdict.NO_QUORUM)).any()
