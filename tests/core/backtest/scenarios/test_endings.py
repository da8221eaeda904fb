"""How a position ends that neither stop nor target has ended, computed by hand."""

from tests.core.backtest.scenarios.living import lived
from tests.core.backtest.scenarios.stage import HOLE, QUIET, assert_told, ends, long, short, table
from tests.core.backtest.scenarios.walking import walked

SOLD = {"price": "99.98", "realized": "-0.2", "fees": "0.9999"}  # 0.5 + 999.8 * 0.0005
# 103 * 0.9998 = 102.9794; 0.5 + 1029.794 * 0.0005
AT_103 = {"price": "102.9794", "realized": "29.794", "fees": "1.014897"}
STOPPED = {"price": "94.981", "realized": "-50.19", "fees": "0.974905"}

IN_TIME = {
    "at the close at which its time is over": (
        long(QUIET, QUIET, QUIET, hours=2),
        ends("time", at=2, **SOLD),
    ),
    "at the first close after half an hour more": (
        long(QUIET, QUIET, QUIET, hours=1.5),
        ends("time", at=2, **SOLD),
    ),
    "at the first close after a hole": (
        long(QUIET, HOLE, HOLE, QUIET, QUIET, hours=2),
        ends("time", at=4, **SOLD),
    ),
    "not when the last candle has stopped it": (
        long("100 101 94 96", QUIET, hours=1),
        ends("stop", at=1, **STOPPED),
    ),
    "not when the last candle has reached the target": (
        long("100 111 99 105", QUIET, hours=1),
        ends("target", "110", at=1, realized="100", fees="0.72"),
    ),
    "at the next open's price": (
        long("100 104 99 104", "103 104 94 95", hours=1),
        ends("time", at=1, **AT_103),
    ),
    "at the last close's price where a hole begins": (
        long("100 104 99 103", HOLE, "95 96 94 95", hours=1),
        ends("time", at=1, **AT_103),
    ),
    "a short": (
        short(QUIET, QUIET, hours=1),
        ends("time", "100.02", at=1, realized="-0.2", fees="1.0001"),  # 0.5 + 1000.2 * 0.0005
    ),
    "instead of following the price": (
        long("100 103 99 101", "101 102 100 101", hours=1,
             stop="98", targets="103 107", trail="2.2"),
        # 101 * 0.9998 = 100.9798; 15 + 5 * 0.9798; 0.5 + 0.103 + 504.899 * 0.0005
        ends("time", "100.9798", at=1, realized="19.899", fees="0.8554495", stop="98"),
    ),
}  # fmt: skip

WITH_THE_DATA = {
    "at the last close": (
        long("100 104 99 103"),
        ends("data", at=1, **AT_103),
    ),
    "a short": (
        short("100 101 96 97"),
        # 97 * 1.0002 = 97.0194; 10 * 2.9806; 0.5 + 970.194 * 0.0005
        ends("data", "97.0194", at=1, realized="29.806", fees="0.985097"),
    ),
    "what the first target has left": (
        long("100 106 99 104", targets="105 110"),
        # 25 + 5 * 3.9792; 0.5 + 525 * 0.0002 + 519.896 * 0.0005
        ends("data", "103.9792", at=1, realized="44.896", fees="0.864948", hits="1"),
    ),
    "not when the last candle has stopped it": (
        long("100 101 94 96"),
        ends("stop", at=1, **STOPPED),
    ),
    "not when its time is over as well": (
        long(QUIET, hours=1),
        ends("time", at=1, **SOLD),
    ),
    "after the funding of the last hour": (
        long(QUIET, funding=((1800, "0.0001"), (3600, "0.0001"))),
        ends("data", at=1, funding="-0.2", **SOLD),
    ),
    "days before its time": (
        long(QUIET, QUIET, HOLE, QUIET, hours=48),
        ends("data", at=4, **SOLD),
    ),
}


@table(IN_TIME, walked, lived)
async def test_a_position_whose_time_is_over_is_sold(player, scene, ending):
    assert_told(await player(scene), scene, ending)


@table(WITH_THE_DATA, walked, lived)
async def test_a_position_ends_with_the_data(player, scene, ending):
    assert_told(await player(scene), scene, ending)
