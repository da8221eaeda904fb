"""An untouched ccxt reads the account on the fake Bybit and sets what it may set."""

from decimal import Decimal

import ccxt
import pytest

from tests.venues.trading.bybit.conftest import linear
from tests.venues.trading.bybit.opening import open_floor
from tests.venues.trading.bybit.signing import Keys
from tests.venues.trading.fate import deleverage

BTC, ETH = "BTC/USDT:USDT", "ETH/USDT:USDT"


async def test_the_balance_is_the_wallet_and_what_is_free_of_it(client, ledger):
    before = (await client.fetch_balance())["USDT"]
    assert [before[key] for key in ("free", "used", "total")] == [10_000, 0, 10_000]
    await client.create_order(BTC, "market", "buy", 0.1)
    after = await client.fetch_balance()
    (account,) = after["info"]["result"]["list"]
    assert Decimal(account["totalWalletBalance"]) == ledger.state.wallet
    assert after["USDT"]["used"] == pytest.approx(500, rel=1e-3)


async def test_an_isolated_account_tells_no_margins_of_the_whole(client):
    await client.set_margin_mode("isolated")
    told = await client.fetch_balance()
    (account,) = told["info"]["result"]["list"]
    assert (account["totalAvailableBalance"], account["accountIMRate"]) == ("", "")
    assert told["USDT"]["total"] == 10_000


async def test_a_position_is_told_with_its_entry_mark_leverage_and_liquidation(client, venues):
    await client.set_margin_mode("isolated")
    await client.create_order(BTC, "market", "sell", 0.1)
    (told,) = await client.fetch_positions([BTC])
    shown = [told[key] for key in ("side", "contracts", "entryPrice", "leverage", "hedged")]
    assert shown == ["short", 0.1, 49_999.9, 10, False]
    assert told["markPrice"] == pytest.approx(venues["bybit"].mark("BTC"))
    assert 54_000 < told["liquidationPrice"] < 55_000


async def test_who_asks_for_one_contract_gets_it_empty_and_who_asks_for_all_does_not(client):
    assert await client.fetch_positions() == []
    (empty,) = await client.fetch_positions([BTC])
    assert (empty["contracts"], empty["side"], empty["leverage"]) == (0, None, 10)
    await client.create_order(ETH, "market", "buy", 1)
    assert [p["symbol"] for p in await client.fetch_positions()] == [ETH]


async def test_leverage_is_set_and_read_back_and_the_same_again_has_a_code(client):
    await client.set_leverage(7, BTC)
    assert (await client.fetch_leverage(BTC))["longLeverage"] == 7
    with pytest.raises(ccxt.BadRequest, match="110043"):
        await client.set_leverage(7, BTC)
    with pytest.raises(ccxt.BadRequest, match="110013"):
        await client.set_leverage(126, BTC)


async def test_the_margin_mode_is_the_accounts_and_the_same_again_has_a_code(client, ledger):
    await client.set_leverage(7, BTC)
    await client.set_margin_mode("isolated")
    assert (await client.fetch_margin_mode(BTC))["marginMode"] == "isolated"
    assert all(ledger.setting(symbol).isolated for symbol in ("BTCUSDT", "ETHUSDT"))
    with pytest.raises(ccxt.MarginModeAlreadySet, match="110026"):
        await client.set_margin_mode("isolated")
    await client.set_margin_mode("cross")
    assert (await client.fetch_margin_mode(BTC))["marginMode"] == "cross"


async def test_the_margin_mode_does_not_change_under_a_position(client):
    await client.create_order(ETH, "market", "buy", 0.1)
    with pytest.raises(ccxt.ExchangeError, match="3400045"):
        await client.set_margin_mode("isolated")


async def test_hedged_accounts_take_no_plain_orders_and_the_same_again_has_a_code(client):
    with pytest.raises(ccxt.NoChange, match="110025"):
        await client.set_position_mode(False, BTC)
    await client.set_position_mode(True, BTC)
    with pytest.raises(ccxt.BadRequest, match="position idx not match"):
        await client.create_order(BTC, "market", "buy", 0.1)


async def test_trades_carry_fees_and_every_change_of_the_wallet_has_a_line(client, venues, ledger):
    await client.create_order(BTC, "market", "buy", 0.1, None, {"clientOrderId": "a1"})
    await venues.trade("BTC", 51_000.0)
    await client.create_order(BTC, "market", "sell", 0.1, None, {"reduceOnly": True})
    first, second = await client.fetch_my_trades(BTC)
    assert (first["fee"]["cost"], first["takerOrMaker"]) == (2.7500055, "taker")
    assert second["info"]["closedSize"] == "0.100"
    mine = await client.fetch_order_trades(None, BTC, params={"clientOrderId": "a1"})
    assert [trade["id"] for trade in mine] == [first["id"]]
    log = (await client.privateGetV5AccountTransactionLog({"category": ""}))["result"]["list"]
    assert sum(Decimal(line["change"]) for line in log) == ledger.state.wallet
    assert Decimal(log[0]["cashBalance"]) == ledger.state.wallet


async def test_funding_is_an_execution_and_a_fee(client, venues):
    venues.world["BTC"].next_rate = 0.0001
    await client.create_order(BTC, "market", "buy", 0.1)
    await venues.advance(minutes=8 * 60)
    (paid,) = await client.fetch_funding_history(BTC)
    mark = venues["bybit"].mark("BTC")
    assert paid["amount"] == pytest.approx(0.1 * mark * 0.0001, rel=1e-6)
    told = [paid["info"][key] for key in ("execQty", "feeRate", "side")]
    assert told == ["0.1", "0.0001", "Buy"]
    assert len(await client.fetch_my_trades(BTC)) == 1
    ledger = await client.fetch_ledger("USDT")
    assert ledger[-1]["info"]["type"] == "SETTLEMENT"


async def test_liquidations_and_deleveraging_are_told_apart(client, venues, ledger):
    await client.set_margin_mode("isolated")
    await client.create_order(BTC, "market", "buy", 0.1)
    deleverage(ledger, "BTCUSDT", Decimal("0.05"), Decimal(50_500))
    await venues.trade("BTC", 40_000.0)
    told = (await client.privateGetV5ExecutionList({"category": "linear"}))["result"]["list"]
    assert [row["execType"] for row in told] == ["BustTrade", "AdlTrade", "Trade"]
    assert await client.fetch_positions() == []


async def test_the_rules_of_fees_are_told(client):
    fee = await client.fetch_trading_fee(BTC)
    assert (fee["maker"], fee["taker"]) == (0.0002, 0.00055)


async def test_the_rights_of_a_key_can_be_read(client, floor):
    told = (await client.privateGetV5UserQueryApi())["result"]
    shown = told["readOnly"], told["permissions"]["Wallet"], told["ips"]
    assert shown == (0, [], ["203.0.113.7"])
    floor.keys = Keys(withdraws=True, bound=False)
    told = (await client.privateGetV5UserQueryApi())["result"]
    assert (told["permissions"]["Wallet"], told["ips"]) == (["Withdraw"], ["*"])
    assert told["expiredAt"].startswith("2026")


@pytest.mark.parametrize(
    ("spoil", "code"), [({"apiKey": "somebody"}, "10003"), ({"secret": "guessed"}, "10004")]
)
async def test_a_stranger_gets_nothing(client, spoil, code):
    for name, value in spoil.items():
        setattr(client, name, value)
    with pytest.raises(ccxt.AuthenticationError, match=code):
        await client.fetch_balance()


@pytest.mark.parametrize("wrong", [-20_000, 2_000])
async def test_a_clock_that_is_wrong_is_refused(client, venues, wrong):
    client.milliseconds = lambda: venues.world.now + wrong
    with pytest.raises(ccxt.InvalidNonce, match="10002"):
        await client.fetch_balance()


async def test_the_venues_clock_may_be_the_wrong_one(client, venues):
    venues["bybit"].faults.skew = 60_000
    with pytest.raises(ccxt.InvalidNonce, match="10002"):
        await client.create_order(BTC, "market", "buy", 0.1)


async def test_a_key_that_may_not_trade_reads_only(client, floor):
    floor.keys = Keys(trades=False)
    await client.fetch_balance()
    with pytest.raises(ccxt.PermissionDenied, match="10005"):
        await client.create_order(BTC, "market", "buy", 0.1)


async def test_the_demo_has_a_host_and_keys_of_its_own(venues, venue):
    floor = open_floor(venue, demo=True)
    client = linear(venues, floor)
    try:
        with pytest.raises(ccxt.AuthenticationError, match="10003"):
            await client.privateGetV5AccountInfo()
        client.enable_demo_trading(True)
        await client.create_order(BTC, "market", "buy", 0.1)
        assert (await client.fetch_positions([BTC]))[0]["contracts"] == 0.1
        with pytest.raises(ccxt.ExchangeError, match="10032"):
            await client.privateGetV5UserQueryApi()
    finally:
        await client.close()


async def test_real_keys_do_not_open_the_demo(client):
    client.enable_demo_trading(True)
    with pytest.raises(ccxt.AuthenticationError, match="10003"):
        await client.fetch_balance()
