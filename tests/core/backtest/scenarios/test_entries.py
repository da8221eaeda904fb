"""Whether an entry fills, how much of it and at what price, computed by hand.

An hour later all is sold at 99.98 (a short bought at 100.02), if nothing else is said.
"""

from decimal import Decimal

from tests.core.backtest.scenarios.living import lived
from tests.core.backtest.scenarios.stage import (
    HOLE,
    NOTHING,
    QUIET,
    assert_told,
    ends,
    long,
    short,
    table,
)
from tests.core.backtest.scenarios.walking import walked
from tests.core.paper.builders import instrument

CENTS = instrument(tick_size=Decimal("0.01"))
SOLD = {"price": "99.98", "realized": "-0.2", "fees": "0.9999", "entry": "100"}


def volume(traded: str) -> dict:
    return {"hours": 1, "before": f"{QUIET} {traded}"}


CASES = {
    "with slippage": (
        long(QUIET, limit="100.2", hours=1),
        # 10 * -0.04; 1000.2 * 0.0005 + 999.8 * 0.0005
        ends("time", "99.98", at=1, realized="-0.4", fees="1", entry="100.02"),
    ),
    "with no more slippage than its limit": (
        long(QUIET, limit="100.01", hours=1, contract=CENTS),
        ends("time", "99.98", at=1, realized="-0.3", fees="0.99995", entry="100.01"),
    ),
    "at its limit": (
        long(QUIET, hours=1),
        ends("time", at=1, **SOLD),
    ),
    "not through its limit": (
        long("100.3 101 99 100", limit="100.2"),
        NOTHING,
    ),
    "a short with slippage": (
        short(QUIET, limit="99.8", hours=1),
        ends("time", "100.02", at=1, realized="-0.4", fees="1", entry="99.98"),
    ),
    "a short with no more slippage than its limit": (
        short(QUIET, limit="99.99", hours=1, contract=CENTS),
        # 999.9 * 0.0005 + 1000.2 * 0.0005
        ends("time", "100.02", at=1, realized="-0.3", fees="1.00005", entry="99.99"),
    ),
    "a short, not through its limit": (
        short("99.7 101 99 100", limit="99.8"),
        NOTHING,
    ),
    "at the next open, not at the close that was seen": (
        long("103 104 102 103", limit="103.2", hours=1, before="100 100 100 100"),
        # 103.0206 and 102.9794: 10 * -0.0412; 0.515103 + 0.514897
        ends("time", "102.9794", at=1, realized="-0.412", fees="1.03", entry="103.0206"),
    ),
    "at the close that was seen, where a hole follows": (
        long(HOLE, "102 103 101 102", hours=2),
        # 102 * 0.9998 = 101.9796; 0.5 + 1019.796 * 0.0005
        ends("time", "101.9796", at=2, realized="19.796", fees="1.009898", entry="100"),
    ),
    "and out through a gap behind that hole": (
        long(HOLE, "90 91 89 90"),
        # 90 * 0.9998 = 89.982; 0.5 + 899.82 * 0.0005
        ends("stop", "89.982", at=1, realized="-100.18", fees="0.94991", entry="100"),
    ),
    "a tenth of the last volume": (
        long(QUIET, **volume("50")),
        ends("time", "99.98", at=1, realized="-0.1", fees="0.49995", amount="5"),
    ),
    "a tenth rounded down to a step": (
        long(QUIET, **volume("0.0456")),
        # 0.004 * -0.02; 0.4 * 0.0005 + 0.39992 * 0.0005
        ends("time", "99.98", at=1, realized="-0.00008", fees="0.00039996", amount="0.004"),
    ),
    "a tenth that is less than a step": (
        long(QUIET, **volume("0.009")),
        NOTHING,
    ),
    "not without volume": (
        long(QUIET, **volume("0")),
        NOTHING,
    ),
    "a part, shared out between two targets": (
        long("100 111 99 110", targets="105 110", **volume("50")),
        # 2.5 * 5 + 2.5 * 10; 0.25 + 262.5 * 0.0002 + 275 * 0.0002
        ends("target", "110", at=1, realized="37.5", fees="0.3575", amount="5", hits="2"),
    ),
    "with the last cent of margin": (
        long(QUIET, hours=1, equity="1000.5"),
        ends("time", at=1, **SOLD),
    ),
    "not with a cent less": (
        long(QUIET, hours=1, equity="1000.49"),
        NOTHING,
    ),
    "not with that cent where funding has just come due": (
        long(QUIET, hours=1, equity="1000.5", funding=((0, "0.0001"),)),
        NOTHING,
    ),
    "with a tenth less where funding has just been paid to us": (
        long(QUIET, hours=1, equity="1000.4", funding=((-14, "-0.0001"),)),
        ends("time", at=1, funding="0.1", **SOLD),
    ),
    "with a tenth of it at ten times leverage": (
        long(QUIET, hours=1, equity="100.5", leverage=10),
        ends("time", at=1, **SOLD),
    ),
    "not a part of what as a whole is too dear": (
        long(QUIET, equity="600", **volume("50")),
        NOTHING,
    ),
}


@table(CASES, walked, lived)
async def test_an_entry_fills_as_the_table_says(player, scene, ending):
    assert_told(await player(scene), scene, ending)
