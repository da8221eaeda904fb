"""Reasons that refuse a trade of any size, each with the numbers that a person needs."""

from dataclasses import replace

import pytest

from core.domain.event import EventKind
from core.domain.proposal import Refusal, Rule
from core.domain.restraint import Cause, Reason
from core.risk.guards import crowded, refusals
from tests.builders import NOON, SETTINGS, SYMBOL, event, limits
from tests.core.risk.cases import ETH, HOUR, SOL, holding, standing

LATER = NOON + HOUR
CPI = event(at=NOON + HOUR / 3)
PAUSED = replace(SETTINGS, paused=True)


def spoken(where, settings=SETTINGS):
    return list(refusals(SYMBOL, where, settings))


def test_nothing_speaks_against_a_rested_account():
    assert spoken(standing()) == []
    assert crowded(SYMBOL, standing(), SETTINGS) is None


def test_a_paused_account_says_only_that():
    assert spoken(standing(), PAUSED) == [Refusal(Rule.PAUSED)]


@pytest.mark.parametrize("until", [None, LATER])
def test_an_account_that_holds_itself_back_says_why(until):
    held = replace(SETTINGS, causes=(Cause(Reason.BALANCE, NOON, until=until),))
    assert spoken(standing(), held) == [Refusal(Rule.HALTED, {"reason": "balance"})]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"open": (holding(SYMBOL),)}, Refusal(Rule.HOLDING, {"symbol": SYMBOL})),
        ({"open": (holding(ETH),) * 3}, Refusal(Rule.POSITIONS, {"limit": 3})),
        ({"shock_until": LATER}, Refusal(Rule.SHOCK, {"until": LATER})),
        (
            {"rests_until": {SYMBOL: LATER}},
            Refusal(Rule.COOL_DOWN, {"symbol": SYMBOL, "until": LATER}),
        ),
        (
            {"event": CPI},
            Refusal(
                Rule.EVENT,
                {"event": EventKind.CPI, "title": "", "at": CPI.at, "until": CPI.ends},
            ),
        ),
        ({"two_stops_until": LATER}, Refusal(Rule.TWO_STOPS, {"until": LATER})),
    ],
    ids=lambda value: value.rule if isinstance(value, Refusal) else "",
)
def test_a_guard_refuses_with_its_numbers(changes, refusal):
    assert spoken(standing(**changes)) == [refusal]


@pytest.mark.parametrize(
    "changes",
    [
        {"open": (holding(ETH), holding(SOL))},
        {"shock_until": NOON},
        {"rests_until": {SYMBOL: NOON, ETH: LATER}},
        {"two_stops_until": NOON},
        {"waiting": frozenset({ETH}), "proposals_today": 5},
    ],
    ids=["room for a third", "shock over", "others rest", "rested", "others wait"],
)
def test_a_guard_lets_pass_what_is_over_or_not_meant(changes):
    where = standing(**changes)

    assert spoken(where) == []
    assert crowded(SYMBOL, where, SETTINGS) is None


def test_whatever_weighs_most_is_said_first():
    everything = standing(
        open=(holding(SYMBOL), holding(ETH), holding(SOL)),
        shock_until=LATER,
        rests_until={SYMBOL: LATER},
        two_stops_until=LATER,
    )

    assert [refusal.rule for refusal in spoken(everything, PAUSED)] == [
        Rule.PAUSED,
        Rule.HOLDING,
        Rule.POSITIONS,
        Rule.SHOCK,
        Rule.COOL_DOWN,
        Rule.TWO_STOPS,
    ]


def test_a_symbol_has_one_card_at_a_time():
    waiting = standing(waiting=frozenset({SYMBOL}))

    assert crowded(SYMBOL, waiting, SETTINGS) == Refusal(Rule.WAITING, {"symbol": SYMBOL})


@pytest.mark.parametrize(("today", "refused"), [(1, False), (2, True), (3, True)])
def test_a_day_has_only_so_many_cards(today, refused):
    few = replace(SETTINGS, limits=limits(proposals_per_day=2))
    refusal = crowded(SYMBOL, standing(proposals_today=today), few)

    assert refusal == (Refusal(Rule.PROPOSALS, {"limit": 2}) if refused else None)
