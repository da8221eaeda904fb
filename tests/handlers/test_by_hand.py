"""Trading by hand in the chat: what is typed becomes a card; exits are done at once."""

from core.owner import ACCOUNT


async def test_a_typed_trade_becomes_a_card_that_asks_once(town, phone):
    await phone.says("/long BTC 300 2x")
    (card,) = await town.waiting()
    assert card.plan.leverage == 2
    assert card.plan.notional <= 300
    await phone.look()
    assert phone.with_button("✅ Approve")
    assert await town.open_trades() == ()


async def test_a_short_is_a_short(town, phone):
    await phone.says("/short ETH")
    (card,) = await town.waiting()
    assert (card.plan.symbol, card.plan.side.value) == ("ETH/USDT:USDT", "sell")


async def test_what_cannot_be_read_is_said_with_an_example(town, phone):
    await phone.says("/long BTC yolo")
    assert phone.hears("I cannot read “yolo”.")
    assert phone.hears("/long BTC 200 3x sl 2% tp 4%")
    assert await town.waiting() == ()


async def test_a_stop_on_the_wrong_side_is_refused_in_words(town, phone):
    await phone.says("/long BTC sl 10000000")
    assert phone.hears("(LEVELS)")


async def test_a_position_is_closed_in_words(town, phone):
    await town.holds(phone)
    await phone.says("/close btc")
    assert await town.open_trades() == ()
    (trade,) = await town.ledger.closed_trades(ACCOUNT)
    assert trade.exit.value == "person"


async def test_half_of_a_position_is_closed_in_words(town, phone):
    await town.holds(phone)
    (before,) = await town.open_trades()
    await phone.says("/close BTC half")
    (after,) = await town.open_trades()
    assert 0 < after.remaining < before.remaining


async def test_a_level_is_moved_in_words_and_shown(town, phone):
    await town.holds(phone)
    (before,) = await town.open_trades()
    await phone.says("/sl BTC 0.1%")
    (after,) = await town.open_trades()
    assert after.stop > before.stop
    await phone.says("/sl BTC 50%")
    assert phone.hears("The stop stays.")


async def test_nothing_to_close_or_to_cancel_is_said(phone):
    for words in ("/close BTC", "/cancel BTC", "/sl BTC 1%"):
        await phone.says(words)
        assert phone.lines[0], words
    await phone.says("/cancel")
    assert phone.hears("Nothing is waiting for your words.")


async def test_a_waiting_entry_is_taken_back_in_words(town, phone):
    await phone.says("/long BTC @ 1%")
    assert phone.hears("I cannot read")
    (price,) = [q.last for q in [await town.market.quote("BTC/USDT:USDT")]]
    await phone.says(f"/limit BTC long {price * 99 / 100:.1f}")
    await phone.taps("✅ Approve")
    (trade,) = await town.open_trades()
    assert (trade.plan.rests, trade.remaining) == (True, 0)
    await phone.says("/cancel BTC")
    assert phone.hears("the waiting entry is out of the book. Nothing was bought.")
    assert await town.open_trades() == ()
