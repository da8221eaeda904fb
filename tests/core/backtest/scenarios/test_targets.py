"""How much of a position a target sells, at what price, and what is left, computed by hand."""

from tests.core.backtest.scenarios.living import lived
from tests.core.backtest.scenarios.stage import QUIET, assert_told, ends, long, short, table
from tests.core.backtest.scenarios.walking import walked

AT_110 = {"price": "110", "realized": "100", "fees": "0.72", "hits": "1"}  # 0.5 + 1100 * 0.0002
AT_90 = {"price": "90", "realized": "100", "fees": "0.68", "hits": "1"}  # 0.5 + 900 * 0.0002
TWO = {"targets": "105 110"}
# 5 * 5 + 5 * 10; 0.5 + 525 * 0.0002 + 550 * 0.0002
BOTH = {"price": "110", "realized": "75", "fees": "0.715", "hits": "2"}

CASES = {
    "in the candle of the entry": (
        long("100 111 99 105"),
        ends("target", at=1, **AT_110),
    ),
    "only touched": (
        long("100 110 99 105"),
        ends("target", at=1, **AT_110),
    ),
    "a short's": (
        short("100 101 89 95"),
        ends("target", at=1, **AT_90),
    ),
    "missed by a tick and hit an hour later": (
        long("100 109.9 99 105", "105 110 104 108"),
        ends("target", at=2, **AT_110),
    ),
    "a better open": (
        long(QUIET, "112 113 111 112"),
        ends("target", "112", at=1, realized="120", fees="0.724"),  # 0.5 + 1120 * 0.0002
    ),
    "a short's better open": (
        short(QUIET, "88 89 87 88"),
        ends("target", "88", at=1, realized="120", fees="0.676"),  # 0.5 + 880 * 0.0002
    ),
    "two, an hour apart": (
        long("100 106 99 105", "105 111 104 110", **TWO),
        ends("target", at=2, **BOTH),
    ),
    "two in one candle": (
        long("100 111 99 110", **TWO),
        ends("target", at=1, **BOTH),
    ),
    "two at one open": (
        long(QUIET, "112 113 111 112", **TWO),
        # 10 * 12; 0.5 + 2 * 560 * 0.0002
        ends("target", "112", at=1, realized="120", fees="0.724", hits="2"),
    ),
    "an amount that does not divide by two": (
        long("100 111 99 110", amount="0.003", **TWO),
        # 0.001 * 5 + 0.002 * 10; 0.00015 + 0.105 * 0.0002 + 0.22 * 0.0002
        ends("target", "110", at=1, realized="0.025", fees="0.000215", hits="2"),
    ),
    "one step, which only the last target gets": (
        long("100 106 99 105", "105 111 104 110", amount="0.001", **TWO),
        # 0.001 * 10; 0.00005 + 0.11 * 0.0002
        ends("target", "110", at=2, realized="0.01", fees="0.000072", hits="2"),
    ),
    "three, of which the last gets a step more": (
        long("100 111 99 110", targets="104 107 110"),
        # 3.333 * 4 + 3.333 * 7 + 3.334 * 10; 0.5 + 0.0693264 + 0.0713262 + 0.073348
        ends("target", "110", at=1, realized="70.003", fees="0.7140006", hits="3"),
    ),
    "a tenth of the volume now, the rest at the next open": (
        long("100 111 99 110 40", "111 112 110 111"),
        # 4 * 10 + 6 * 11; 0.5 + 440 * 0.0002 + 666 * 0.0002
        ends("target", "111", at=1, realized="106", fees="0.7212", hits="1"),
    ),
    "what the open gave is all that a candle gives": (
        long(QUIET, "112 115 109 113 20", "109 111 108 110"),
        # 2 * 12 + 8 * 10; 0.5 + 224 * 0.0002 + 880 * 0.0002
        ends("target", "110", at=3, realized="104", fees="0.7208", hits="1"),
    ),
    "no volume, no fill": (
        long("100 111 99 100 0", "100 100 94 95"),
        ends("stop", "94.981", at=2, realized="-50.19", fees="0.974905", hits="0"),
    ),
    "a tenth rounded down, and the stop for the rest": (
        long("100 111 99 105 12.3456", "105 105 94 95"),
        # 1.234 * 10 - 8.766 * 5.019; 0.5 + 135.74 * 0.0002 + 832.603446 * 0.0005
        ends("stop", "94.981", at=2, realized="-31.656554", fees="0.943449723", hits="0"),
    ),
    "half, and the stop for the other half": (
        long("100 106 99 105", "105 106 94 95", **TWO),
        # 25 - 5 * 5.019; 0.5 + 525 * 0.0002 + 474.905 * 0.0005
        ends("stop", "94.981", at=2, realized="-0.095", fees="0.8424525", hits="1", stop="95"),
    ),
    "half at the open, and the stop within the candle": (
        long(QUIET, "106 106 94 95", **TWO),
        # 5 * 6 - 5 * 5.019; 0.5 + 530 * 0.0002 + 474.905 * 0.0005
        ends("stop", "94.981", at=2, realized="4.905", fees="0.8434525", hits="1"),
    ),
    "a short's two": (
        short("100 101 94 95", "95 96 89 90", targets="95 90"),
        # 25 + 50; 0.5 + 475 * 0.0002 + 450 * 0.0002
        ends("target", "90", at=2, realized="75", fees="0.685", hits="2"),
    ),
}


@table(CASES, walked, lived)
async def test_a_target_sells_what_the_table_says(player, scene, ending):
    assert_told(await player(scene), scene, ending)
