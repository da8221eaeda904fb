"""An untouched ccxt reads the account on the fake Bitget and sets what it may set."""

from decimal import Decimal

import ccxt
import pytest

from tests.venues.trading.bitget.signing import Keys
from tests.venues.trading.fate import deleverage

BTC = "BTC/USDT:USDT"
ISOLATED = {"marginMode": "isolated"}


async def order(client, side="buy", amount=0.1, **params):
    return await client.create_order(BTC, "market", side, amount, None, ISOLATED | params)


async def test_the_balance_is_the_equity_and_what_could_leave(client, ledger):
    before = (await client.fetch_balance())["USDT"]
    assert before == {"free": 10_000, "used": 0, "total": 10_000}
    await order(client)
    after = (await client.fetch_balance())["USDT"]
    assert after["used"] == pytest.approx(250, rel=0.01)
    mark = ledger.quote("BTCUSDT").mark
    gain = ledger.position("BTCUSDT").unrealized(mark)
    assert after["total"] == pytest.approx(float(ledger.state.wallet + gain))


async def test_a_position_is_told_with_its_entry_mark_leverage_and_liquidation(client, venues):
    await order(client, "sell")
    (told,) = await client.fetch_positions([BTC])
    shown = [told[key] for key in ("side", "contracts", "entryPrice", "marginMode", "leverage")]
    assert shown == ["short", 0.1, 49_999.9, "isolated", 20]
    assert told["hedged"] is False
    assert told["markPrice"] == pytest.approx(venues["bitget"].mark("BTC"))
    assert 52_000 < told["liquidationPrice"] < 52_500


async def test_no_position_is_an_empty_list(client):
    assert await client.fetch_positions() == []


async def test_leverage_is_set_and_read_back_and_the_same_again_has_a_code(client):
    await client.set_leverage(7, BTC)
    assert (await client.fetch_leverage(BTC))["longLeverage"] == 7
    with pytest.raises(ccxt.ExchangeError, match="45054"):
        await client.set_leverage(7, BTC)
    with pytest.raises(ccxt.ExchangeError, match="45045"):
        await client.set_leverage(126, BTC)


async def test_the_margin_mode_is_set_and_read_back(client):
    await client.set_margin_mode("isolated", BTC)
    await client.set_margin_mode("isolated", BTC)
    assert (await client.fetch_margin_mode(BTC))["marginMode"] == "isolated"


@pytest.mark.parametrize("mode", ["isolated", "cross"])
async def test_no_margin_mode_is_taken_while_there_is_anything_not_even_the_same(client, mode):
    await order(client)
    with pytest.raises(ccxt.ExchangeError, match="45117"):
        await client.set_margin_mode(mode, BTC)


async def test_the_position_mode_is_told_with_every_contract_and_changes_while_empty(client):
    await client.set_position_mode(True, BTC)
    assert (await client.fetch_leverage(BTC))["info"]["posMode"] == "hedge_mode"
    await client.set_position_mode(False, BTC)
    await order(client)
    with pytest.raises(ccxt.ExchangeError, match="40920"):
        await client.set_position_mode(False, BTC)


async def test_trades_carry_fees_and_profit_and_bills_add_up(client, venues, ledger):
    await order(client)
    await venues.trade("BTC", 51_000.0)
    await order(client, "sell", reduceOnly=True)
    first, second = await client.fetch_my_trades(BTC)
    assert (first["fee"]["cost"], second["info"]["profit"]) == (3.000006, "99.98")
    (named,) = await client.fetch_my_trades(BTC, params={"orderId": second["order"]})
    assert named["id"] == second["id"]
    bills = [line["info"] for line in await client.fetch_ledger("USDT")]
    whole = sum(Decimal(bill["amount"]) + Decimal(bill["fee"]) for bill in bills)
    assert whole == ledger.state.wallet == Decimal(bills[0]["balance"])
    kinds = [bill["businessType"] for bill in bills]
    assert kinds == ["sell", "buy", "trans_from_exchange"]


async def test_funding_is_in_the_history(client, venues):
    venues.world["BTC"].next_rate = 0.0001
    await order(client)
    await venues.advance(minutes=8 * 60)
    (paid,) = await client.fetch_funding_history(BTC)
    mark = venues["bitget"].mark("BTC")
    assert paid["amount"] == pytest.approx(-0.1 * mark * 0.0001, rel=1e-6)


async def test_bills_come_in_pages(client):
    for _ in range(3):
        await order(client)
    page = await client.fetch_ledger("USDT", limit=2)
    older = await client.fetch_ledger("USDT", None, 2, {"idLessThan": page[-1]["id"]})
    assert len({line["id"] for line in (*page, *older)}) == 4
    with pytest.raises(ccxt.BadRequest, match="40705"):
        await client.fetch_ledger("USDT", 1_700_000_000_000)


async def test_margin_moves_into_a_position(client, ledger):
    await order(client)
    before = ledger.position("BTCUSDT").margin
    await client.add_margin(BTC, 100, {"holdSide": "long"})
    assert ledger.position("BTCUSDT").margin == before + 100


async def test_liquidations_and_deleveraging_are_told_apart(client, venues, ledger):
    await order(client)
    deleverage(ledger, "BTCUSDT", Decimal("0.05"), Decimal(50_500))
    await venues.trade("BTC", 40_000.0)
    told = [o["info"]["tradeSide"] for o in await client.fetch_canceled_and_closed_orders(BTC)]
    assert {"burst_sell_single", "dte_sys_adl_sell_in_single_side_mode"} < {*told}
    assert await client.fetch_positions([BTC]) == []
    kinds = {line["info"]["businessType"] for line in await client.fetch_ledger("USDT")}
    assert {"burst_sell", "adl_sell_in_single_side_mode"} < kinds


async def test_the_rights_of_a_key_can_be_read(client, floor):
    async def rights():
        told = (await client.privateSpotGetV2SpotAccountInfo())["data"]
        return {*told["authorities"]}, told["ips"]

    assert await rights() == ({"coor", "cpor", "coow", "cpow"}, "203.0.113.7")
    floor.keys = Keys(withdraws=True, transfers=True, bound=False)
    may, ips = await rights()
    assert ({"wwow", "wtow"} < may, ips) == (True, "")


SPOILT = [
    ({"apiKey": "somebody"}, "40006", ccxt.AuthenticationError),
    ({"secret": "guessed"}, "40009", ccxt.AuthenticationError),
    ({"password": "forgotten"}, "40012", ccxt.AuthenticationError),
]


@pytest.mark.parametrize(("spoil", "code", "kind"), SPOILT, ids=[code for _, code, _ in SPOILT])
async def test_a_stranger_gets_nothing(client, spoil, code, kind):
    for name, value in spoil.items():
        setattr(client, name, value)
    with pytest.raises(kind, match=code):
        await client.fetch_balance()


@pytest.mark.parametrize("wrong", [-31_000, 31_000])
async def test_a_clock_that_is_wrong_is_refused(client, venues, wrong):
    client.milliseconds = lambda: venues.world.now + wrong
    with pytest.raises(ccxt.InvalidNonce, match="40008"):
        await client.fetch_balance()


async def test_the_venues_clock_may_be_the_wrong_one(client, venues):
    venues["bitget"].faults.skew = 60_000
    with pytest.raises(ccxt.InvalidNonce, match="40008"):
        await order(client)


async def test_a_key_that_may_not_trade_reads_only(client, floor):
    floor.keys = Keys(trades=False)
    await client.fetch_balance()
    with pytest.raises(ccxt.PermissionDenied, match="40014"):
        await order(client)


async def test_a_key_bound_to_another_address_is_refused(client, floor):
    floor.keys = Keys(welcome=False)
    with pytest.raises(ccxt.PermissionDenied, match="40018"):
        await client.fetch_balance()


async def test_a_key_of_the_demo_works_with_its_header_and_only_there(client, floor, ledger):
    client.enable_demo_trading(True)
    with pytest.raises(ccxt.ExchangeError, match="40099"):
        await client.fetch_balance()
    floor.keys = Keys(demo=True)
    await order(client)
    assert ledger.position("BTCUSDT").amount == Decimal("0.1")
    client.enable_demo_trading(False)
    with pytest.raises(ccxt.ExchangeError, match="40099"):
        await client.fetch_balance()


async def test_ccxt_asks_whether_the_account_is_unified_and_it_is_not(client):
    client.options["uta"] = None
    await client.fetch_balance()
    assert client.options["uta"] is False
    with pytest.raises(ccxt.ExchangeError, match="40084"):
        await client.privateUtaGetV3AccountSettings()
