"""What finer candles decide inside an hour, computed by hand; the desk still looks once an hour."""

from core.domain.market import Timeframe
from tests.core.backtest.scenarios.living import lived
from tests.core.backtest.scenarios.stage import HOLE, QUIET, assert_told, ends, long, short, table
from tests.core.backtest.scenarios.walking import walked

QUARTERS = {"tape": Timeframe.M15}
MINUTES = {"tape": Timeframe.M1}
STOPPED = {"price": "94.981", "realized": "-50.19", "fees": "0.974905"}
TARGET = {"price": "110", "realized": "100", "fees": "0.72"}
SOLD = {"price": "99.98", "realized": "-0.2", "fees": "0.9999"}
UP, DOWN = "100 111 99 110", "100 101 94 95"
CALM = (QUIET,) * 4


def still(price: int, minutes: int) -> tuple[str, ...]:
    return (f"{price} {price} {price} {price}",) * minutes


CASES = {
    "the hour alone: the stop": (
        long("100 111 94 100"),
        ends("stop", at=1, **STOPPED),
    ),
    "quarters that rise first: the target": (
        long(UP, "110 110 94 95", "95 96 94 95", "95 100 95 100", **QUARTERS),
        ends("target", at=0.25, **TARGET),
    ),
    "quarters that fall first: the stop": (
        long(DOWN, "95 111 95 110", "110 110 109 110", "110 110 100 100", **QUARTERS),
        ends("stop", at=0.25, **STOPPED),
    ),
    "both in one quarter: the stop": (
        long(QUIET, QUIET, "100 111 94 100", QUIET, **QUARTERS),
        ends("stop", at=0.75, **STOPPED),
    ),
    "a short in quarters that rise first: the stop": (
        short("100 106 100 105", "105 105 89 90", *CALM[:2], **QUARTERS),
        ends("stop", "105.021", at=0.25, realized="-50.21", fees="1.025105"),
    ),
    "minutes that rise first: the target": (
        long(*still(100, 24), "100 110 100 110", *still(110, 5), "110 110 94 95", *still(95, 29),
             **MINUTES),
        ends("target", at=25 / 60, **TARGET),
    ),
    "minutes that fall first: the stop": (
        long(*still(100, 24), "100 100 95 96", *still(96, 5), "96 111 96 110", *still(100, 29),
             **MINUTES),
        ends("stop", at=25 / 60, **STOPPED),
    ),
    "a gap between two quarters": (
        long(QUIET, "94 94 93 93", "93 93 93 93", "93 93 93 93", **QUARTERS),
        # 94 * 0.9998 = 93.9812; 0.5 + 939.812 * 0.0005
        ends("stop", "93.9812", at=0.25, realized="-60.188", fees="0.969906"),
    ),
    "a tenth of each quarter's volume": (
        long("100 110 100 109 40", "109 109.5 109 109 40", "109 110 109 109 40",
             "109 110 109 109 40", **QUARTERS),
        ends("target", at=1, **TARGET),  # 4, 0, 4 and 2
    ),
    "a stop that follows only when the hour is over": (
        long("100 103 100 103", "103 103 99 99", "99 99.5 99 99.5", "99.5 99.6 99.4 99.5",
             "99.5 99.6 99.4 99.5", *CALM[:3], stop="98", targets="103 107", trail="2.2",
             **QUARTERS),
        # 99.5 * 0.9998 = 99.4801; 15 - 5 * 0.5199; 0.603 + 497.4005 * 0.0005
        ends("trail", "99.4801", at=1, realized="12.4005", fees="0.85170025", stop="100.1"),
    ),
    "a time stop that waits for the hour": (
        long(*CALM, *CALM, *CALM, hours=1.25, **QUARTERS),
        ends("time", at=2, **SOLD),
    ),
    "a time stop that waits for an hour without a hole": (
        long(QUIET, QUIET, HOLE, QUIET, *CALM, hours=1, **QUARTERS),
        ends("time", at=2, **SOLD),
    ),
    "a stop in an hour with a hole": (
        long(QUIET, HOLE, DOWN, QUIET, *CALM, **QUARTERS),
        ends("stop", at=0.75, **STOPPED),
    ),
    "funding in the quarter of its stamp": (
        long(QUIET, DOWN, *CALM[:2], funding=((900, "0.0001"), (1801, "0.0001")), **QUARTERS),
        ends("stop", at=0.5, funding="-0.1", **STOPPED),
    ),
    "a mark that falls for a quarter": (
        long(QUIET, UP, *CALM[:2], leverage=10, stop="80",
             marks=("100 101 90.9 95", QUIET, QUIET, QUIET), **QUARTERS),
        ends("liquidation", "90", at=0.25, realized="-100", fees="0.5"),
    ),
}  # fmt: skip


@table(CASES, walked, lived)
async def test_finer_candles_decide_as_the_table_says(player, scene, ending):
    assert_told(await player(scene), scene, ending)
