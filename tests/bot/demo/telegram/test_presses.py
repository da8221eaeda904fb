"""Pressed buttons: from the person to the bot and back, in time or too late."""

import asyncio

import pytest

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
ANSWER = "answerCallbackQuery"


@pytest.fixture
async def card(desk, buttons):
    return await desk.send(
        reply_markup=buttons(
            [("✅ Approve · stop -24.9", "yes")], [("Half", "h"), ("Half 2", "h2")]
        )
    )


async def press(desk, card, **fields):
    """Press without waiting, and read what the bot gets."""
    await desk.taps(card, wait=0, **fields)
    *_, update = await desk.updates()
    return update["callback_query"]


async def test_a_press_reaches_the_bot_with_its_message_and_the_answer_comes_back(bot, desk, card):
    async def answer():
        (update,) = await bot.get_updates(timeout=5)
        query = update.callback_query
        await query.as_(bot).answer("sent", show_alert=True)
        return query

    answered, query = await asyncio.gather(desk.taps(card, label="Approve"), answer())
    assert (query.data, query.message.message_id) == ("yes", card["message_id"])
    assert (answered["answered"], answered["text"], answered["show_alert"]) == (True, "sent", True)
    assert [toast["text"] for toast in await desk.person("toasts")] == ["sent"]


async def test_a_press_that_is_not_answered_says_so(desk, card):
    assert await desk.taps(card, callback_data="yes", wait=0.05) == {
        "answered": False,
        "text": None,
        "show_alert": False,
        "url": None,
    }


@pytest.mark.parametrize(("label", "data"), [("Half", "h"), ("Half 2", "h2"), ("24.9", "yes")])
async def test_the_exact_label_wins_before_a_part_of_one(desk, card, label, data):
    assert (await press(desk, card, label=label))["data"] == data


@pytest.mark.parametrize("fields", [{"label": "Hal"}, {"label": "No"}, {"callback_data": "no"}])
async def test_a_button_that_is_not_there_cannot_be_pressed(desk, card, fields):
    body = await desk.taps(card, status=404, **fields)
    assert body == {"error": "There is no such button on this message."}


async def test_a_message_that_is_not_there_has_no_buttons(desk):
    assert "error" in await desk.taps({"message_id": 99}, status=404, label="x")


async def test_a_modified_client_may_forge_what_it_sends(desk, card):
    assert (await press(desk, card, callback_data="forged", forge=True))["data"] == "forged"
    await desk.taps(card, status=404, callback_data="x" * 65, forge=True)


async def test_somebody_else_may_press_in_a_group(desk, buttons):
    await desk.says("hi", chat=-55)
    keyboard = buttons([("x", "y")])
    sent = await desk.call("sendMessage", chat_id=-55, text="x", reply_markup=keyboard)
    query = await press(desk, sent, chat=-55, **{"from": 8}, label="x")
    assert (query["from"]["id"], query["message"]["chat"]["id"]) == (8, -55)


async def test_a_button_with_an_address_only_opens_it(desk):
    link = {"inline_keyboard": [[{"text": "Docs", "url": "https://a.io"}]]}
    sent = await desk.send(reply_markup=link)
    assert (await desk.taps(sent, label="Docs"))["url"] == "https://a.io"
    assert await desk.updates() == []


async def test_an_answer_comes_once_and_for_a_known_press_only(desk, card):
    query = await press(desk, card, label="Half")
    assert await desk.call(ANSWER, callback_query_id=query["id"]) is True
    assert await desk.refusal(ANSWER, callback_query_id=query["id"]) == TOO_OLD
    assert await desk.refusal(ANSWER, callback_query_id="12345") == TOO_OLD


async def test_an_answer_may_not_be_too_long(desk, card):
    query = await press(desk, card, label="Half")
    refusal = await desk.refusal(ANSWER, callback_query_id=query["id"], text="x" * 201)
    assert refusal == "Bad Request: MESSAGE_TOO_LONG"


async def test_a_late_answer_is_refused(opened, buttons):
    async with opened(query_lifetime=0.05) as desk:
        await desk.says()
        sent = await desk.send(reply_markup=buttons([("x", "y")]))
        query = await press(desk, sent, label="x")
        await asyncio.sleep(0.06)
        assert await desk.refusal(ANSWER, callback_query_id=query["id"]) == TOO_OLD
