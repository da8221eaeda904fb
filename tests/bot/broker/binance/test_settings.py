"""No entry leaves before mode, margin and leverage stand as asked, and were read back."""

from core.domain.trading import Placed, Refused
from tests.core.broker_contract import bid, entry, stop
from tests.venues.trading.accidents import Mishap
from tests.venues.trading.settings import set_hedged, set_isolated, set_leverage

PROOFS = ("GET /fapi/v1/symbolConfig", "GET /fapi/v1/positionSide/dual")


async def test_what_was_proven_is_not_asked_again_within_the_hour(broker, floor, venues):
    await broker.place(entry())
    with floor.begin(Mishap.LAGGING, "GET ", lag=0) as reads:
        await broker.place(entry("second", "0.01"))
        assert reads.struck == []
        await venues.advance(minutes=61)
        await broker.place(entry("third", "0.01"))
        assert reads.struck


async def test_hedge_mode_that_cannot_be_left_sends_nothing(broker, ledger, floor):
    set_hedged(ledger, hedged=True)
    with floor.begin(Mishap.SWALLOWED, "POST /fapi/v1/positionSide/dual"):
        assert await broker.place(entry()) == Refused("entry", "setting")
    assert ledger.position("BTCUSDT").amount == 0
    assert await broker.place(entry()) == Placed("entry")


async def test_a_setting_that_says_it_was_made_is_not_believed(broker, floor, ledger):
    with floor.begin(Mishap.STALE, PROOFS[0]):
        assert await broker.place(entry()) == Refused("entry", "setting")
    assert ledger.position("BTCUSDT").amount == 0


async def test_a_setting_that_cannot_be_read_sends_nothing(broker, floor, ledger):
    for proof in PROOFS:
        with floor.begin(Mishap.PAGE, proof):
            assert await broker.place(entry()) == Refused("entry", "setting")
    assert ledger.position("BTCUSDT").amount == 0


async def test_a_setting_that_stands_already_is_not_made_again(broker, floor, ledger):
    set_isolated(ledger, "BTCUSDT", isolated=True)
    set_leverage(ledger, "BTCUSDT", 2)
    with (
        floor.begin(Mishap.SWALLOWED, "POST /fapi/v1/leverage"),
        floor.begin(Mishap.SWALLOWED, "POST /fapi/v1/marginType"),
    ):
        assert await broker.place(entry()) == Placed("entry")
    assert floor.accidents.counts[Mishap.SWALLOWED] == 0


async def test_what_reduces_asks_for_no_setting(broker, floor):
    await broker.place(entry())
    broker.standing.proven.clear()
    with floor.begin(Mishap.PAGE, "GET "):
        assert await broker.place(stop()) == Placed("stop")
        assert await broker.place(bid()) == Refused("bid", "setting")
