"""When the venue takes a position away, computed by hand.

At ten times leverage the margin of 10 at 100 is 100: a long is liquidated at a mark of
(100 - 1000) / (0.1 - 10) = 90.909 and is worth nothing at 90, a short at (100 + 1000) / (0.1 + 10)
= 108.911 and at 110.
"""

from decimal import Decimal

from core.domain.instrument import MaintenanceTier
from core.paper.costs import Costs
from tests.core.backtest.scenarios.living import lived
from tests.core.backtest.scenarios.stage import HOLE, QUIET, assert_told, ends, long, short, table
from tests.core.backtest.scenarios.walking import walked
from tests.core.paper.builders import instrument

FAR = {"leverage": 10, "stop": "80", "hours": 2}
FAR_UP = {"leverage": 10, "stop": "120", "hours": 2}
TAKEN = {"price": "90", "realized": "-100", "fees": "0.5"}
TAKEN_UP = {"price": "110", "realized": "-100", "fees": "0.5"}
SOLD = {"price": "99.98", "realized": "-0.2", "fees": "0.9999"}
BOUGHT = {"price": "100.02", "realized": "-0.2", "fees": "1.0001"}
FREE = Costs(slippage=Decimal(0))
TIERS = (
    MaintenanceTier(Decimal(0), Decimal("0.01")),
    MaintenanceTier(Decimal(600), Decimal("0.02"), Decimal(6)),
)
HARSH = (
    MaintenanceTier(Decimal(0), Decimal("0.05")),
    MaintenanceTier(Decimal(600), Decimal("0.01")),
)
TIERED = {**FAR, "contract": instrument(tiers=TIERS)}

CASES = {
    "a mark lower than the last price": (
        long("100 101 99 100", marks=("100 101 90.9 95",), **FAR),
        ends("liquidation", at=1, **TAKEN),
    ),
    "a mark a tick above the level": (
        long("100 101 99 100", QUIET, marks=("100 101 91 95", QUIET), **FAR),
        ends("time", at=2, **SOLD),
    ),
    "a last price far lower than the mark": (
        long("100 101 85 100", QUIET, marks=("100 101 92 100", QUIET), **FAR),
        ends("time", at=2, **SOLD),
    ),
    "a short, and a mark higher than the last price": (
        short("100 101 99 100", marks=("100 109 99 100",), **FAR_UP),
        ends("liquidation", at=1, **TAKEN_UP),
    ),
    "a short, and a mark a tick below the level": (
        short("100 101 99 100", QUIET, marks=("100 108.9 99 100", QUIET), **FAR_UP),
        ends("time", at=2, **BOUGHT),
    ),
    "a stop that lies nearer": (
        long("100 101 85 86", marks=("100 101 85 86",), **{**FAR, "stop": "92"}),
        # 92 * 0.9998 = 91.9816; 10 * -8.0184; 0.5 + 919.816 * 0.0005
        ends("stop", "91.9816", at=1, realized="-80.184", fees="0.959908"),
    ),
    "a stop that lies beyond": (
        long("100 101 85 86", marks=("100 101 85 86",), **{**FAR, "stop": "90.5"}),
        ends("liquidation", at=1, **TAKEN),
    ),
    "a short's stop that lies beyond": (
        short("100 115 99 112", marks=("100 115 99 112",), **{**FAR_UP, "stop": "109.5"}),
        ends("liquidation", at=1, **TAKEN_UP),
    ),
    "a stop beyond the level of a mark that did not get there": (
        long("100 101 90 91", marks=("100 101 95 96",), **{**FAR, "stop": "90.5"}),
        # 90.5 * 0.9998 = 90.4819; 10 * -9.5181; 0.5 + 904.819 * 0.0005
        ends("stop", "90.4819", at=1, realized="-95.181", fees="0.9524095"),
    ),
    "a mark that opens below the level": (
        long(QUIET, "100 101 99 100", marks=(QUIET, "90 95 90 95"), **FAR),
        ends("liquidation", at=1, **TAKEN),
    ),
    "a mark that opens below it while the last price opens at the target": (
        long(QUIET, "111 112 110 111", marks=(QUIET, "90 95 90 95"), **FAR),
        ends("liquidation", at=1, **TAKEN),
    ),
    "before the target of the same candle": (
        long("100 111 99 110", marks=("100 101 90 95",), **FAR),
        ends("liquidation", at=1, **TAKEN),
    ),
    "a gap that would cost more than the margin": (
        long(QUIET, "85 86 84 85", leverage=10, marks=(QUIET, "95 96 94 95")),
        ends("liquidation", at=1, **TAKEN),  # 85 less slippage would lose 150.17
    ),
    "the same gap without any marks": (
        long(QUIET, "85 86 84 85", leverage=10),
        ends("liquidation", at=1, **TAKEN),
    ),
    "slippage that would cost more than the margin": (
        long("100 101 90 95", marks=("100 101 95 95",), **{**FAR, "stop": "90"}),
        ends("liquidation", at=1, **TAKEN),  # 89.982 would lose 100.18
    ),
    "a stop that costs the margin exactly": (
        long("100 101 90 95", marks=("100 101 95 95",), **{**FAR, "stop": "90"}, costs=FREE),
        ends("stop", "90", at=1, realized="-100", fees="0.95"),  # 0.5 + 900 * 0.0005
    ),
    "a time stop that would cost more than the margin": (
        long("100 101 89 89", marks=("100 101 95 95",), **{**FAR, "hours": 1}),
        ends("liquidation", at=1, **TAKEN),  # 88.9822 would lose 110.178
    ),
    "after funding": (
        long("100 101 99 100", marks=("100 101 90.9 95",), funding=((1800, "0.001"),), **FAR),
        ends("liquidation", at=1, funding="-1", **TAKEN),
    ),
    "what the first target has left": (
        long("100 106 99 105", "105 106 99 100", targets="105 110",
             marks=("100 106 99 105", "105 106 90 100"), **FAR),
        # 5 * 5 - 50; 0.5 + 525 * 0.0002
        ends("liquidation", "90", at=2, realized="-25", fees="0.605", hits="1"),
    ),
    "what the open's target has left": (
        long(QUIET, "106 107 99 100", targets="105 110",
             marks=(QUIET, "106 107 90 100"), **FAR),
        # 5 * 6 - 50; 0.5 + 530 * 0.0002
        ends("liquidation", "90", at=2, realized="-20", fees="0.606", hits="1"),
    ),
    "a larger position is taken earlier": (
        long("100 101 99 100", marks=("100 101 91.2 95",), **TIERED),
        ends("liquidation", at=1, **TAKEN),  # (106 - 1000) / (0.2 - 10) = 91.224
    ),
    "but not before its level": (
        long("100 101 99 100", QUIET, marks=("100 101 91.3 95", QUIET), **TIERED),
        ends("time", at=2, **SOLD),
    ),
    "half of it is back in the first tier": (
        long("100 106 99 105", "105 106 99 100", QUIET, targets="105 110",
             marks=("100 106 99 105", "105 106 91 100", QUIET), **{**TIERED, "hours": 3}),
        # 25 - 5 * 0.02; 0.5 + 0.105 + 499.9 * 0.0005
        ends("time", "99.98", at=3, realized="24.9", fees="0.85495", hits="1"),
    ),
    "half of it falls into a harsher tier: in the same candle": (
        # (50 - 500) / (0.25 - 5) = 94.74, when 105 has been reached; 25 - 50; 0.5 + 0.105
        long("100 106 99 105", targets="105 110", marks=("100 106 94 105",),
             **{**FAR, "contract": instrument(tiers=HARSH)}),
        ends("liquidation", "90", at=1, realized="-25", fees="0.605", hits="1"),
    ),
    "a candle without a mark is its own mark": (
        long(QUIET, "100 101 90.9 95", marks=(QUIET, HOLE), **{**FAR, "hours": 3}),
        ends("liquidation", at=2, **TAKEN),
    ),
}  # fmt: skip


@table(CASES, walked, lived)
async def test_a_position_is_taken_as_the_table_says(player, scene, ending):
    assert_told(await player(scene), scene, ending)
