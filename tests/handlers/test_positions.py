"""What is held, what waits in the market, what is over; and a card that lives."""

from core.domain.trade import Exit
from core.owner import ACCOUNT
from tests.handlers.markets import bent, calm_market
from tests.handlers.town import Plan
from tests.phone import labels, rows


async def closed(town):
    return await town.ledger.closed_trades(ACCOUNT)


async def test_one_position_is_its_card(town, phone):
    await town.holds(phone)
    await phone.says("/positions")
    assert len(phone.new) == 1
    assert phone.lines[0].startswith("BTC LONG · closing now gives -")
    assert [len(row) for row in phone.messages[-1]["buttons"]] == [3, 2]


async def test_several_positions_are_a_list_that_opens_cards(town, phone):
    await town.holds(phone)
    await town.holds(phone, "ETH")
    await phone.says("/positions")
    assert phone.lines[0].startswith("2 positions · closing all now gives -")
    assert {label.split()[0] for label in labels(phone.messages[-1])} == {"BTC", "ETH"}
    await phone.taps("ETH ")
    assert phone.lines[0].startswith("ETH ")


async def test_nothing_held_says_how_something_comes(phone):
    await phone.says("/positions")
    assert phone.text == "No open position.\nCards come by themselves; /analyze looks now."


async def test_the_card_lives_in_its_message(town, phone):
    await town.holds(phone)
    card = phone.message("closing now gives")
    await town.lives(2)
    await phone.look()
    now = phone.message("closing now gives")
    assert now["id"] == card["id"]
    assert now["text"] != card["text"]
    assert "open 2h" in now["text"]


async def test_a_trail_is_switched_on_and_off(town, phone):
    await town.holds(phone)
    assert await phone.taps("Trail") == "The stop now trails the price."
    assert phone.sees("The stop trails the price.")
    assert await phone.taps("Trail off") == "The stop stays where it is."
    assert not phone.sees("The stop trails the price.")


async def test_break_even_waits_until_the_price_is_past_it(town, phone):
    await town.holds(phone)
    popup = await phone.taps("Break-even")
    assert phone.alerted
    assert popup == "The price is not past break-even yet; the stop stays."


async def test_break_even_moves_the_stop_once_the_price_allows_it(founded):
    async with founded(Plan(recording=bent(calm_market(), 1, 1.005))) as town:
        phone = town.phone()
        await phone.says("/start")
        await town.holds(phone)
        await town.lives()
        await phone.look()
        assert await phone.taps("Break-even") == "Stop moved to break-even."
        (trade,) = await town.open_trades()
        assert trade.stop > trade.entry_price


async def test_levels_are_moved_on_their_own_page(town, phone):
    await town.holds(phone)
    (before,) = await town.open_trades()
    await phone.taps("Edit levels")
    assert [len(row) for row in phone.with_button("Stop closer")["buttons"]] == [1, 2, 1]
    assert await phone.taps("Stop closer") == "Levels moved."
    await phone.taps("Target farther")
    (after,) = await town.open_trades()
    assert after.stop > before.stop
    assert after.targets[0].price > before.targets[0].price
    await phone.taps("Target nearer")
    (back,) = await town.open_trades()
    assert back.targets == before.targets


async def test_a_page_of_levels_stays_while_the_price_moves(town, phone):
    await town.holds(phone)
    await phone.taps("Edit levels")
    await town.lives()
    await phone.look()
    assert labels(phone.with_button("Stop closer"))[0] == "Stop closer"
    await phone.taps("Back")
    assert "Edit levels" in labels(phone.message("closing now gives"))


async def test_closing_asks_once_more_and_can_be_left(town, phone):
    await town.holds(phone)
    await phone.taps("Close all")
    asked = phone.message("closing now gives")
    assert [row[0].split(" -")[0] for row in rows(asked)] == ["Really close", "‹ Back"]
    await phone.taps("Back")
    assert len(await town.open_trades()) == 1
    assert "Edit levels" in labels(phone.message("closing now gives"))


async def test_closing_all_sells_and_says_how_it_went(town, phone):
    await town.holds(phone)
    await phone.taps("Close all")
    assert await phone.taps("Really close") == "Closing at market. No need to tap again."
    assert phone.lines[0].startswith("You closed. BTC LONG -")
    assert phone.lines[1].startswith("Month budget left 1.")
    (trade,) = await closed(town)
    assert trade.exit is Exit.PERSON
    await phone.says("/orders")
    assert phone.text == "No order is in the market."


async def test_closing_half_keeps_the_other_half(town, phone):
    await town.holds(phone, "ETH")
    (before,) = await town.open_trades()
    await phone.taps("Close half")
    await phone.taps("Really close")
    (after,) = await town.open_trades()
    assert 0 < after.remaining < before.remaining
    assert "Edit levels" in labels(phone.message("closing now gives"))


async def test_really_closing_twice_sells_once(town, phone):
    await town.holds(phone)
    await phone.taps("Close half")
    asked = phone.with_button("Really close")
    data = asked["buttons"][0][0]["callback_data"]
    await phone.taps("Really close")
    (once,) = await town.open_trades()
    await phone.forges(data, asked)
    assert phone.popup.startswith("This button is used up")
    (twice,) = await town.open_trades()
    assert once.remaining == twice.remaining


async def test_the_card_of_a_closed_trade_comes_to_rest(town, phone):
    await town.holds(phone)
    card = phone.message("closing now gives")
    await phone.taps("Close all")
    await phone.taps("Really close")
    rested = next(m for m in phone.messages if m["id"] == card["id"])
    assert rested["text"].splitlines()[1].startswith("You closed. BTC LONG -")
    assert labels(rested) == []


async def test_a_stop_that_is_hit_is_told_with_what_is_left(founded):
    async with founded(Plan(recording=bent(calm_market(), 1, 0.97))) as town:
        phone = town.phone()
        await phone.says("/start")
        await town.holds(phone)
        await town.lives(2)
        await phone.look()
        told = phone.message("Stopped. BTC LONG -")["text"]
        assert "more than planned; the limits count it." in told
        assert "Inside the plan" not in told
        assert "BTC rests until 17:00." in told
        (trade,) = await closed(town)
        assert trade.exit is Exit.STOP


async def test_targets_that_are_hit_are_told_and_ring_no_bell(founded):
    async with founded(Plan(recording=bent(calm_market(), 2, 1.04))) as town:
        phone = town.phone()
        await phone.says("/start")
        await town.holds(phone)
        await town.lives(4)
        await phone.look()
        assert [m["silent"] for m in phone.messages if "LONG +" in m["text"]] == [True]


async def test_history_lists_what_is_over(town, phone):
    await town.holds(phone)
    await phone.taps("Close all")
    await phone.taps("Really close")
    await phone.says("/history")
    assert phone.lines[0] == "Last 1 of 1 trades"
    assert phone.lines[1].startswith("01-07 -")


async def test_history_of_nothing(phone):
    await phone.says("/history")
    assert phone.text == "No trade is over yet."


async def test_a_wrong_number_of_rows_is_answered_with_what_to_type(phone):
    for typed in ("0", "51", "-3", "ten", "5 5", "٣", "1.5", "9" * 30):
        await phone.says(f"/history {typed}")
        first, second = phone.lines
        assert first == f"I cannot read “{typed}”."
        assert second == "Type /history or /history 20 (1 to 50)."


async def test_orders_name_price_amount_and_kind(town, phone):
    await town.holds(phone)
    await phone.says("/orders")
    assert phone.lines[0] == "3 orders in the market"
    assert [line.split(maxsplit=2)[2] for line in phone.lines[1:]] == [
        *("BTC stop", "BTC target", "BTC target")
    ]
