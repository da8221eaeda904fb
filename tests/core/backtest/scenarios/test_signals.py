"""Which of several signals become trades, told by hand. An hour is counted from START, 07:00."""

from decimal import Decimal

import pytest

from core.domain.people import Approval
from core.domain.proposal import Rule
from tests.core.backtest.scenarios.players import lived, walked
from tests.core.backtest.scenarios.signals import (
    DOWN,
    ETH,
    UP,
    Signal,
    Voice,
    buys,
    play,
    sells,
)
from tests.core.backtest.scenarios.stage import HOLE, QUIET
from tests.core.paper.builders import instrument

PLAYERS = {"walked": walked, "lived": lived}
STOPPED = "100 100 97 100"
BEYOND = "107.5 107.5 107.5 107.5"  # opens past both targets of a long
BOTH = (buys(0), sells(0, ETH))
ONE_RISK = {"same_direction_risk": Decimal("0.003")}  # 30, of which the first takes 21.78

CASES = {
    "voices for a rise and for a fall: nobody moves": (
        play(Signal(hour=0, voices=(UP, DOWN))),
        [],
        {},
    ),
    "two for a rise and one for a fall: nobody moves": (
        play(Signal(hour=0, voices=(UP, UP, DOWN))),
        [],
        {},
    ),
    "a voice that hardly leans the other way": (
        play(Signal(hour=0, voices=(UP, UP, Voice(0.48, 0.4, 0.2)))),
        ["0 BTC buy"],
        {},
    ),
    "one voice is no quorum": (
        play(Signal(hour=0, voices=(UP,))),
        [],
        {},
    ),
    "an expectation of 0.03 % after costs": (
        play(buys(0, voices=(Voice(0.6, 0.31, 0.2),) * 2)),  # 0.0155 - 0.0138 - 0.0014
        ["0 BTC buy"],
        {},
    ),
    "an expectation of -0.005 % after costs": (
        play(buys(0, voices=(Voice(0.6, 0.305, 0.2),) * 2)),  # 0.01525 - 0.0139 - 0.0014
        [],
        {},
    ),
    "both sides at successive closes: the first": (
        play(buys(0), sells(1), buys(2), sells(3)),
        ["0 BTC buy"],
        {},
    ),
    "both sides of two symbols at one close": (
        play(*BOTH),
        ["0 BTC buy", "0 ETH sell"],
        {},
    ),
    "a signal at the close that ended the last trade": (
        play(buys(0), sells(2), btc=(QUIET, BEYOND)),
        ["0 BTC buy", "2 BTC sell"],
        {},
    ),
    "four hours of rest after a stop": (
        play(buys(0), buys(1), buys(4), buys(5), btc=(STOPPED,)),
        ["0 BTC buy", "5 BTC buy"],
        {Rule.COOL_DOWN: 2},
    ),
    "a symbol rests by itself": (
        play(buys(0), buys(1, ETH), btc=(STOPPED,)),
        ["0 BTC buy", "1 ETH buy"],
        {},
    ),
    "twelve hours of rest after two stops": (
        play(*BOTH, buys(5), buys(13), btc=(STOPPED,), eth=("100 103 100 100",),
             day_loss=Decimal("0.008")),
        ["0 BTC buy", "0 ETH sell", "13 BTC buy"],
        {Rule.TWO_STOPS: 1},
    ),
    "no such rest when a target was hit in between": (
        play(*BOTH, buys(5), buys(10), btc=(STOPPED, *[QUIET] * 4, STOPPED),
             eth=(QUIET, QUIET, "92 92 92 92")),
        ["0 BTC buy", "0 ETH sell", "5 BTC buy", "10 BTC buy"],
        {},
    ),
    "the rest of a day whose loss is used up": (
        # 25.2 of 30 lost, and a whole trade wants 25; at hour 17 it is midnight
        play(buys(0), buys(5), buys(16), buys(17), btc=(STOPPED,), day_loss=Decimal("0.003")),
        ["0 BTC buy", "17 BTC buy"],
        {Rule.DAY_LOSS: 2},
    ),
    "a week whose loss is used up": (
        play(buys(0), buys(5), buys(17), btc=(STOPPED,), week_loss=Decimal("0.003")),
        ["0 BTC buy"],
        {Rule.WEEK_LOSS: 2},
    ),
    "a month whose loss is used up": (
        play(buys(0), buys(5), buys(17), btc=(STOPPED,), month_loss=Decimal("0.003"),
             contract=instrument(gap=Decimal("0.01"))),
        ["0 BTC buy"],
        {Rule.MONTH_LOSS: 2},
    ),
    "four hours of rest after Bitcoin has jumped": (
        play(buys(1, ETH), buys(4, ETH), buys(5, ETH), btc=("100 106 100 100",)),
        ["5 ETH buy"],
        {Rule.SHOCK: 2},
    ),
    "nobody rests because another coin has jumped": (
        play(buys(1), eth=("100 106 100 100",)),
        ["1 BTC buy"],
        {},
    ),
    "one position at most": (
        play(*BOTH, max_positions=1),
        ["0 BTC buy"],
        {Rule.POSITIONS: 1},
    ),
    "one card a day at most": (
        play(*BOTH, sells(16, ETH), sells(17, ETH), proposals_per_day=1),
        ["0 BTC buy", "17 ETH sell"],
        {Rule.PROPOSALS: 2},
    ),
    "no second bet on the same side": (
        play(buys(0), buys(0, ETH), **ONE_RISK),
        ["0 BTC buy"],
        {Rule.DIRECTION: 1},
    ),
    "but one on the other": (
        play(buys(0), sells(0, ETH), **ONE_RISK),
        ["0 BTC buy", "0 ETH sell"],
        {},
    ),
    "two entries a day for the autopilot": (
        play(buys(0), sells(2), buys(3, ETH), buys(17, ETH), btc=(QUIET, BEYOND),
             approval=Approval.AUTOPILOT),
        ["0 BTC buy", "2 BTC sell", "17 ETH buy"],
        {},
    ),
    "a close after which the data has a hole": (
        play(buys(1), btc=(QUIET, HOLE, HOLE, QUIET)),
        ["1 BTC buy"],
        {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("player", PLAYERS.values(), ids=PLAYERS)
@pytest.mark.parametrize(("scene", "entered", "refused"), CASES.values(), ids=CASES)
async def test_signals_become_the_trades_of_the_table(player, scene, entered, refused):
    told = await player(scene)
    assert (told.entered(), told.refused) == (entered, refused)
