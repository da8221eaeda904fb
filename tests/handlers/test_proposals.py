"""A card and its buttons: yes, half, otherwise, why, no; and what comes of waiting."""

import asyncio

from core.domain.proposal import ProposalStatus
from core.owner import ACCOUNT
from tests.handlers.markets import bent, calm_market
from tests.handlers.town import Plan
from tests.phone import labels, rows


async def statuses(town):
    return {proposal.status for proposal in await town.ledger.proposals(ACCOUNT)}


async def test_a_card_comes_by_itself_with_a_chart_and_its_buttons(town, phone):
    while not await town.waiting():
        await town.lives()
    await phone.look()
    card = phone.with_button("✅ Approve")
    assert card["photo"]
    assert [len(row) for row in card["buttons"]] == [1, 3, 1]
    assert [row[0].split()[0] for row in rows(card)] == ["✅", "Half", "❌"]
    assert card["text"].splitlines()[-1].endswith("· no answer = no entry")


async def test_a_yes_becomes_a_position_with_its_stop(town, phone):
    await town.offers(phone)
    popup = await phone.taps("✅ Approve")
    assert popup == (
        "Got it: checking price and limits. No need to tap again, it is never sent twice."
    )
    assert phone.sees("approved · 12:00")
    assert phone.hears("seen on the exchange.")
    (trade,) = await town.open_trades()
    assert trade.remaining == trade.plan.amount
    await phone.says("/orders")
    assert phone.hears("BTC stop")


async def test_an_answered_card_has_no_buttons_any_more(town, phone):
    await town.offers(phone)
    card = phone.with_button("✅ Approve")
    await phone.taps("✅ Approve")
    assert labels(phone.message("approved · ")) == []
    assert phone.message("approved · ")["id"] == card["id"]


async def test_two_thumbs_on_one_yes_buy_once(town, phone):
    await town.offers(phone)
    card = phone.with_button("✅ Approve")
    data = card["buttons"][0][0]["callback_data"]
    async with asyncio.TaskGroup() as tasks:
        for _ in range(3):
            tasks.create_task(town.phone().forges(data, card))
    (trade,) = await town.open_trades()
    await phone.look()
    assert trade.remaining == trade.plan.amount
    assert sum("filled at" in message["text"] for message in phone.messages) == 1


async def test_a_used_button_says_so(town, phone):
    await town.offers(phone)
    card = phone.with_button("✅ Approve")
    data = card["buttons"][0][0]["callback_data"]
    await phone.taps("❌ Reject")
    await phone.forges(data, card)
    assert phone.hears("This button is used up") or phone.hears("has been answered already")
    assert await town.open_trades() == ()


async def test_half_buys_half(town, phone):
    await town.offers(phone, "ETH")
    (card,) = await town.waiting()
    await phone.taps("Half")
    (trade,) = await town.open_trades()
    assert trade.amount == card.plan.amount / 2


async def test_a_no_buys_nothing_and_is_noted(town, phone):
    await town.offers(phone)
    assert await phone.taps("Reject") == "Rejected. I note what it would have made."
    assert phone.sees("rejected · 12:00")
    assert await town.open_trades() == ()
    assert await statuses(town) == {ProposalStatus.REJECTED}


async def test_why_is_one_tap_away_and_leaves_the_card_as_it_is(town, phone):
    await town.offers(phone)
    await phone.taps("Why")
    assert phone.hears("Why · BTC · 01-07 12:00")
    assert labels(phone.with_button("✅ Approve"))


async def test_a_silent_answer_rings_no_bell(town, phone):
    await town.offers(phone)
    await phone.taps("Why")
    assert phone.messages[-1]["silent"]


async def test_adjusting_gives_a_new_card_in_the_same_message(town, phone):
    await town.offers(phone)
    card = phone.with_button("✅ Approve")
    await phone.taps("Adjust")
    assert [len(row) for row in phone.with_button("Size −")["buttons"]] == [1, 2, 2, 2, 1]
    await phone.taps("Size −")
    (smaller,) = await town.waiting()
    changed = phone.with_button("Size −")
    assert changed["id"] == card["id"]
    assert f"#{smaller.id.upper()}" in changed["text"]
    assert await statuses(town) == {ProposalStatus.REPLACED, ProposalStatus.PENDING}


async def test_every_step_of_adjusting_moves_its_own_number(town, phone):
    await town.offers(phone)
    await phone.taps("Adjust")
    plans = [(await town.waiting())[0].plan]
    for step in ("Size −", "Size +", "Stop +", "Stop −", "Target +", "Target −"):
        await phone.taps(step)
        plans.append((await town.waiting())[0].plan)
    _, small, large, far, near, high, low = plans
    assert small.amount < large.amount
    assert far.stop_loss < near.stop_loss
    assert high.targets[-1].price > low.targets[-1].price


async def test_back_from_adjusting_brings_the_buttons_back(town, phone):
    await town.offers(phone)
    await phone.taps("Adjust")
    await phone.taps("Back")
    assert [len(row) for row in phone.with_button("✅ Approve")["buttons"]] == [1, 3, 1]


async def test_the_adjusted_card_is_what_gets_bought(town, phone):
    await town.offers(phone)
    await phone.taps("Adjust")
    await phone.taps("Size −")
    (card,) = await town.waiting()
    await phone.taps("✅ Approve")
    (trade,) = await town.open_trades()
    assert (trade.id, trade.amount) == (card.id, card.plan.amount)


async def test_a_size_that_risk_forbids_is_refused_in_a_popup(town, phone):
    await town.offers(phone)
    await phone.taps("Adjust")
    for _ in range(12):
        await phone.taps("Size −")
    assert phone.alerted
    assert phone.popup.endswith("(TOO_SMALL)")
    await phone.taps("Back")
    await phone.taps("Half")
    assert phone.sees("(TOO_SMALL)")
    assert len(await town.waiting()) == 1


async def test_no_answer_is_no_entry(town, phone):
    await town.offers(phone)
    await town.waits(minutes=15)
    await phone.look()
    assert phone.sees("expired · 12:15")
    assert await town.open_trades() == ()
    assert labels(phone.message("expired")) == []


async def test_a_yes_that_comes_too_late_buys_nothing(town, phone):
    await town.offers(phone)
    town.clock.advance_to(town.clock.now().replace(minute=20))
    await phone.taps("✅ Approve")
    assert phone.hears("This proposal has expired; the market has moved on. Nothing was bought.")
    assert await town.open_trades() == ()


async def test_a_price_past_the_limit_is_said_and_offered_anew(founded):
    """The candle that opens before the card expires opens two percent higher."""
    async with founded(Plan(recording=bent(calm_market(), 1, 1.02))) as town:
        phone = town.phone()
        await phone.says("/start")
        town.clock.advance_to(town.clock.now().replace(minute=50))
        await town.offers(phone)
        town.clock.advance_to(town.clock.now().replace(hour=13, minute=2))
        await phone.taps("✅ Approve")
        assert phone.sees("is past your limit")
        assert phone.sees("Nothing was bought.")
        assert labels(phone.with_button("See new price")) == ["See new price", "Leave it"]
        await phone.taps("See new price")
        assert await town.open_trades() == ()
        await phone.taps("✅ Approve")
        assert len(await town.open_trades()) == 1


async def test_a_card_that_waits_is_shown_again_on_request(town, phone):
    await town.offers(phone)
    await phone.says("/status")
    await phone.taps("waiting")
    assert labels(phone.messages[-1])[0].startswith("✅ Approve")


async def test_wanting_a_trade_twice_shows_the_card_that_waits(town, phone):
    await town.offers(phone)
    await phone.says("/analyze ETH")
    looked = phone.with_button("Long anyway")
    await phone.taps("Long anyway", on=looked)
    before = len(await town.waiting())
    await phone.taps("Long anyway", on=looked)
    assert len(await town.waiting()) == before
    assert labels(phone.messages[-1])[0].startswith("✅ Approve")


async def test_a_limit_that_was_reached_meanwhile_refuses_at_the_tap(town, phone):
    await town.offers(phone, "ETH")
    await phone.says("/pause")
    await phone.taps("✅ Approve")
    assert phone.hears("(PAUSED)")
    assert phone.sees("refused by risk · 12:00")
    assert await statuses(town) == {ProposalStatus.REFUSED}


async def test_an_approval_that_arrives_late_is_done_and_said(town, phone):
    """The bot was away: Telegram takes no answer to the press any more, the press still counts."""
    await town.offers(phone)
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    town.weather.brews("answerCallbackQuery", 400, too_old)
    await phone.taps("✅ Approve")
    assert len(await town.open_trades()) == 1
    assert phone.hears("Got it: checking price and limits.")
