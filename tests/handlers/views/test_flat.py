"""No entry, and why, word for word."""

from core.domain.opinion import Verdict
from core.domain.people import Language
from core.domain.proposal import Refusal, Rule
from handlers.views.flat import flat, flat_list
from tests.builders import SYMBOL, decision, opinion
from tests.handlers.views.facts import ETH, VIEWS, reader, status_facts

SPLIT = decision(
    verdict=Verdict.SPLIT, views=(opinion(), opinion(analyst="mean_reversion", p_up=0.41))
)
NO_EDGE = Refusal(Rule.NO_EDGE)


def test_split_views_are_told_with_their_chances():
    assert flat(reader(), SPLIT, NO_EDGE, status_facts()).text == (
        "PAPER · synthetic data\n"
        "<b>BTC: no entry</b>\n"
        "Views split: trend long 56% / reversion short 59%. Open positions and stops unchanged.\n"
        "long trend / short reversion\n"
        "Next look 16:15.\n"
        "Last 7 days: 168 looks, 9 proposals. Normal."
    )


def test_split_views_in_korean():
    assert flat(reader(Language.KO), SPLIT, NO_EDGE, status_facts()).text == (
        "모의 · 합성 데이터\n"
        "<b>BTC: 지금은 들어가지 않습니다</b>\n"
        "의견이 갈립니다: 추세 롱 56% / 회귀 숏 59%. 열린 포지션과 손절은 그대로입니다.\n"
        "롱 추세 / 숏 회귀\n"
        "다음 분석 01:15.\n"
        "최근 7일: 분석 168번, 제안 9번. 정상입니다."
    )


def test_an_edge_that_costs_eat_is_told_in_basis_points():
    eaten = decision(verdict=Verdict.COSTS, views=VIEWS)
    text = flat(reader(), eaten, NO_EDGE, status_facts()).text
    assert text.splitlines()[2] == "Expected value 21 bps after costs."


def test_too_few_voices_are_counted():
    alone = decision(verdict=Verdict.NO_QUORUM, views=VIEWS[1:])
    lines = flat(reader(), alone, NO_EDGE, status_facts()).text.splitlines()
    assert lines[2].startswith("Analysts who see a setup: 1.")
    assert lines[3] == "long breakout"


def test_an_edge_that_nobody_can_agree_on_says_how_far_they_are_apart():
    apart = decision(verdict=Verdict.EDGE, disagreement=0.128, confidence=0.0)
    text = flat(reader(), apart, NO_EDGE, status_facts()).text
    assert text.splitlines()[2] == (
        "They lean the same way, but their chances lie too far apart (0.13) to enter."
    )


def test_nobody_has_a_view():
    silent = decision(verdict=Verdict.NO_QUORUM, views=VIEWS[2:])
    assert "No analyst sees a setup" in flat(reader(), silent, NO_EDGE, status_facts()).text


def test_a_limit_speaks_for_itself():
    held = Refusal(Rule.HOLDING, {"symbol": SYMBOL})
    text = flat(reader(), decision(), held, status_facts()).text
    assert text.splitlines()[2] == "No entry: BTC is held already. (HOLDING)"


def test_a_person_may_still_take_a_side():
    (keys,) = flat(reader(), SPLIT, NO_EDGE, status_facts()).keyboard
    assert [key.label for key in keys] == ["Long anyway", "Short anyway", "Why"]


def test_several_quiet_answers_are_one_message():
    quiet = [(SPLIT, NO_EDGE), (decision(symbol=ETH), Refusal(Rule.PAUSED))]
    view = flat_list(reader(), quiet, status_facts())
    assert view.text.splitlines()[1:4] == [
        "<b>no entry</b>",
        f"BTC: {flat(reader(), SPLIT, NO_EDGE, status_facts()).text.splitlines()[2]}",
        "ETH: No entry: the desk is paused. /resume starts again. (PAUSED)",
    ]
    assert [key.label for key in view.keyboard[0]] == ["🔎 BTC", "🔎 ETH"]
