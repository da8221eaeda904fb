"""What the committee makes of its voices, in numbers worked out by hand."""

import pytest

from core.committee.consensus import Case, decide, decide_all
from core.committee.merging import Burden, Rules
from core.domain.opinion import Decision, Trust, Verdict
from core.domain.trading import Side
from tests.core.committee.voices import DEAR, FREE, SILENT, asked, voice

NO_RULES = Rules()


def decided(*views, burden=FREE, rules=NO_RULES, question=None) -> Decision:
    return decide("d1", question or asked(), views, burden, "hash", rules)


def test_the_decision_carries_the_question_and_every_view():
    views = (voice(0.5), SILENT)
    made = decided(*views)

    assert (made.id, made.snapshot, made.views) == ("d1", "hash", views)
    assert (made.symbol, made.as_of) == (asked().symbol, asked().as_of)
    assert made.question == asked()


def test_decided_together_or_one_by_one_is_the_same():
    heard = [
        (voice(0.4), SILENT),
        (SILENT, voice(0.5, up=0.7)),
        (voice(0.3), voice(0.6)),
        (SILENT,) * 2,
    ]
    cases = [Case(f"d{n}", asked(), views, DEAR, f"hash{n}") for n, views in enumerate(heard)]
    rules = Rules(quorum=1)

    one_by_one = [decide(c.id, c.question, c.views, c.burden, c.snapshot, rules) for c in cases]

    assert list(decide_all(cases, rules)) == one_by_one


def test_two_voices_that_agree_on_more_than_chance_are_an_edge():
    made = decided(voice(0.4, up=0.60), voice(0.5, up=0.70), burden=DEAR)

    assert made.verdict is Verdict.EDGE
    assert made.side is Side.BUY
    assert made.p_up == pytest.approx(0.65)
    assert made.best.p_target_first == pytest.approx(0.45)
    # 0.45 * 3 % - 0.55 * 1 % - 0.2 %, of which funding is paid by the long alone
    assert made.best.expected == pytest.approx(0.0060)
    assert made.best.break_even == pytest.approx(0.30)


def test_disagreement_is_the_spread_of_the_chosen_side_and_takes_confidence():
    made = decided(voice(0.4, sell=0.0), voice(0.5, sell=0.3))

    assert made.disagreement == pytest.approx(0.05)
    assert made.confidence == pytest.approx(0.5)


def test_voices_that_agree_leave_all_the_confidence():
    made = decided(voice(0.5), voice(0.5))

    assert (made.disagreement, made.confidence) == (0, 1)


def test_great_disagreement_leaves_none():
    made = decided(voice(0.3), voice(0.9))

    assert made.disagreement == pytest.approx(0.3)
    assert made.confidence == 0


def test_chance_alone_never_pays_its_costs():
    made = decided(voice(0.25, sell=0.25), voice(0.25, sell=0.25), burden=DEAR)

    assert made.verdict is Verdict.COSTS
    assert made.side is None
    assert made.best.expected == pytest.approx(-DEAR.of(Side.SELL))


def test_an_expectation_of_nothing_is_no_edge():
    assert decided(voice(0.25), voice(0.25)).verdict is Verdict.COSTS


@pytest.mark.parametrize(("quorum", "verdict"), [(2, Verdict.EDGE), (3, Verdict.NO_QUORUM)])
def test_too_few_voices_are_no_quorum(quorum, verdict):
    made = decided(voice(0.5), voice(0.5), SILENT, rules=Rules(quorum=quorum))

    assert made.verdict is verdict


def test_nobody_speaking_leaves_chance_and_costs():
    made = decided(SILENT, burden=DEAR)

    assert made.verdict is Verdict.NO_QUORUM
    assert made.p_up == 0.5
    assert made.best.p_target_first == 0.25
    assert made.best.expected == pytest.approx(-0.0014)
    assert (made.disagreement, made.confidence) == (0, 1)


@pytest.mark.parametrize(
    ("ups", "verdict"),
    [
        ((0.46, 0.54), Verdict.SPLIT),
        ((0.48, 0.54), Verdict.EDGE),
        ((0.46, 0.52), Verdict.EDGE),
        ((0.40, 0.45), Verdict.EDGE),
        ((0.46, 0.50, 0.54), Verdict.SPLIT),
    ],
)
def test_voices_that_lean_both_ways_are_split(ups, verdict):
    made = decided(*(voice(0.5, up=up) for up in ups))

    assert made.verdict is verdict
    assert (made.side is None) == (verdict is Verdict.SPLIT)


def test_funding_makes_the_other_side_the_better_one():
    dear = Burden(fees=0.001, slippage=0.0, funding={Side.BUY: 0.002, Side.SELL: 0.0})
    views = (voice(0.50, 0.48), voice(0.50, 0.48))

    assert decided(*views).side is Side.BUY
    assert decided(*views, burden=dear).side is Side.SELL
    assert (dear.of(Side.BUY), dear.of(Side.SELL)) == (0.003, 0.001)


def test_a_voice_with_twice_the_weight_counts_twice():
    weighted = decided(
        voice(0.3, name="trend"),
        voice(0.6, name="model"),
        rules=Rules(trusts={"model": Trust(weight=2.0)}),
    )
    doubled = decided(voice(0.3), voice(0.6), voice(0.6))

    assert weighted.best == doubled.best
    assert weighted.best.p_target_first == pytest.approx(0.5)
    assert weighted.disagreement == pytest.approx(doubled.disagreement)


def test_voices_without_any_weight_leave_chance():
    made = decided(
        voice(0.9), voice(0.9), rules=Rules(trusts={"trend": Trust(weight=0.0)}), burden=DEAR
    )

    assert made.best.p_target_first == 0.25
    assert (made.p_up, made.verdict) == (0.5, Verdict.NO_QUORUM)
    assert made.disagreement == 0


def test_a_calibration_is_asked_around_chance():
    doubted = Rules(trusts={"model": Trust(up=(0.0, 0.0), target=(0.0, 0.0))})
    views = (voice(0.9, 0.9, up=0.9, name="model"), voice(0.25, 0.25, up=0.5))
    made = decided(*views, rules=doubted)

    assert made.p_up == pytest.approx(0.5)
    assert made.best.p_target_first == pytest.approx(0.25)


def test_costs_beyond_the_target_can_never_break_even():
    ruinous = Burden(fees=0.5, slippage=0.0, funding=FREE.funding)

    assert decided(voice(1.0), voice(1.0), burden=ruinous).best.break_even == 1.0


def test_where_the_main_voice_speaks_it_alone_is_a_quorum():
    rules = Rules(main="model")

    assert decided(voice(0.6, name="model"), rules=rules).verdict is Verdict.EDGE
    assert decided(voice(0.6, name="trend"), rules=rules).verdict is Verdict.NO_QUORUM


def test_a_decision_remembers_how_far_each_voice_was_believed():
    trust = Trust(weight=0.4, up=(0.1, 0.3), target=(0.0, 0.5))
    made = decided(voice(0.5, name="model"), voice(0.5), rules=Rules(trusts={"model": trust}))

    assert made.trusts == {"model": trust, "trend": Trust()}
