"""Stops, targets and triggers of an untouched ccxt on the fake Bitget."""

from decimal import Decimal

import ccxt
import pytest

BTC = "BTC/USDT:USDT"
OURS = {"trigger": True, "planType": "profit_loss"}
ISOLATED = {"marginMode": "isolated"}


def held(ledger):
    return ledger.position("BTCUSDT").amount


async def order(client, side="buy", amount=0.1, **params):
    return await client.create_order(BTC, "market", side, amount, None, ISOLATED | params)


async def stop(client, price=48_000, name="s1", **params):
    asked = {"stopLossPrice": price, "clientOrderId": name} | params
    return await client.create_order(BTC, "market", "sell", 0.1, None, asked)


async def listed(client, **params):
    return await client.fetch_open_orders(BTC, params=OURS | params)


async def marked(venues, price):
    venues.world["BTC"].mark_price = float(price)
    await venues.pulse()


async def test_a_stop_belongs_to_the_whole_position_and_has_no_size(client):
    await order(client)
    placed = await stop(client)
    (told,) = await listed(client)
    shown = [told["info"][key] for key in ("planType", "size", "triggerType", "side")]
    assert shown == ["pos_loss", "", "mark_price", "sell"]
    assert (told["id"], told["clientOrderId"], told["status"]) == (placed["id"], "s1", "open")
    (position,) = await client.fetch_positions([BTC])
    assert (position["info"]["stopLoss"], position["info"]["stopLossId"]) == (
        "48000.0",
        placed["id"],
    )


async def test_the_lists_that_ccxt_takes_by_itself_do_not_show_it(client):
    await order(client)
    await stop(client)
    assert await client.fetch_open_orders(BTC) == []
    assert await client.fetch_open_orders(BTC, params={"trigger": True}) == []
    with pytest.raises(ccxt.OrderNotFound, match="40109"):
        await client.fetch_order(None, BTC, {"clientOrderId": "s1"})


async def test_it_grows_with_the_position_and_closes_all_of_it(client, venues, ledger):
    await order(client)
    placed = await stop(client)
    await order(client, amount=0.2)
    await marked(venues, 47_999)
    assert (held(ledger), ledger.open_algos()) == (0, [])
    (past,) = await client.fetch_canceled_and_closed_orders(BTC, params=OURS)
    shown = [past["info"][key] for key in ("orderId", "planStatus", "baseVolume")]
    assert (shown, past["status"]) == ([placed["id"], "executed", "0.3"], "closed")
    became = await client.fetch_order(past["info"]["executeOrderId"], BTC)
    assert (became["filled"], became["clientOrderId"] == "s1") == (0.3, False)


async def test_it_goes_with_the_position(client, ledger):
    await order(client)
    await stop(client)
    await order(client, "sell", reduceOnly=True)
    assert await listed(client) == []
    (past,) = await client.fetch_canceled_and_closed_orders(BTC, params=OURS)
    assert past["status"] == "canceled"


async def test_it_goes_when_the_position_turns_around(client, ledger):
    await order(client)
    await stop(client)
    await order(client, "sell", 0.3)
    assert (held(ledger), await listed(client)) == (Decimal("-0.2"), [])


async def test_a_short_is_stopped_above(client, venues, ledger):
    await order(client, "sell")
    asked = {"stopLossPrice": 51_000}
    await client.create_order(BTC, "market", "buy", 0.1, None, asked)
    await marked(venues, 51_001)
    assert held(ledger) == 0


async def test_the_last_price_may_be_what_counts(client, venues, ledger):
    await order(client)
    await stop(client, triggerPriceType="fill_price")
    await marked(venues, 47_900)
    assert held(ledger) == Decimal("0.1")
    await venues.trade("BTC", 47_990.0)
    assert held(ledger) == 0


async def test_with_a_price_of_its_own_it_rests_there(client, venues, ledger):
    await order(client)
    asked = {"stopLossPrice": 49_000, "triggerPriceType": "fill_price"}
    await client.create_order(BTC, "limit", "sell", 0.1, 49_500, asked)
    await venues.trade("BTC", 48_990.0)
    (resting,) = ledger.open_orders()
    assert (resting.price, resting.quantity, resting.reduce_only) == (49_500, Decimal("0.1"), True)


async def test_there_is_one_of_a_kind_and_it_can_be_moved_in_place(client, ledger):
    await order(client)
    placed = await stop(client)
    with pytest.raises(ccxt.ExchangeError, match="40890"):
        await stop(client, 49_000, "s2")
    moved = {"stopLossPrice": 49_000}
    await client.edit_order(placed["id"], BTC, "market", "sell", 0.1, None, moved)
    (told,) = await listed(client)
    assert (told["id"], told["triggerPrice"]) == (placed["id"], 49_000)
    with pytest.raises(ccxt.InvalidOrder, match="40917"):
        moved = {"stopLossPrice": 50_500}
        await client.edit_order(placed["id"], BTC, "market", "sell", 0.1, None, moved)


async def test_a_target_of_the_whole_position_stands_beside_the_stop(client, venues, ledger):
    await order(client)
    await stop(client)
    profit = {"takeProfitPrice": 52_000}
    await client.create_order(BTC, "market", "sell", 0.1, None, profit)
    kinds = {o["info"]["planType"] for o in await listed(client)}
    assert kinds == {"pos_loss", "pos_profit"}
    await marked(venues, 52_001)
    assert (held(ledger), await listed(client)) == (0, [])


async def test_targets_with_a_size_leave_the_rest(client, venues, ledger):
    await order(client)
    for price in (51_000, 52_000):
        asked = {"takeProfitPrice": price, "planType": "profit_plan"}
        await client.create_order(BTC, "market", "sell", 0.05, None, asked)
    assert [o["amount"] for o in await listed(client)] == [0.05, 0.05]
    await marked(venues, 51_001)
    assert (held(ledger), len(await listed(client))) == (Decimal("0.05"), 1)


async def test_stops_that_came_with_the_order_live_once_it_is_over(client, venues, ledger):
    comes = {"stopLoss": {"triggerPrice": 47_000}, "takeProfit": {"triggerPrice": 53_000}}
    asked = ISOLATED | comes | {"clientOrderId": "a1"}
    await client.create_order(BTC, "limit", "buy", 0.1, 49_000, asked)
    told = await client.fetch_order(None, BTC, {"clientOrderId": "a1"})
    assert (told["stopLossPrice"], told["takeProfitPrice"]) == (47_000, 53_000)
    assert await listed(client) == []
    ledger.state.liquidity["BTCUSDT"] = Decimal("0.04")
    await venues.trade("BTC", 48_999.0)
    assert (held(ledger), await listed(client)) == (Decimal("0.04"), [])
    ledger.state.liquidity.clear()
    await venues.pulse()
    plans = {o["info"]["planType"]: o["amount"] for o in await listed(client)}
    assert plans == {"loss_plan": 0.1, "profit_plan": 0.1}
    await venues.trade("BTC", 46_999.0)
    assert (held(ledger), await listed(client)) == (0, [])


async def test_a_plan_is_cancelled_by_name_only_under_its_own_kind(client, ledger):
    await order(client)
    await stop(client)
    name = {"trigger": True, "clientOrderId": "s1"}
    with pytest.raises(ccxt.InvalidOrder, match="43025"):
        await client.cancel_order(None, BTC, name)
    gone = await client.cancel_order(None, BTC, name | {"planType": "pos_loss"})
    assert (gone["clientOrderId"], ledger.open_algos()) == ("s1", [])


async def test_cancelling_all_plans_means_the_plain_triggers(client, ledger):
    await order(client)
    await stop(client)
    await client.create_order(BTC, "market", "buy", 0.1, None, ISOLATED | {"triggerPrice": 51_000})
    await client.cancel_all_orders(BTC, {"trigger": True})
    assert [a.asked.client_id for a in ledger.open_algos()] == ["s1"]
    await client.cancel_all_orders(BTC, {"trigger": True, "planType": "pos_loss"})
    assert ledger.open_algos() == []


REFUSED = [
    ("sell", {"stopLossPrice": 50_500}, "40917", ccxt.InvalidOrder),
    ("sell", {"takeProfitPrice": 49_500}, "40915", ccxt.ExchangeError),
    ("buy", {"stopLossPrice": 51_000}, "43023", ccxt.ExchangeError),
    ("sell", {"stopLossPrice": 48_000, "clientOrderId": "used"}, "40786", ccxt.ExchangeError),
    ("sell", {"stopLossPrice": 48_000, "planType": "loss_plan", "size": "0.2"}, "43023", None),
    ("sell", {"stopLossPrice": 48_000, "planType": "never"}, "40017", ccxt.BadRequest),
]


@pytest.mark.parametrize(("side", "asked", "code", "kind"), REFUSED)
async def test_refusals_become_ccxts_errors(client, ledger, side, asked, code, kind):
    await order(client)
    used = ISOLATED | {"triggerPrice": 60_000, "clientOrderId": "used"}
    await client.create_order(BTC, "market", "buy", 0.1, None, used)
    with pytest.raises(kind or ccxt.ExchangeError, match=code):
        await client.create_order(BTC, "market", side, 0.1, None, asked)
    assert len(ledger.open_algos()) == 1


async def test_without_a_position_there_is_nothing_to_stop(client):
    with pytest.raises(ccxt.ExchangeError, match="43023"):
        await stop(client)


async def test_a_short_is_told_so_in_other_words(client):
    await order(client, "sell")
    for asked, code in (
        ({"stopLossPrice": 49_000}, "45122"),
        ({"takeProfitPrice": 51_000}, "45135"),
    ):
        with pytest.raises(ccxt.ExchangeError, match=code):
            await client.create_order(BTC, "market", "buy", 0.1, None, asked)
