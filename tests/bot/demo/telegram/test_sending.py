"""What a bot may send, and what it is told otherwise."""

import pytest
from aiogram.exceptions import TelegramForbiddenError
from aiogram.types import (
    BufferedInputFile,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

SEND = "sendMessage"
BAD = "Bad Request: "


async def test_a_message_comes_back_as_a_real_bot_understands_it(bot, clock):
    message = await bot.send_message(7, "😀<b>bold</b>", parse_mode="HTML")
    assert (message.text, message.date, message.from_user.id) == ("😀bold", clock(), 42)
    assert message.entities[0].extract_from(message.text) == "bold"


async def test_ids_of_messages_grow(bot):
    first = await bot.send_message(7, "a")
    assert (await bot.send_message(7, "b")).message_id > first.message_id


@pytest.mark.parametrize(
    "keyboard",
    [
        InlineKeyboardMarkup(
            inline_keyboard=[[InlineKeyboardButton(text="x", callback_data="y", style="danger")]]
        ),
        ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="x")]]),
        ReplyKeyboardRemove(),
        ForceReply(),
    ],
    ids=lambda keyboard: type(keyboard).__name__,
)
async def test_all_four_keyboards_are_taken_but_only_inline_ones_are_echoed(bot, keyboard):
    message = await bot.send_message(7, "x", reply_markup=keyboard)
    inline = isinstance(keyboard, InlineKeyboardMarkup)
    echoed = message.reply_markup and message.reply_markup.model_dump()
    assert echoed == (keyboard.model_dump() if inline else None)


@pytest.mark.parametrize(
    ("parameters", "complaint"),
    [
        ({}, "message text is empty"),
        ({"text": ""}, "message text is empty"),
        ({"text": " \n"}, "text must be non-empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "x", "chat_id": 8}, "chat not found"),
        ({"text": "x", "chat_id": "@somebody"}, "chat not found"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        ({"text": "x", "reply_to_message_id": 99}, "message to be replied not found"),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        (
            {"text": "x", "reply_parameters": {"message_id": "nine"}},
            'field "message_id" must be of type Number',
        ),
        (
            {"text": "x", "entities": [{"type": "bold"}]},
            "can't parse MessageEntity: Can't find field \"offset\"",
        ),
        ({"text": "\ud800"}, "strings must be encoded in UTF-8"),
    ],
)
async def test_a_text_telegram_would_refuse_is_refused(desk, parameters, complaint):
    assert await desk.refusal(SEND, **{"chat_id": 7, **parameters}) == BAD + complaint


async def test_the_length_is_counted_after_the_tags_are_taken_away(desk):
    await desk.send("<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    await desk.send("😀" * 2048)


async def test_a_lacking_reply_is_fine_when_the_bot_says_so(bot):
    answered = await bot.send_message(7, "question")
    parameters = ReplyParameters(message_id=answered.message_id)
    message = await bot.send_message(7, "x", reply_parameters=parameters)
    lone = ReplyParameters(message_id=99, allow_sending_without_reply=True)
    assert message.reply_to_message.text == "question"
    assert (await bot.send_message(7, "x", reply_parameters=lone)).reply_to_message is None


@pytest.mark.parametrize("way", ["get", "post", "form"])
async def test_parameters_may_come_in_the_address_or_the_body(desk, way):
    address = f"{desk.url}/bot42:secret/SENDmessage"
    parameters = {"chat_id": "7", "text": "x"}
    requests = {
        "get": lambda: desk.http.get(address, params=parameters),
        "post": lambda: desk.http.post(address, params=parameters),
        "form": lambda: desk.http.post(address, data=parameters),
    }
    async with requests[way]() as response:
        assert (await response.json())["result"]["text"] == "x"


async def test_a_wrong_token_and_an_unknown_method_are_turned_away(desk):
    async with desk.http.get(f"{desk.url}/bot42:wrong/getMe") as response:
        assert (response.status, (await response.json())["description"]) == (401, "Unauthorized")
    assert await desk.raw("sendDice", chat_id=7) == {
        "ok": False,
        "error_code": 404,
        "description": "Not Found",
    }


async def test_a_body_that_cannot_be_read_is_refused_in_json(desk):
    address = f"{desk.url}/bot42:secret/sendMessage"
    for kind in ("application/json", "multipart/form-data"):
        async with desk.http.post(address, data=b"{", headers={"Content-Type": kind}) as response:
            assert (response.status, (await response.json())["ok"]) == (400, False)


async def test_an_upload_larger_than_telegram_takes_is_refused(desk, png, monkeypatch):
    monkeypatch.setattr("bot.demo.telegram.request.LARGEST_REQUEST", 10)
    body = await desk.photo(png(), chat_id="7")
    assert (body["error_code"], body["description"]) == (413, "Request Entity Too Large")


async def test_nobody_is_spoken_to_before_they_spoke(opened):
    async with opened() as desk:
        assert await desk.refusal(SEND, chat_id=7, text="x") == (
            "Forbidden: bot can't initiate conversation with a user"
        )


async def test_who_blocked_the_bot_is_not_reached_until_they_write_again(desk, bot):
    await desk.person("block", {"blocked": True})
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(7, "x")
    await desk.says("hello again")
    await bot.send_message(7, "x")


async def test_the_bot_hears_that_it_was_blocked(desk, bot):
    await desk.person("block", {"blocked": True})
    await desk.person("block", {"blocked": True})
    (update,) = await bot.get_updates()
    assert update.my_chat_member.new_chat_member.status == "kicked"


async def test_a_photo_knows_its_size_and_can_be_fetched_and_sent_again(bot, png):
    sent = await bot.send_photo(7, BufferedInputFile(png(800, 400), "a.png"), caption="c")
    again = await bot.send_photo(7, sent.photo[-1].file_id)
    path = (await bot.get_file(again.photo[-1].file_id)).file_path
    assert [(size.width, size.height) for size in sent.photo] == [(320, 160), (800, 400)]
    assert (await bot.download_file(path)).read() == png(800, 400)


async def test_a_jpeg_is_measured_too(desk):
    frame = b"\xff\xc0\0\x11\x08" + bytes([0, 90, 0, 120]) + bytes(10)
    body = await desk.photo(b"\xff\xd8\xff\xe0\0\x10" + bytes(14) + frame, chat_id="7")
    assert (body["result"]["photo"][-1]["width"], body["result"]["photo"][-1]["height"]) == (
        120,
        90,
    )


@pytest.mark.parametrize(
    ("size", "complaint"),
    [
        ((9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        ((2001, 100), "PHOTO_INVALID_DIMENSIONS"),
        (None, "IMAGE_PROCESS_FAILED"),
    ],
)
async def test_a_photo_that_is_none_is_refused(desk, png, size, complaint):
    data = png(*size) if size else b"not an image"
    assert (await desk.photo(data, chat_id="7"))["description"] == BAD + complaint


async def test_a_caption_may_not_be_too_long(desk, png):
    body = await desk.photo(png(), chat_id="7", caption="x" * 1025)
    assert body["description"] == BAD + "message caption is too long"


async def test_unknown_files_are_refused(desk):
    wrong = BAD + "wrong file identifier/HTTP URL specified"
    assert await desk.refusal("sendPhoto", chat_id=7, photo="nonsense") == wrong
    assert await desk.refusal("sendPhoto", chat_id=7) == BAD + "there is no photo in the request"


async def test_a_file_is_fetched_only_with_the_token_and_only_where_it_is(desk):
    for path, status in (("bot42:wrong/photos/x", 401), ("bot42:secret/photos/x", 404)):
        async with desk.http.get(f"{desk.url}/file/{path}") as response:
            assert response.status == status
    refusal = await desk.refusal("getFile", file_id="x")
    assert refusal == BAD + "wrong file_id or the file is temporarily unavailable"


async def test_a_document_keeps_its_name(bot):
    sent = await bot.send_document(7, BufferedInputFile(b"a,b\n", "거래.csv"))
    assert (sent.document.file_name, sent.document.file_size) == ("거래.csv", 4)


async def test_a_document_is_no_photo(bot, desk):
    sent = await bot.send_document(7, BufferedInputFile(b"a,b\n", "x.csv"))
    refusal = await desk.refusal("sendPhoto", chat_id=7, photo=sent.document.file_id)
    assert refusal == BAD + "can't use file of type Document as Photo"


async def test_a_chat_action_is_seen_until_the_message_comes(desk, bot):
    await bot.send_chat_action(7, "typing")
    assert (await desk.person("events"))["action"] == "typing"
    await desk.send()
    assert (await desk.person("events"))["action"] is None
    refusal = await desk.refusal("sendChatAction", chat_id=7, action="sleeping")
    assert refusal == BAD + "wrong parameter action in request"
