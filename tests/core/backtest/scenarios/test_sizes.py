"""How large a trade becomes, and which rule makes it smaller or forbids it, computed by hand.

One unit loses 2.2 from the limit at 100.2 to the stop at 98, 0.0991 in fees and 0.0196 by slippage:
25 / 2.3187 = 10.78 units. A short's loses 2.2, 0.1009 and 0.0204: 25 / 2.3213 = 10.769.
"""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.domain.instrument import MaintenanceTier
from core.domain.people import Approval
from core.domain.proposal import Rule
from tests.core.backtest.scenarios.players import lived, walked
from tests.core.backtest.scenarios.signals import Play, Voice, buys, numbers, play, sells, sized
from tests.core.backtest.scenarios.stage import HOLE
from tests.core.paper.builders import ETH, instrument

THIN = ("100 100 100 100 50", *[HOLE] * 60)
PLAYERS = {"walked": walked, "lived": lived}
TIERS = (
    MaintenanceTier(Decimal(0), Decimal("0.01")),
    MaintenanceTier(Decimal(1000), Decimal("0.05"), Decimal(40)),
)
GENEROUS = {
    "risk_per_trade": Decimal("0.03"),
    "same_direction_risk": Decimal("0.05"),
    "day_loss": Decimal("0.05"),
    "week_loss": Decimal("0.05"),
    "month_loss": Decimal("0.05"),
    "exposure": Decimal(2),
}


def one(signal, **more) -> Play:
    contract = {name: more.pop(name) for name in list(more) if hasattr(instrument(), name)}
    return play(signal, contract=instrument(**contract), **more)


SIZES = {
    "a quarter of a percent": (
        one(buys(0)),
        # 10.781 * 2.3187; (33.4 - 100.2) / (0.01 - 1) = 67.47
        sized("10.781", entry="100.02", stop="98", targets="103 107", leverage="3",
              risk="24.9979047", liquidation="67.5"),
    ),
    "of a short": (
        one(sells(0)),
        # 10.769 * 2.3213; (99.8 / 3 + 99.8) / 1.01 = 131.75
        sized("10.769", entry="99.98", stop="102", targets="97 93", leverage="3",
              risk="24.9980797", liquidation="131.7"),
    ),
    "with one target": (
        one(buys(0), two_targets=False),
        sized("10.781", targets="105"),
    ),
    "with levels a little nearer to the price on coarse ticks": (
        one(buys(0), tick_size=Decimal("0.25")),
        # 100.2 -> 100; 25 / (2 + 0.099 + 0.0196) = 11.80
        sized("11.8", entry="100", stop="98", targets="103 107"),
    ),
    "on coarse steps": (
        one(buys(0), step_size=Decimal("0.5")),
        sized("10.5"),
    ),
    "at the leverage that the venue allows": (
        one(buys(0), max_leverage=2),
        sized("10.781", leverage="2", liquidation="50.6"),  # (50.1 - 100.2) / -0.99
    ),
    "where liquidation is far enough beyond the stop": (
        one(buys(0), leverage=20),
        sized("10.781", leverage="20", liquidation="96.2"),  # (5.01 - 100.2) / -0.99
    ),
    "where a larger position is liquidated earlier": (
        one(buys(0), leverage=20, tiers=TIERS),
        # (54.01281 + 40 - 1080.2562) / (0.53905 - 10.781) = 96.2945
        sized("10.781", leverage="20", liquidation="96.3"),
    ),
    "at the leverage that the venue allows for so large a position": (
        one(buys(0), tiers=(TIERS[0], replace(TIERS[1], leverage=2))),
        # 10.781 * 100.2 = 1080.2562; (540.1281 + 40 - 1080.2562) / (0.53905 - 10.781) = 48.83
        sized("10.781", leverage="2", liquidation="48.8"),
    ),
    "made smaller by the exposure": (
        one(buys(0), exposure=Decimal("0.1")),
        sized("9.98"),  # 1000 / 100.2
    ),
    "made smaller by a gap": (
        one(buys(0), gap=Decimal("0.2")),
        sized("7.485"),  # 150 / 0.2 / 100.2
    ),
    "made smaller by the margin": (
        one(buys(0), leverage=1, **GENEROUS),
        sized("99.75", liquidation="0"),  # 10000 / 1.0005 / 100.2
    ),
    "with half of the confidence": (
        one(buys(0, voices=(Voice(0.6, 0.45, 0.2), Voice(0.6, 0.35, 0.2)))),
        sized("5.39"),  # 0.05 of disagreement; 12.5 / 2.3187
    ),
    "by the autopilot": (
        one(buys(0), approval=Approval.AUTOPILOT),
        sized("5.175"),  # 12 / 2.3187
    ),
    "with one target where halves are too small for the venue": (
        one(buys(0), min_notional=Decimal(600)),
        sized("10.781", targets="105"),  # 5.39 * 98 = 528
    ),
    "just large enough for the venue": (
        one(buys(0), min_notional=Decimal(1056)),
        sized("10.781", targets="105"),  # 10.781 * 98 = 1056.5
    ),
}  # fmt: skip

REFUSALS = {
    "too small for the venue": (one(buys(0), min_notional=Decimal(1057)), Rule.TOO_SMALL),
    "less than a step": (one(buys(0), step_size=Decimal(11)), Rule.TOO_SMALL),
    "too little exposure left": (one(buys(0), exposure=Decimal("0.04")), Rule.EXPOSURE),
    "too deep a gap": (one(buys(0), gap=Decimal("0.5")), Rule.GAP),
    "liquidation too near the stop": (one(buys(0), leverage=25), Rule.LIQUIDATION),
    "costs too much of its reward": (
        # targets at 101.8 and 104.2: 2.7293 to earn, 2.3187 to lose
        one(buys(0, target=0.03, voices=(Voice(0.7, 0.7, 0.1),) * 2)),
        Rule.REWARD,
    ),
    "paused": (one(buys(0), paused=True), Rule.PAUSED),
    "a price that is two days old": (play(buys(48, ETH), eth=THIN, hours=50), Rule.PRICE),
}


@pytest.mark.parametrize("player", PLAYERS.values(), ids=PLAYERS)
@pytest.mark.parametrize(("scene", "told"), SIZES.values(), ids=SIZES)
async def test_a_trade_is_as_large_as_the_table_says(player, scene, told):
    (trade,) = (await player(scene)).trades
    known = numbers(trade)
    assert {name: known[name] for name in told} == told


@pytest.mark.parametrize("player", PLAYERS.values(), ids=PLAYERS)
@pytest.mark.parametrize(("scene", "rule"), REFUSALS.values(), ids=REFUSALS)
async def test_a_trade_is_refused_by_the_rule_of_the_table(player, scene, rule):
    told = await player(scene)
    assert (told.trades, told.refused) == ((), {rule: 1})
