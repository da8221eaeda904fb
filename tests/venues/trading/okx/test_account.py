"""An untouched ccxt reads the account on the fake OKX and sets what it may set."""

from decimal import Decimal

import ccxt
import pytest

from tests.venues.trading.fate import deleverage
from tests.venues.trading.okx.books import book_of
from tests.venues.trading.okx.conftest import swaps
from tests.venues.trading.okx.opening import open_floor
from tests.venues.trading.okx.signing import Keys

BTC, ETH = "BTC/USDT:USDT", "ETH/USDT:USDT"
SWAP = "BTC-USDT-SWAP"
ISOLATED = {"marginMode": "isolated"}


async def test_the_balance_is_the_equity_and_what_is_free_of_it(client, ledger):
    before = (await client.fetch_balance())["USDT"]
    assert before == {"free": 10_000, "used": 0, "total": 10_000}
    await client.create_order(BTC, "market", "buy", 10)
    after = await client.fetch_balance()
    (coin,) = after["info"]["data"][0]["details"]
    assert Decimal(coin["cashBal"]) == ledger.state.wallet
    assert after["USDT"]["used"] == pytest.approx(1_000, rel=1e-3)


async def test_a_position_is_told_with_its_entry_mark_leverage_and_liquidation(client, venues):
    await client.create_order(BTC, "market", "sell", 10, None, ISOLATED)
    (told,) = await client.fetch_positions([BTC])
    shown = [told[key] for key in ("side", "contracts", "entryPrice", "marginMode", "leverage")]
    assert shown == ["short", 10, 49_999.9, "isolated", 5]
    assert (told["contractSize"], told["hedged"]) == (0.01, False)
    assert told["markPrice"] == pytest.approx(venues["okx"].mark("BTC"))
    assert 59_000 < told["liquidationPrice"] < 60_000
    assert told["initialMargin"] == pytest.approx(1_000, rel=1e-3)


async def test_what_was_held_once_is_shown_empty_to_who_names_it(client):
    assert await client.fetch_positions([BTC]) == []
    await client.create_order(BTC, "market", "buy", 10)
    await client.create_order(BTC, "market", "sell", 10, None, {"reduceOnly": True})
    (empty,) = await client.fetch_positions([BTC])
    assert (empty["contracts"], empty["side"]) == (0, None)
    assert await client.fetch_positions() == []


async def test_leverage_is_the_modes_and_the_same_again_is_no_mistake(client):
    for _ in range(2):
        await client.set_leverage(7, BTC, ISOLATED)
    assert (await client.fetch_leverage(BTC, ISOLATED))["longLeverage"] == 7
    assert (await client.fetch_leverage(BTC))["longLeverage"] == 5
    await client.set_margin_mode("cross", BTC, {"lever": 9})
    assert (await client.fetch_leverage(BTC))["longLeverage"] == 9
    await client.create_order(BTC, "market", "buy", 10)
    with pytest.raises(ccxt.ExchangeError, match="59102"):
        await client.privatePostAccountSetLeverage(
            {"instId": SWAP, "lever": "200", "mgnMode": "cross"}
        )


async def test_leverage_that_the_money_does_not_carry_is_refused(client):
    await client.set_leverage(50, BTC)
    await client.create_order(BTC, "market", "buy", 500)
    with pytest.raises(ccxt.InsufficientFunds, match="59108"):
        await client.set_leverage(2, BTC)
    assert (await client.fetch_leverage(BTC))["longLeverage"] == 50


async def test_the_position_mode_can_be_read_and_the_same_again_is_no_mistake(client):
    await client.set_position_mode(False)
    assert (await client.fetch_position_mode())["hedged"] is False
    await client.set_position_mode(True)
    assert (await client.fetch_position_mode())["hedged"] is True
    with pytest.raises(ccxt.BadRequest, match="posSide"):
        await client.create_order(BTC, "market", "buy", 10)


async def test_the_position_mode_does_not_change_under_a_position(client):
    await client.create_order(ETH, "market", "buy", 1)
    with pytest.raises(ccxt.ExchangeError, match="59000"):
        await client.set_position_mode(True)


async def test_trades_carry_fees_and_every_change_of_the_balance_has_a_line(
    client, venues, ledger
):
    await client.create_order(BTC, "market", "buy", 10)
    await venues.trade("BTC", 51_000.0)
    out = await client.create_order(BTC, "market", "sell", 10, None, {"reduceOnly": True})
    first, second = await client.fetch_my_trades(BTC)
    assert (first["fee"]["cost"], first["takerOrMaker"]) == (2.500005, "taker")
    assert (second["info"]["fillPnl"], second["cost"]) == ("99.98", 5_099.99)
    assert len(await client.fetch_order_trades(out["id"], BTC)) == 1
    bills = (await client.privateGetAccountBills())["data"]
    assert sum(Decimal(line["balChg"]) for line in bills) == ledger.state.wallet
    assert Decimal(bills[0]["bal"]) == ledger.state.wallet
    assert [line["type"] for line in bills] == ["2", "2", "1"]


async def test_funding_is_among_the_bills(client, venues):
    venues.world["BTC"].next_rate = 0.0001
    await client.create_order(BTC, "market", "buy", 10)
    await venues.advance(minutes=8 * 60)
    (paid,) = await client.fetch_funding_history(BTC)
    mark = venues["okx"].mark("BTC")
    assert paid["amount"] == pytest.approx(-0.1 * mark * 0.0001, rel=1e-6)
    assert paid["info"]["subType"] == "173"


async def test_margin_moves_into_a_position(client, ledger):
    await client.create_order(BTC, "market", "buy", 10, None, ISOLATED)
    before = ledger.position(book_of(SWAP, "isolated")).margin
    # ccxt's add_margin sends this too, and then stumbles over the answer
    asked = {"instId": SWAP, "amt": "100", "type": "add", "posSide": "net"}
    await client.privatePostAccountPositionMarginBalance(asked)
    assert ledger.position(book_of(SWAP, "isolated")).margin == before + 100


async def test_liquidations_and_deleveraging_are_told_apart(client, venues, ledger):
    await client.create_order(BTC, "market", "buy", 10, None, ISOLATED)
    deleverage(ledger, book_of(SWAP, "isolated"), Decimal("0.05"), Decimal(50_500))
    await venues.trade("BTC", 40_000.0)
    orders = (await client.privateGetTradeOrdersHistory({"instType": "SWAP"}))["data"]
    assert [o["category"] for o in orders] == ["full_liquidation", "adl", "normal"]
    assert await client.fetch_positions() == []


async def test_the_rules_of_fees_are_told(client):
    fee = await client.fetch_trading_fee(BTC)
    assert (fee["maker"], fee["taker"]) == (0.0002, 0.0005)


async def test_the_rights_of_a_key_can_be_read(client, floor):
    (told,) = (await client.privateGetAccountConfig())["data"]
    assert (told["perm"], told["ip"]) == ("read_only,trade", "203.0.113.7")
    floor.keys = Keys(withdraws=True, bound=False)
    (told,) = (await client.privateGetAccountConfig())["data"]
    assert (told["perm"], told["ip"]) == ("read_only,withdraw,trade", "")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        ({"apiKey": "somebody"}, "50111"),
        ({"secret": "guessed"}, "50113"),
        ({"password": "guessed"}, "50105"),
    ],
)
async def test_a_stranger_gets_nothing(client, spoil, code):
    for name, value in spoil.items():
        setattr(client, name, value)
    with pytest.raises(ccxt.AuthenticationError, match=code):
        await client.fetch_balance()


@pytest.mark.parametrize("wrong", [-31_000, 31_000])
async def test_a_clock_that_is_wrong_is_refused(client, venues, wrong):
    client.milliseconds = lambda: venues.world.now + wrong
    with pytest.raises(ccxt.InvalidNonce, match="50102"):
        await client.fetch_balance()


async def test_the_venues_clock_may_be_the_wrong_one(client, venues):
    venues["okx"].faults.skew = 60_000
    with pytest.raises(ccxt.InvalidNonce, match="50102"):
        await client.create_order(BTC, "market", "buy", 10)


async def test_a_key_that_may_not_trade_reads_only(client, floor):
    floor.keys = Keys(trades=False)
    await client.fetch_balance()
    with pytest.raises(ccxt.BaseError, match="50120"):
        await client.create_order(BTC, "market", "buy", 10)


async def test_the_demo_has_keys_of_its_own_and_a_header(venues, venue):
    floor = open_floor(venue, demo=True)
    client = swaps(venues, floor)
    try:
        with pytest.raises(ccxt.AuthenticationError, match="50101"):
            await client.privateGetAccountConfig()
        client.set_sandbox_mode(True)
        await client.create_order(BTC, "market", "buy", 10)
        assert (await client.fetch_positions([BTC]))[0]["contracts"] == 10
    finally:
        await client.close()


async def test_real_keys_do_not_open_the_demo(client):
    client.set_sandbox_mode(True)
    with pytest.raises(ccxt.AuthenticationError, match="50101"):
        await client.fetch_balance()
