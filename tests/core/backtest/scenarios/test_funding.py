"""Which funding a position pays or is paid, to the second, computed by hand.

Everything stays at 100, and an hour after the entry all is sold at market: at 99.98, which costs
0.2, and 0.5 + 999.8 * 0.0005 in fees. A rate of 0.0001 on 1,000 is 0.1.
"""

from tests.core.backtest.scenarios.living import lived
from tests.core.backtest.scenarios.stage import HOLE, QUIET, assert_told, ends, long, short, table
from tests.core.backtest.scenarios.walking import walked

RATE = "0.0001"
SOLD = {"price": "99.98", "realized": "-0.2", "fees": "0.9999"}
BOUGHT = {"price": "100.02", "realized": "-0.2", "fees": "1.0001"}
STOPPED = {"price": "94.981", "realized": "-50.19", "fees": "0.974905"}


def due(*seconds: float, rate: str = RATE) -> dict:
    """An hour in the market with funding due so many seconds after the entry."""
    return {"hours": 1, "funding": tuple((second, rate) for second in seconds)}


CASES = {
    "at the entry": (
        long(QUIET, **due(0)),
        ends("time", at=1, funding="-0.1", **SOLD),
    ),
    "a second before the entry": (
        long(QUIET, **due(-1)),
        ends("time", at=1, funding="-0.1", **SOLD),
    ),
    "fourteen seconds before the entry": (
        long(QUIET, **due(-14)),
        ends("time", at=1, funding="-0.1", **SOLD),
    ),
    "fifteen seconds before the entry": (
        long(QUIET, **due(-15)),
        ends("time", at=1, funding="0", **SOLD),
    ),
    "a second after the entry": (
        long(QUIET, **due(1)),
        ends("time", at=1, funding="-0.1", **SOLD),
    ),
    "a second before the exit": (
        long(QUIET, QUIET, **due(3599)),
        ends("time", at=1, funding="-0.1", **SOLD),
    ),
    "at the exit": (
        long(QUIET, QUIET, **due(3600)),
        ends("time", at=1, funding="-0.1", **SOLD),
    ),
    "a second after the exit": (
        long(QUIET, QUIET, **due(3601)),
        ends("time", at=1, funding="0", **SOLD),
    ),
    "fourteen seconds after the exit": (
        long(QUIET, QUIET, **due(3614)),
        ends("time", at=1, funding="0", **SOLD),
    ),
    "a negative rate pays a long": (
        long(QUIET, **due(1800, rate="-0.0001")),
        ends("time", at=1, funding="0.1", **SOLD),
    ),
    "a positive rate pays a short": (
        short(QUIET, **due(1800)),
        ends("time", at=1, funding="0.1", **BOUGHT),
    ),
    "a short pays a negative rate": (
        short(QUIET, **due(1800, rate="-0.0001")),
        ends("time", at=1, funding="-0.1", **BOUGHT),
    ),
    "a short's grace is as long": (
        short(QUIET, **due(-14)),
        ends("time", at=1, funding="0.1", **BOUGHT),
    ),
    "a short that comes too late": (
        short(QUIET, **due(-15)),
        ends("time", at=1, funding="0", **BOUGHT),
    ),
    "every stamp of an hour": (
        long(QUIET, **due(0, 1200, 2400, 3600)),
        ends("time", at=1, funding="-0.4", **SOLD),
    ),
    "at the close before a hole": (
        long(QUIET, HOLE, QUIET, **{**due(3600), "hours": 3}),
        ends("time", at=3, funding="-0.1", **SOLD),
    ),
    "in a hole, and at its end": (
        long(QUIET, HOLE, QUIET, **{**due(3601, 5400, 7200), "hours": 3}),
        ends("time", at=3, funding="0", **SOLD),
    ),
    "after a hole": (
        long(QUIET, HOLE, QUIET, **{**due(7201), "hours": 3}),
        ends("time", at=3, funding="-0.1", **SOLD),
    ),
    "on the mark of its moment": (
        long(QUIET, marks=("102 102 102 102",), **due(1800)),
        ends("time", at=1, funding="-0.102", **SOLD),
    ),
    "on the next mark candle's open at a close": (
        long(QUIET, QUIET, marks=(QUIET, "104 104 104 104"), **due(3600)),
        ends("time", at=1, funding="-0.104", **SOLD),
    ),
    "before the stop of its candle": (
        long("100 100 94 94", **due(1800)),
        ends("stop", at=1, funding="-0.1", **STOPPED),
    ),
    "at the close of the candle that stopped it": (
        long("100 100 94 94", **due(3600)),
        ends("stop", at=1, funding="-0.094", **STOPPED),  # the last price is 94
    ),
    "a second after a stop at the open, in the candle it came into": (
        long(QUIET, "93 94 92 93", **{**due(3601), "hours": 9}),
        ends("stop", "92.9814", at=1, realized="-70.186", fees="0.964907", funding="-0.093"),
    ),
    "on what the first target has left": (
        long("100 106 100 100", QUIET, targets="105 110", **{**due(1800, 5400), "hours": 2}),
        # -0.1 - 0.05; 25 - 5 * 0.02; 0.5 + 525 * 0.0002 + 499.9 * 0.0005
        ends("time", "99.98", at=2, realized="24.9", fees="0.85495", funding="-0.15", hits="1"),
    ),
    "to the twelfth digit": (
        long(QUIET, amount="0.003", marks=("101.3 101.3 101.3 101.3",),
             **due(1800, rate="0.000123456")),
        # 0.3039 * 0.000123456 = 0.0000375182784
        ends("time", "99.98", at=1, realized="-0.00006", fees="0.00029997",
             funding="-0.000037518278"),
    ),
}  # fmt: skip


@table(CASES, walked, lived)
async def test_funding_is_paid_as_the_table_says(player, scene, ending):
    assert_told(await player(scene), scene, ending)
