"""An untouched ccxt reads the account on the fake Binance and sets what it may set."""

from decimal import Decimal

import ccxt
import pytest

from tests.venues.trading.binance.signing import Keys
from tests.venues.trading.fate import deleverage

BTC = "BTC/USDT:USDT"


async def test_the_balance_is_the_wallet_and_what_is_free_of_it(client, ledger):
    before = (await client.fetch_balance())["USDT"]
    assert before == {"free": 10_000, "used": 0, "total": 10_000}
    await client.create_order(BTC, "market", "buy", 0.1)
    after = await client.fetch_balance()
    assert Decimal(after["info"]["totalWalletBalance"]) == ledger.state.wallet
    assert after["USDT"]["used"] == pytest.approx(250, rel=1e-3)
    assert after["info"]["positions"][0]["positionAmt"] == "0.100"


async def test_a_position_is_told_with_its_entry_mark_and_liquidation(client, venues):
    await client.set_margin_mode("isolated", BTC)
    await client.create_order(BTC, "market", "sell", 0.1)
    (told,) = await client.fetch_positions([BTC])
    shown = [told[key] for key in ("side", "contracts", "entryPrice", "marginMode", "leverage")]
    assert shown == ["short", 0.1, 49_999.9, "isolated", None]
    assert told["markPrice"] == pytest.approx(venues["binance"].mark("BTC"))
    assert 52_000 < told["liquidationPrice"] < 52_500


async def test_no_position_is_an_empty_list(client):
    assert await client.fetch_positions() == []


async def test_leverage_is_set_and_read_back(client):
    await client.set_leverage(7, BTC)
    assert (await client.fetch_leverage(BTC))["longLeverage"] == 7
    with pytest.raises(ccxt.BaseError):
        await client.set_leverage(126, BTC)


async def test_the_margin_mode_is_set_and_read_back_and_the_same_again_has_a_code(client):
    await client.set_margin_mode("isolated", BTC)
    with pytest.raises(ccxt.MarginModeAlreadySet, match="-4046"):
        await client.set_margin_mode("isolated", BTC)
    assert (await client.fetch_margin_mode(BTC))["marginMode"] == "isolated"


async def test_the_margin_mode_does_not_change_under_a_position(client):
    await client.create_order(BTC, "market", "buy", 0.1)
    with pytest.raises(ccxt.OperationRejected, match="-4048"):
        await client.set_margin_mode("isolated", BTC)


async def test_the_position_mode_can_be_read_and_hedged_accounts_take_no_plain_orders(client):
    assert (await client.fetch_position_mode())["hedged"] is False
    await client.set_position_mode(True)
    assert (await client.fetch_position_mode())["hedged"] is True
    with pytest.raises(ccxt.OperationRejected, match="-4061"):
        await client.create_order(BTC, "market", "buy", 0.1)


async def test_trades_carry_fees_and_profit(client, venues, ledger):
    await client.create_order(BTC, "market", "buy", 0.1)
    await venues.trade("BTC", 51_000.0)
    await client.create_order(BTC, "market", "sell", 0.1, None, {"reduceOnly": True})
    first, second = await client.fetch_my_trades(BTC)
    assert (first["fee"]["cost"], second["info"]["realizedPnl"]) == (2.500005, "99.98000000")
    earned = sum(Decimal(i["income"]) for i in await client.fapiPrivateGetIncome({}))
    assert ledger.state.wallet == earned


async def test_funding_is_in_the_history(client, venues):
    venues.world["BTC"].next_rate = 0.0001
    await client.create_order(BTC, "market", "buy", 0.1)
    await venues.advance(minutes=8 * 60)
    (paid,) = await client.fetch_funding_history(BTC)
    mark = venues["binance"].mark("BTC")
    assert paid["amount"] == pytest.approx(-0.1 * mark * 0.0001, rel=1e-6)


async def test_margin_moves_into_a_position(client, ledger):
    await client.set_margin_mode("isolated", BTC)
    await client.create_order(BTC, "market", "buy", 0.1)
    before = ledger.position("BTCUSDT").margin
    await client.add_margin(BTC, 100)
    assert ledger.position("BTCUSDT").margin == before + 100


async def test_liquidations_and_deleveraging_are_told_apart(client, venues, ledger):
    await client.set_margin_mode("isolated", BTC)
    await client.create_order(BTC, "market", "buy", 0.1)
    deleverage(ledger, "BTCUSDT", Decimal("0.05"), Decimal(50_500))
    await venues.trade("BTC", 40_000.0)
    orders = await client.fapiPrivateGetForceOrders({"symbol": "BTCUSDT"})
    assert [o["clientOrderId"].partition("-")[0] for o in orders] == ["adl_autoclose", "autoclose"]
    assert await client.fetch_positions([BTC]) == []


async def test_the_rules_of_fees_are_told(client):
    fee = await client.fetch_trading_fee(BTC)
    assert (fee["maker"], fee["taker"]) == (0.0002, 0.0005)


async def test_the_rights_of_a_key_can_be_read(client, floor):
    told = await client.sapiGetAccountApiRestrictions()
    assert (told["enableWithdrawals"], told["ipRestrict"]) == (False, True)
    floor.keys = Keys(withdraws=True)
    assert (await client.sapiGetAccountApiRestrictions())["enableWithdrawals"] is True


@pytest.mark.parametrize(
    ("spoil", "code", "kind"),
    [
        ({"apiKey": "somebody"}, "-2015", ccxt.AuthenticationError),
        ({"secret": "guessed"}, "-1022", ccxt.AuthenticationError),
    ],
)
async def test_a_stranger_gets_nothing(client, spoil, code, kind):
    for name, value in spoil.items():
        setattr(client, name, value)
    with pytest.raises(kind, match=code):
        await client.fetch_balance()


@pytest.mark.parametrize("wrong", [-20_000, 2_000])
async def test_a_clock_that_is_wrong_is_refused(client, venues, wrong):
    client.milliseconds = lambda: venues.world.now + wrong
    with pytest.raises(ccxt.InvalidNonce, match="-1021"):
        await client.fetch_balance()


async def test_the_venues_clock_may_be_the_wrong_one(client, venues):
    venues["binance"].faults.skew = 60_000
    with pytest.raises(ccxt.InvalidNonce, match="-1021"):
        await client.create_order(BTC, "market", "buy", 0.1)


async def test_a_key_that_may_not_trade_reads_only(client, floor):
    floor.keys = Keys(trades=False)
    await client.fetch_balance()
    with pytest.raises(ccxt.AuthenticationError, match="-2015"):
        await client.create_order(BTC, "market", "buy", 0.1)
