"""Where a stop fills and what it costs, computed by hand."""

from decimal import Decimal

from core.paper.costs import Costs
from tests.core.backtest.scenarios.living import lived
from tests.core.backtest.scenarios.stage import HOLE, QUIET, assert_told, ends, long, short, table
from tests.core.backtest.scenarios.walking import walked

# 95 * 0.9998 = 94.981; 10 * -5.019; 0.5 + 949.81 * 0.0005
AT_95 = {"price": "94.981", "realized": "-50.19", "fees": "0.974905"}
# 105 * 1.0002 = 105.021; 10 * -5.021; 0.5 + 1050.21 * 0.0005
AT_105 = {"price": "105.021", "realized": "-50.21", "fees": "1.025105"}
# 93 * 0.9998 = 92.9814; 10 * -7.0186; 0.5 + 929.814 * 0.0005
GAP_93 = {"price": "92.9814", "realized": "-70.186", "fees": "0.964907"}
# 107 * 1.0002 = 107.0214; 10 * -7.0214; 0.5 + 1070.214 * 0.0005
GAP_107 = {"price": "107.0214", "realized": "-70.214", "fees": "1.035107"}
DEAR = Costs(slippage=Decimal("0.01"))

CASES = {
    "inside the candle of the entry": (
        long("100 101 94 96"),
        ends("stop", at=1, **AT_95),
    ),
    "inside the candle of a short's entry": (
        short("100 106 99 104"),
        ends("stop", at=1, **AT_105),
    ),
    "only touched": (
        long("100 101 95 96"),
        ends("stop", at=1, **AT_95),
    ),
    "missed by a tick and hit an hour later": (
        long("100 101 95.1 96", "96 97 94 95"),
        ends("stop", at=2, **AT_95),
    ),
    "a gap through it fills at the open": (
        long(QUIET, "93 94 92 93"),
        ends("stop", at=1, **GAP_93),
    ),
    "a gap through a short's": (
        short(QUIET, "107 108 106 107"),
        ends("stop", at=1, **GAP_107),
    ),
    "a gap on the far side of a hole": (
        long(QUIET, HOLE, HOLE, "93 94 92 93"),
        ends("stop", at=3, **GAP_93),
    ),
    "a candle that opens on it": (
        long(QUIET, "95 96 94 95"),
        ends("stop", at=1, **AT_95),
    ),
    "before the target of the same candle": (
        long("100 110 95 105"),
        ends("stop", at=1, hits="0", **AT_95),
    ),
    "before a short's target of the same candle": (
        short("100 105 90 95"),
        ends("stop", at=1, hits="0", **AT_105),
    ),
    "before both targets of the same candle": (
        long("100 111 94 110", targets="105 110"),
        ends("stop", at=1, hits="0", **AT_95),
    ),
    "an open past the stop in a candle that reaches the target": (
        long(QUIET, "94 115 94 112"),
        # 94 * 0.9998 = 93.9812; 10 * -6.0188; 0.5 + 939.812 * 0.0005
        ends("stop", "93.9812", at=1, realized="-60.188", fees="0.969906"),
    ),
    "an open past the target in a candle that reaches the stop": (
        long(QUIET, "111 112 90 95"),
        # the open came first: 10 * 11; 0.5 + 1110 * 0.0002
        ends("target", "111", at=1, realized="110", fees="0.722", hits="1"),
    ),
    "a candle in which nothing was traded": (
        long("100 100 94 94 0"),
        ends("stop", at=1, **AT_95),
    ),
    "read from last prices and not from marks": (
        long("100 101 96 100", "100 100 94 95", marks=("100 101 90 100", QUIET)),
        ends("stop", at=2, **AT_95),
    ),
    "a hundredth of slippage": (
        long("100 101 94 96", costs=DEAR),
        # 95 * 0.99 = 94.05; 10 * -5.95; 0.5 + 940.5 * 0.0005
        ends("stop", "94.05", at=1, realized="-59.5", fees="0.97025"),
    ),
    "to the last digit": (
        long("100 101 94 96", amount="0.007", stop="95.3"),
        # 95.28094 * 0.007 = 0.66696658; 0.00035 + 0.00033348329
        ends("stop", "95.28094", at=1, realized="-0.03303342", fees="0.00068348329"),
    ),
}


@table(CASES, walked, lived)
async def test_a_stop_fills_as_the_table_says(player, scene, ending):
    assert_told(await player(scene), scene, ending)
