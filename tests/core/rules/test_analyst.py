"""A rule as an analyst: when it is silent, what it says, and how little it computes twice."""

from dataclasses import replace

import numpy as np
import pytest

from core.domain.market import Origin
from core.domain.opinion import Abstention, Opinion, Silence
from core.domain.snapshot import MarketSnapshot
from core.domain.trading import Side
from core.domain.tuning import STANDARD, Tuning
from core.rules import RULES, voices
from core.rules.analyst import RuleAnalyst, Studies, rule_analysts
from core.rules.rule import Rule, by_conviction, from_precedents, shortest_history, study
from core.rules.setups import trend
from tests.builders import INSTRUMENT, NOON, SYMBOL, question
from tests.core.rules.markets import wandering
from tests.fakes import frame

WHOLE = wandering(3, 600)
SHORTEST_HISTORY = shortest_history(STANDARD)


def seen(whole):
    return MarketSnapshot(INSTRUMENT, NOON, whole, Origin.RECORDED)


def rule(*setups):
    """An analyst whose setup is always the same; the last number goes on to the end."""

    def always(whole, _columns, _tuning):
        padded = [*setups, *[setups[-1]] * len(whole)][: len(whole)]
        return np.array(padded, dtype=np.int8)

    return RuleAnalyst(Rule("rule", always), Studies())


async def view_of(analyst, whole):
    (view,) = await analyst.views([seen(whole)], [question()])
    return view


@pytest.mark.parametrize(
    ("analyst", "rows", "reason"),
    [
        (rule(1), SHORTEST_HISTORY - 1, Silence.SHORT_HISTORY),
        (rule(0), SHORTEST_HISTORY, Silence.NO_SETUP),
        (rule(*[0] * (SHORTEST_HISTORY - 9), 1), SHORTEST_HISTORY, Silence.FEW_PRECEDENTS),
    ],
    ids=lambda given: given.value if isinstance(given, Silence) else "",
)
async def test_a_rule_says_why_it_is_silent(analyst, rows, reason):
    assert await view_of(analyst, WHOLE.rows(0, rows)) == Abstention("rule", SYMBOL, reason)


async def test_a_rule_that_sees_no_setup_looks_for_none_in_the_past():
    looked = []

    def remembered(setups, learnt):
        looked.append(int(setups[-1]))
        return by_conviction(setups, learnt)

    for setup in (0, 1):
        always = rule(setup).rule
        await view_of(RuleAnalyst(replace(always, answers=remembered), Studies()), WHOLE)

    assert looked == [1]


@pytest.mark.parametrize("setup", [1, -1])
async def test_a_rule_answers_with_what_followed_its_setup(setup):
    view = await view_of(rule(setup), WHOLE)
    learnt = study(WHOLE, STANDARD)
    columns = from_precedents(np.full(600, setup, dtype=np.int8), learnt)

    assert isinstance(view, Opinion)
    assert (view.analyst, view.symbol) == ("rule", SYMBOL)
    assert view.p_up == columns.p_up[-1]
    assert view.p_target_first == {side: columns.p_target_first[side][-1] for side in Side}
    assert view.effective_n == columns.effective_n[-1] == 2 * (600 - 48) / 48


async def test_the_evidence_is_what_a_person_would_look_at_first():
    view = await view_of(rule(-1), WHOLE)
    columns = study(WHOLE, STANDARD).columns
    evidence = {one.code: one.value for one in view.evidence}

    gap = columns.ema_fast[-1] - columns.ema_slow[-1]
    assert list(evidence) == ["setup", "trend", "rsi", "adx", "atr"]
    assert evidence["setup"] == -1
    assert evidence["trend"] == gap / columns.atr[-1]
    assert (evidence["rsi"], evidence["adx"]) == (columns.rsi[-1], columns.adx[-1])
    assert evidence["atr"] == columns.atr[-1] / WHOLE.close[-1]


async def test_a_market_that_stands_still_gives_evidence_in_numbers():
    view = await view_of(rule(1), frame([100.0] * 200))

    assert isinstance(view, Opinion)
    assert all(np.isfinite(one.value) for one in view.evidence)


def test_a_rule_speaks_from_four_precedents_on():
    columns = from_precedents(np.ones(600, dtype=np.int8), study(WHOLE, STANDARD))
    speaks = ~np.isnan(columns.p_up)

    assert (columns.effective_n[speaks] >= 4).all()
    assert (columns.effective_n[~speaks] < 4).all()
    for answers in columns.p_target_first.values():
        assert np.array_equal(np.isnan(answers), ~speaks)


def test_a_rule_that_sees_nothing_says_nothing_however_much_it_knows():
    setups = np.ones(600, dtype=np.int8)
    setups[-1] = 0
    columns = from_precedents(setups, study(WHOLE, STANDARD))

    assert np.isnan(columns.p_up[-1])
    assert not np.isnan(columns.p_up[-2])


async def test_one_view_per_question_in_their_order():
    analyst = rule(1)
    asked = [question(symbol="A"), question(symbol="B")]
    views = await analyst.views([seen(WHOLE), seen(WHOLE.rows(0, 9))], asked)

    assert [view.symbol for view in views] == ["A", "B"]
    assert [type(view) for view in views] == [Opinion, Abstention]


class TestStudies:
    async def test_rules_share_what_they_have_computed(self):
        analysts = rule_analysts()
        for analyst in analysts:
            await analyst.views([seen(WHOLE)], [question()])

        assert [analyst.name for analyst in analysts] == list(RULES)
        assert {id(analyst.studies) for analyst in analysts} == {id(analysts[0].studies)}
        assert list(analysts[0].studies.kept) == [(seen(WHOLE).hash, STANDARD)]

    def test_the_same_sight_is_studied_once(self):
        studies = Studies()

        assert studies.of(seen(WHOLE), STANDARD) is studies.of(seen(WHOLE), STANDARD)

    def test_the_oldest_study_is_forgotten_first(self):
        studies = Studies(most=2)
        sights = [seen(WHOLE.rows(0, 200 + n)) for n in range(3)]
        for sight in sights:
            studies.of(sight, STANDARD)

        assert [key for key, _ in studies.kept] == [sights[1].hash, sights[2].hash]

    def test_another_tuning_is_another_study(self):
        studies = Studies()
        wide = studies.of(seen(WHOLE), Tuning(stop_in_atr=3.0))

        assert wide is not studies.of(seen(WHOLE), STANDARD)

    def test_two_desks_share_nothing(self):
        first, second = rule_analysts()[0], rule_analysts()[0]

        assert first.rule.setup is second.rule.setup is trend
        assert first.studies is not second.studies


def test_a_tuning_says_who_speaks_and_in_which_order():
    spoken = voices(Tuning(voices=("breakout", "trend")))

    assert [rule.name for rule in spoken] == ["breakout", "trend"]
    assert "crossing" not in STANDARD.voices


def test_a_signal_that_is_believed_by_fiat_states_the_same_conviction_each_time():
    columns = by_conviction(np.array([1, -1, 0], dtype=np.int8), study(WHOLE, STANDARD))

    assert columns.p_up[:2].tolist() == [0.6, 0.4]
    assert columns.p_target_first[Side.SELL][:2].tolist() == [0.4, 0.6]
    assert np.isnan(columns.p_up[2])
