"""Why, word for word: what rules said, what models said, who objected, and what it cost."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from core.domain.model import Call, CallStatus, PromptKind
from core.domain.objection import Ending, Fate, Ground, Objection, Objector, Resolution
from core.domain.opinion import Abstention, Evidence, Silence, Trust
from core.domain.people import Language
from core.domain.proposal import Clamp, Rule
from core.domain.trading import Side
from core.trail import Trail
from handlers.views.voices import objected
from handlers.views.why import why
from tests.builders import ACCOUNT, NOON, SYMBOL, candidate, decision, opinion, plan, proposal
from tests.handlers.views.facts import VIEWS, reader

MODEL = "gpt-6.1-terra"
SAID = opinion(
    analyst=MODEL,
    effective_n=None,
    evidence=(Evidence("rsi_mid", 61.0), Evidence("funding", -0.4)),
    counter=(Evidence("volume_z", -1.2),),
    rationale="Buyers <b>return</b> & volume rises.",
)
HALF = Objection(
    by=Objector.VERIFIER,
    scale=Decimal("0.5"),
    grounds=(Ground.EVENT_RISK, Ground.CROWDED_FUNDING),
    note="CPI <soon>",
)


def asked(cost: str, *symbols: str) -> Call:
    return Call(
        id="c1",
        at=NOON,
        as_of=NOON,
        symbols=symbols,
        kind=PromptKind.MARKET,
        provider="openai",
        model=MODEL,
        reserved=Decimal(1),
        status=CallStatus.ANSWERED,
        cost=Decimal(cost),
    )


def test_why_tells_the_question_every_voice_and_the_sum():
    assert why(reader(), Trail(decision=decision(views=VIEWS))) == (
        "<b>Why · BTC · 01-01 12:00</b>\n"
        "Asked: within 1d, target 2.50% before stop 1.38%?\n"
        "<b>trend</b> up 56%; target first long 44%, short 31% (n_eff 31)\n"
        "  RSI 61 · ADX 27 · trend +1.3 ATR · ATR 0.91%\n"
        "<b>breakout</b> up 53%; target first long 44%, short 31% (n_eff 44)\n"
        "<b>reversion</b> silent: no setup\n"
        "Together: LONG 44%, break-even 38%, worth +21 bps after costs\n"
        "Verdict: an edge · spread 0.08\n"
        "<code>d1</code> · snapshot <code>0123456789abcdef</code>"
    )


def test_why_in_korean():
    assert why(reader(Language.KO), Trail(decision=decision(views=VIEWS))) == (
        "<b>이유 · BTC · 01-01 21:00</b>\n"
        "질문: 1일 안에 손절 1.38% 전에 익절 2.50%?\n"
        "<b>추세</b> 상승 56%; 익절 먼저 롱 44%, 숏 31% (유효 표본 31)\n"
        "  RSI 61 · ADX 27 · 추세 +1.3 ATR · ATR 0.91%\n"
        "<b>돌파</b> 상승 53%; 익절 먼저 롱 44%, 숏 31% (유효 표본 44)\n"
        "<b>회귀</b> 말 없음: 조건 없음\n"
        "합: 롱 44%, 본전선 38%, 비용 뒤 +21bp\n"
        "판정: 우위 있음 · 의견 폭 0.08\n"
        "<code>d1</code> · 스냅샷 <code>0123456789abcdef</code>"
    )


def test_a_voice_without_a_record_has_no_precedents():
    young = opinion(effective_n=None, p_target_first={Side.BUY: 1.0, Side.SELL: 0.0})
    assert "target first long 100%, short 0%\n" in why(
        reader(), Trail(decision=decision(views=(young,)))
    )


def test_a_model_is_told_with_its_weight_its_evidence_and_its_own_words_as_mere_text():
    trusts = {MODEL: Trust(weight=0.3, up=(0, 0.3), target=(0, 0.3)), "trend": Trust(weight=0.3)}
    lines = why(reader(), Trail(decision=decision(views=(SAID,), trusts=trusts))).splitlines()
    assert lines[2:7] == [
        "<b>gpt-6.1-terra</b> up 56%; target first long 44%, short 31%",
        "  counts 50%, taken as LONG 38%",
        "  for: RSI (longer) 61, funding -0.4 bp",
        "  against: volume -1.2",
        "<i>Buyers &lt;b&gt;return&lt;/b&gt; &amp; volume rises.</i>",
    ]


def test_why_a_model_was_silent_is_said_and_what_it_said_instead():
    late = Abstention(MODEL, SYMBOL, Silence.NO_ANSWER, failure="timeout")
    unsure = Abstention("claude", SYMBOL, Silence.CONFLICT, note="Both <ways>.")
    text = why(reader(), Trail(decision=decision(views=(late, unsure))))
    assert "<b>gpt-6.1-terra</b> silent: no answer in time" in text
    assert "<b>claude</b> silent: signs conflict\n<i>Both &lt;ways&gt;.</i>" in text


def test_an_objection_says_who_how_much_and_on_which_grounds():
    assert objected(reader(), HALF) == (
        "Verifier halved it · event risk, crowded funding <i>CPI &lt;soon&gt;</i>"
    )
    assert objected(reader(Language.KO), replace(HALF, scale=Decimal(0), note="")) == (
        "검증 거부 · 이벤트 위험, 펀딩 쏠림"
    )


def test_the_trail_goes_on_to_the_clamps_the_outcome_and_the_cost():
    card = proposal(
        candidate=candidate(objections=(HALF,)),
        plan=plan(clamps=(Clamp(Rule.GAP, Decimal("0.05"), Decimal("0.026")),)),
    )
    came = Resolution(
        decision="d1",
        symbol=SYMBOL,
        as_of=NOON,
        at=NOON + timedelta(days=1),
        ended=64_500.0,
        up=1.0,
        target_first={Side.BUY: 1.0, Side.SELL: 0.0},
    )
    calls = (asked("0.012", SYMBOL, "ETH/USDT:USDT"), asked("0.004", SYMBOL))
    trail = Trail(decision=decision(), proposal=card, resolution=came, calls=calls)
    assert trail.cost == Decimal("0.010")
    assert why(reader(), trail).splitlines()[-5:] == [
        "Verifier halved it · event risk, crowded funding <i>CPI &lt;soon&gt;</i>",
        "Size: gap limit 0.05 → 0.026",
        "Came true: price rose; long 100%, short 0%",
        "Models: $0.0100 for this decision (2 calls)",
        "<code>d1</code> · snapshot <code>0123456789abcdef</code>",
    ]


def test_a_decision_that_risk_refused_says_which_rule():
    fate = Fate(
        account=ACCOUNT,
        decision="d1",
        at=NOON,
        ending=Ending.VETOED,
        rule="vetoed",
        objections=(replace(HALF, scale=Decimal(0)),),
    )
    text = why(reader(), Trail(decision=decision(), fate=fate))
    assert "Verifier vetoed it" in text
    assert "Risk: refused · veto" in text


def test_what_came_too_late_is_told_as_such():
    late = decision(late=(opinion(analyst=MODEL, p_up=0.61),))
    text = why(reader(), Trail(decision=late))
    assert "<b>gpt-6.1-terra</b> then said up 61%; it is scored, and changed nothing" in text
