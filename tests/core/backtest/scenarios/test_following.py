"""How a stop follows the price once the first target is hit, computed by hand.

10 are bought at 100 with a stop at 98, targets at 103 and 107 and a trail of 2.2. Selling 5 at 103
earns 15 and costs 0.103; break-even is 100 * 1.001. Prices at closes are the next candle's open.
"""

from tests.core.backtest.scenarios.living import lived
from tests.core.backtest.scenarios.stage import HOLE, assert_told, ends, long, short, table
from tests.core.backtest.scenarios.walking import walked

UP = {"stop": "98", "targets": "103 107", "trail": "2.2"}
DOWN = {"stop": "102", "targets": "97 93", "trail": "2.2"}
HIT = "100 103 99 103"
# 100.1 * 0.9998 = 100.07998; 15 + 5 * 0.07998; 0.603 + 500.3999 * 0.0005
EVEN = {"price": "100.07998", "realized": "15.3999", "fees": "0.85319995", "stop": "100.1"}
# 103.3 * 0.9998 = 103.27934; 15 + 5 * 3.27934; 0.603 + 516.3967 * 0.0005
AT_103_3 = {"price": "103.27934", "realized": "31.3967", "fees": "0.86119835", "stop": "103.3"}
BEHIND = ("100 106 100 106 0", "106 106 103.5 103.5")  # the extreme is 106, half goes at 106

CASES = {
    "to break-even": (
        long("100 103 99 101", "101 102 100 100.5", **UP),
        ends("trail", at=2, hits="1", **EVEN),
    ),
    "to break-even, which the price has passed: sold at once": (
        long("100 103 99 100.05", "100.05 102 100 101", **UP),
        # 100.05 * 0.9998 = 100.02999; 15 + 5 * 0.02999; 0.603 + 500.14995 * 0.0005
        ends("trail", "100.02999", at=1, realized="15.14995", fees="0.853074975", stop="100.1"),
    ),
    "to break-even, where the price stands": (
        long("100 103 99 100.1", "100.1 102 100.1 101", **UP),
        ends("trail", at=1, **EVEN),
    ),
    "to break-even, where the price stands when a hole begins": (
        long("100 103 99 100.1", HOLE, "103 104 102 103", **UP),
        ends("trail", at=1, **EVEN),
    ),
    "to break-even, which the next open has passed and the close has not": (
        long("100 103 99 102", "100 102 99 101", **UP),
        # 15 - 5 * 0.02; 0.603 + 499.9 * 0.0005
        ends("trail", "99.98", at=1, realized="14.9", fees="0.85295", stop="100.1"),
    ),
    "to break-even rounded up to a tick": (
        long("100.3 103 99 101", "101 101 100 100", limit="100.3", **UP),
        # 100.4003 -> 100.5 * 0.9998 = 100.4799; 5 * 2.7 + 5 * 0.1799; 0.5015 + 0.103 + 0.25119975
        ends("trail", "100.4799", at=2, realized="14.3995", fees="0.85569975", stop="100.5"),
    ),
    "behind the best close": (
        long(HIT, "103 106 103 105.5", "105.5 105.6 103 103.2", **UP),
        ends("trail", at=3, **AT_103_3),
    ),
    "behind a close from before the first target": (
        long("100 102.9 100 102.9", "102.9 103 101 101", "101 101 100.5 100.6", **UP),
        # 100.7 * 0.9998 = 100.67986; 15 + 5 * 0.67986; 0.603 + 503.3993 * 0.0005
        ends("trail", "100.67986", at=3, realized="18.3993", fees="0.85469965", stop="100.7"),
    ),
    "and never loosens": (
        long(HIT, "103 105.5 103 105.5", "105.5 105.5 104 104", "104 104 103.3 103.5", **UP),
        ends("trail", at=4, **AT_103_3),
    ),
    "and not behind the best high": (
        long(HIT, "103 106.9 103 104", "104 104 101 101", **UP),
        # 101.8 * 0.9998 = 101.77964; 15 + 5 * 1.77964; 0.603 + 508.8982 * 0.0005
        ends("trail", "101.77964", at=3, realized="23.8982", fees="0.8574491", stop="101.8"),
    ),
    "on the nearest tick, the even one of two": (
        long(HIT, "103 106 103 105.5", "105.5 105.6 103 103.2", **{**UP, "trail": "2.25"}),
        # 103.25 -> 103.2 * 0.9998 = 103.17936; 15 + 5 * 3.17936; 0.603 + 515.8968 * 0.0005
        ends("trail", "103.17936", at=3, realized="30.8968", fees="0.8609484", stop="103.2"),
    ),
    "not to a level that the price has fallen below": (
        long(*BEHIND, "103.5 103.6 101 101", "101 101 100 100", **UP),
        # 5 * 6 + 5 * 0.07998; 0.5 + 530 * 0.0002 + 500.3999 * 0.0005
        ends("trail", "100.07998", at=4, realized="30.3999", fees="0.85619995", stop="100.1"),
    ),
    "to that level once the price is above it again": (
        long(*BEHIND, "103.5 104.2 103.4 104.1", "104.1 104.2 103 103", **UP),
        # 103.8 * 0.9998 = 103.77924; 30 + 5 * 3.77924; 0.606 + 518.8962 * 0.0005
        ends("trail", "103.77924", at=4, realized="48.8962", fees="0.8654481", stop="103.8"),
    ),
    "not to that level while the price stands on it": (
        long(*BEHIND, "103.5 104.2 103.4 103.8", "103.8 103.8 100.2 100.2", "100.2 101 100 100",
             **UP),
        ends("trail", "100.07998", at=5, realized="30.3999", fees="0.85619995", stop="100.1"),
    ),
    "not to a level on which the price stands when the first target is hit": (
        long("100 106 100 106 0", "106 106 103.8 103.8", "103.8 103.8 100.2 100.2",
             "100.2 101 100 100", **UP),
        ends("trail", "100.07998", at=4, realized="30.3999", fees="0.85619995", stop="100.1"),
    ),
    "and is hit by a gap on the far side of a hole": (
        long(HIT, HOLE, "99 100 98.5 99", **UP),
        # 99 * 0.9998 = 98.9802; 15 - 5 * 1.0198; 0.603 + 494.901 * 0.0005
        ends("trail", "98.9802", at=2, realized="9.901", fees="0.8504505", stop="100.8"),
    ),
    "until the second target": (
        long(HIT, "103 107 102 106", **UP),
        # 15 + 5 * 7; 0.603 + 535 * 0.0002
        ends("target", "107", at=2, realized="50", fees="0.71", hits="2", stop="100.8"),
    ),
    "not before the first target": (
        long("100 102.9 99 102.9", "102.9 102.9 97 97", **UP),
        # 98 * 0.9998 = 97.9804; 10 * -2.0196; 0.5 + 979.804 * 0.0005
        ends("stop", "97.9804", at=2, realized="-20.196", fees="0.989902", stop="98"),
    ),
    "not before the whole of the first target": (
        long("100 103 99 103 20", "103 103 97 97 0", **UP),
        # 2 * 3 - 8 * 2.0196; 0.5 + 206 * 0.0002 + 783.8432 * 0.0005
        ends("stop", "97.9804", at=2, realized="-10.1568", fees="0.9331216", hits="0", stop="98"),
    ),
    "not without a trail": (
        long(HIT, "103 104 102.9 104", "104 104 97 97", **{**UP, "trail": ""}),
        # 15 - 5 * 2.0196; 0.603 + 489.902 * 0.0005
        ends("stop", "97.9804", at=3, realized="4.902", fees="0.847951", hits="1", stop="98"),
    ),
    "down, behind the best close of a short": (
        short("100 101 97 97", "97 97.5 94 94.5", "94.5 97 94.4 97", **DOWN),
        # 96.7 * 1.0002 = 96.71934; 15 + 5 * 3.28066; 0.5 + 485 * 0.0002 + 483.5967 * 0.0005
        ends("trail", "96.71934", at=3, realized="31.4033", fees="0.83879835", stop="96.7"),
    ),
    "to a short's break-even, which the price has passed": (
        short("100 101 97 99.95", "99.95 100 99 99", **DOWN),
        # 99.95 * 1.0002 = 99.96999; 15 + 5 * 0.03001; 0.597 + 499.84995 * 0.0005
        ends("trail", "99.96999", at=1, realized="15.15005", fees="0.846924975", stop="99.9"),
    ),
}  # fmt: skip


@table(CASES, walked, lived)
async def test_a_stop_follows_as_the_table_says(player, scene, ending):
    assert_told(await player(scene), scene, ending)
