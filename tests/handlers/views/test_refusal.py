"""Every rule that may say no, word for word, with the numbers that its rule gives."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core.domain.event import EventKind
from core.domain.people import Language
from core.domain.proposal import Refusal, Rule
from handlers.views.refusal import refusal_text
from tests.builders import NOON, SYMBOL
from tests.handlers.views.facts import reader

UNTIL = NOON + timedelta(hours=4)
ROOM = {
    "limit": Decimal(50),
    "used": Decimal("31.5"),
    "wanted": Decimal("24.9"),
    "equity": Decimal(10_000),
}
NUMBERS = {
    Rule.PAUSED: {},
    Rule.HALTED: {"reason": "balance"},
    Rule.LEVELS: {"price": Decimal(64000), "stop": Decimal(65000)},
    Rule.STRANGER: {"symbol": SYMBOL},
    Rule.UNRECONCILED: {},
    Rule.VETOED: {"by": "verifier"},
    Rule.NO_EDGE: {"verdict": "costs"},
    Rule.HOLDING: {"symbol": SYMBOL},
    Rule.WAITING: {"symbol": SYMBOL},
    Rule.POSITIONS: {"limit": 3},
    Rule.PROPOSALS: {"limit": 6},
    Rule.COOL_DOWN: {"symbol": SYMBOL, "until": UNTIL},
    Rule.TWO_STOPS: {"until": UNTIL},
    Rule.SHOCK: {"until": UNTIL},
    Rule.PRICE: {"symbol": SYMBOL, "seconds": 48},
    Rule.STALE: {"symbol": SYMBOL, "minutes": 75},
    Rule.ELSEWHERE: {"symbol": SYMBOL},
    Rule.ENDING: {"symbol": SYMBOL, "at": NOON},
    Rule.EVENT: {"event": EventKind.CPI, "title": "", "at": NOON, "until": UNTIL},
    Rule.DAY_LOSS: ROOM,
    Rule.WEEK_LOSS: ROOM,
    Rule.MONTH_LOSS: ROOM,
    Rule.ROLLING_LOSS: ROOM,
    Rule.DIRECTION: ROOM,
    Rule.EXPOSURE: ROOM | {"limit": Decimal(10_000), "wanted": Decimal("1664.3")},
    Rule.LEVERAGE: {"leverage": 10, "most": 3},
    Rule.RISK: ROOM,
    Rule.MARGIN: ROOM | {"limit": Decimal(900), "wanted": Decimal("1664.3")},
    Rule.GAP: ROOM | {"limit": Decimal(900), "wanted": Decimal("1664.3")},
    Rule.REWARD: {"ratio": Decimal("1.3333"), "limit": Decimal("1.6")},
    Rule.TOO_SMALL: {"minimum": Decimal(100), "notional": Decimal("63.1")},
    Rule.LIQUIDATION: {"price": Decimal("62345.6"), "stop": Decimal("63120.0")},
}
ENGLISH = {
    Rule.PAUSED: "No entry: the desk is paused. /resume starts again.",
    Rule.HALTED: "No entry: the desk holds itself back: money is missing that no trade, fee, funding "
    "or transfer explains. See /status.",
    Rule.VETOED: "No entry: the verifier spoke against it. Why shows the grounds.",
    Rule.NO_EDGE: "No entry: no edge after costs.",
    Rule.HOLDING: "No entry: BTC is held already.",
    Rule.WAITING: "A BTC card is waiting for your answer already.",
    Rule.POSITIONS: "No entry: 3 positions are open, your limit.",
    Rule.PROPOSALS: "No more cards today: 6 is your limit.",
    Rule.COOL_DOWN: "No entry: BTC rests after its stop until 01-01 16:00.",
    Rule.TWO_STOPS: "No entry: two stops in a row, the desk rests until 01-01 16:00.",
    Rule.PRICE: "No entry: BTC has no fresh price (the last is 48 s old).",
    Rule.STALE: "No entry: thinking about BTC took 75 minutes; the market has moved on.",
    Rule.ELSEWHERE: (
        "No entry: another venue stands in for the prices of BTC; entries wait for its own."
    ),
    Rule.ENDING: "No entry: the venue takes BTC off its list (01-01 12:00).",
    Rule.SHOCK: "No entry: the market has just jumped; entries rest until 01-01 16:00.",
    Rule.EVENT: "No entry: entries rest until 01-01 16:00 because of US CPI at 01-01 12:00. "
    "/events",
    Rule.DAY_LOSS: "No entry: with 24.9 more at risk the day would reach 0.56%, limit 0.50%. "
    "18.5 left.",
    Rule.WEEK_LOSS: "No entry: with 24.9 more at risk the week would reach 0.56%, limit 0.50%. "
    "18.5 left.",
    Rule.MONTH_LOSS: "No entry: with 24.9 more at risk the month would reach 0.56%, limit 0.50%. "
    "18.5 left.",
    Rule.ROLLING_LOSS: "No entry: with 24.9 more at risk 30 days would reach 0.56%, limit 0.50%. "
    "18.5 left.",
    Rule.DIRECTION: "No entry: same-direction risk would be 0.56%, limit 0.50%. "
    "Reduce a position of that side to make room.",
    Rule.EXPOSURE: "No entry: 1,664 more is over the exposure limit 10,000.",
    Rule.LEVERAGE: "No entry: leverage 10x is over your limit of 3x.",
    Rule.RISK: "No entry: 24.9 at risk is over the limit of 50.0 a trade.",
    Rule.MARGIN: "No entry: 1,664 needs more margin than is free.",
    Rule.GAP: "No entry: a gap on 1,664 would cost more than the month has left.",
    Rule.REWARD: "No entry: reward to risk 1.33 after costs, at least 1.60 is wanted.",
    Rule.TOO_SMALL: "No entry: the order would be below the exchange's minimum of 100.0.",
    Rule.LEVELS: "No entry at 64,000: the stop 65,000 has to lie on its losing side, and the "
    "target on the other.",
    Rule.STRANGER: "No entry: BTC holds a position that is not the desk's.",
    Rule.UNRECONCILED: "No entry: the account has not been checked against the exchange lately. "
    "Stops are looked after.",
    Rule.LIQUIDATION: "No entry: liquidation at 62,345.6 would lie too near the stop 63,120.0.",
}


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_says_why_in_english(rule):
    said = refusal_text(reader(), Refusal(rule, NUMBERS[rule]))
    assert said == f"{ENGLISH[rule]} ({rule.value.upper()})"


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_says_why_in_korean_with_the_same_numbers(rule):
    english, korean = (
        refusal_text(reader(language), Refusal(rule, NUMBERS[rule]))
        for language in (Language.EN, Language.KO)
    )
    assert korean.endswith(f"({rule.value.upper()})")
    for number in ("24.9", "0.56%", "0.50%", "1,664", "1.33", "1.60", "100.0", "63,120", "BTC"):
        assert (number in english) >= (number in korean)
    assert "{" not in korean


def test_times_are_the_readers_own():
    said = refusal_text(reader(Language.KO), Refusal(Rule.SHOCK, {"until": UNTIL}))
    assert "01-02 01:00" in said


def test_what_is_left_is_never_negative():
    over = ROOM | {"used": Decimal(80)}
    assert " 0.00 left." in refusal_text(reader(), Refusal(Rule.DAY_LOSS, over))


def test_an_account_that_has_won_is_not_charged_with_its_profit():
    won = ROOM | {"used": Decimal(-200)}
    assert "would reach 0.25%" in refusal_text(reader(), Refusal(Rule.DAY_LOSS, won))


def test_the_prices_of_a_cheap_coin_keep_their_figures():
    near = {"price": Decimal("0.00000119"), "stop": Decimal("0.00000123")}
    said = refusal_text(reader(), Refusal(Rule.LIQUIDATION, near))
    assert "0.00000119" in said
    assert "0.00000123" in said
