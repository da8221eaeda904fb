"""What may be changed afterwards, and what is refused."""

from datetime import timedelta

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile, InputMediaDocument, InputMediaPhoto

EDIT = "editMessageText"
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)


async def edit(desk, message_id, text="new", **parameters):
    return await desk.refusal(EDIT, chat_id=7, message_id=message_id, text=text, **parameters)


async def test_an_edit_is_dated_and_keeps_the_id(bot, clock):
    sent = await bot.send_message(7, "old")
    clock.advance(minutes=1)
    edited = await bot.edit_message_text("new", chat_id=7, message_id=sent.message_id)
    assert (edited.text, edited.message_id) == ("new", sent.message_id)
    assert edited.edit_date == int((sent.date + timedelta(minutes=1)).timestamp())


async def test_an_identical_edit_is_refused_as_not_modified(desk, buttons):
    keyboard = buttons([("x", "y")])
    sent = await desk.send("<b>same</b>", parse_mode="HTML", reply_markup=keyboard)
    same = {"text": "<strong>same</strong> ", "parse_mode": "HTML", "reply_markup": keyboard}
    assert await edit(desk, sent["message_id"], **same) == NOT_MODIFIED


async def test_an_edit_without_a_keyboard_takes_it_away(desk, buttons):
    sent = await desk.send("same", reply_markup=buttons([("x", "y")]))
    edited = await desk.call(EDIT, chat_id=7, message_id=sent["message_id"], text="same")
    assert "reply_markup" not in edited
    keyboard = await desk.refusal(
        "editMessageReplyMarkup", chat_id=7, message_id=sent["message_id"]
    )
    assert keyboard == NOT_MODIFIED


@pytest.mark.parametrize(
    ("message_id", "complaint"),
    [
        (99, "message to edit not found"),
        (1, "message can't be edited"),
        (0, "MESSAGE_ID_INVALID"),
        ("", "message identifier is not specified"),
    ],
)
async def test_only_the_bots_own_messages_are_edited(desk, message_id, complaint):
    assert await edit(desk, message_id) == f"Bad Request: {complaint}"


async def test_an_edit_may_not_be_too_long(desk):
    sent = await desk.send()
    assert await edit(desk, sent["message_id"], "x" * 4097) == "Bad Request: MESSAGE_TOO_LONG"


async def test_a_message_that_brought_a_reply_keyboard_stays_as_it_is(desk):
    sent = await desk.send(reply_markup={"keyboard": [["x"]]})
    assert await edit(desk, sent["message_id"]) == "Bad Request: message can't be edited"


async def test_only_inline_keyboards_can_be_edited_in(desk):
    sent = await desk.send()
    refusal = await edit(desk, sent["message_id"], reply_markup={"keyboard": [["x"]]})
    assert refusal == "Bad Request: inline keyboard expected"


async def test_a_photo_has_a_caption_and_a_text_has_none(desk, png):
    photo = (await desk.photo(png(), chat_id="7"))["result"]["message_id"]
    text = (await desk.send())["message_id"]
    caption = await desk.refusal("editMessageCaption", chat_id=7, message_id=text, caption="x")
    assert await edit(desk, photo) == "Bad Request: there is no text in the message to edit"
    assert caption == "Bad Request: there is no caption in the message to edit"


async def test_a_photo_is_replaced_with_its_caption(bot, png):
    sent = await bot.send_photo(7, BufferedInputFile(png(), "a.png"), caption="old")
    media = InputMediaPhoto(
        media=BufferedInputFile(png(90, 60), "b.png"), caption="<b>new</b>", parse_mode="HTML"
    )
    edited = await bot.edit_message_media(media, chat_id=7, message_id=sent.message_id)
    assert (edited.caption, edited.photo[-1].width) == ("new", 90)
    same = InputMediaPhoto(media=edited.photo[-1].file_id, caption="<b>new</b>", parse_mode="HTML")
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_media(same, chat_id=7, message_id=sent.message_id)


async def test_a_text_can_become_a_document(bot):
    sent = await bot.send_message(7, "soon")
    media = InputMediaDocument(media=BufferedInputFile(b"a,b", "x.csv"))
    edited = await bot.edit_message_media(media, chat_id=7, message_id=sent.message_id)
    assert (edited.text, edited.document.file_name) == (None, "x.csv")


@pytest.mark.parametrize(
    ("media", "complaint"),
    [
        ([], "media must be an Object"),
        ({"type": "video"}, 'can\'t parse InputMedia: type "video" is unsupported'),
        ({"type": "photo", "media": "attach://lost"}, "there is no media in the request"),
    ],
)
async def test_other_media_are_refused(desk, media, complaint):
    sent = await desk.send()
    target = {"chat_id": 7, "message_id": sent["message_id"]}
    refusal = await desk.refusal("editMessageMedia", **target, media=media)
    assert refusal == f"Bad Request: {complaint}"


async def test_a_caption_is_edited_alone(bot, png):
    sent = await bot.send_photo(7, BufferedInputFile(png(), "a.png"), caption="old")
    edited = await bot.edit_message_caption(chat_id=7, message_id=sent.message_id, caption="new")
    assert (edited.caption, edited.photo) == ("new", sent.photo)


async def test_a_deleted_message_is_gone_for_all(desk, bot):
    sent = await bot.send_message(7, "x")
    await bot.delete_message(7, sent.message_id)
    again = await desk.refusal("deleteMessage", chat_id=7, message_id=sent.message_id)
    assert again == "Bad Request: message to delete not found"
    assert await edit(desk, sent.message_id) == "Bad Request: message to edit not found"
    assert (await desk.person("chat"))[-1]["deleted"] is True


async def test_several_messages_are_deleted_and_lacking_ones_skipped(desk, bot):
    sent = await bot.send_message(7, "x")
    await bot.delete_messages(7, [1, sent.message_id, 99])
    assert all(message["deleted"] for message in await desk.person("chat"))


async def test_after_two_days_nothing_is_taken_back(desk, clock):
    sent = await desk.send()
    clock.advance(days=2, seconds=1)
    refusal = await desk.refusal("deleteMessage", chat_id=7, message_id=sent["message_id"])
    assert refusal == "Bad Request: message can't be deleted for everyone"


async def test_in_a_group_the_bot_does_not_delete_what_others_say(desk):
    said = await desk.says("hello", chat=-55)
    refusal = await desk.refusal("deleteMessage", chat_id=-55, message_id=said["id"])
    assert refusal == "Bad Request: message can't be deleted"


async def test_a_pinned_message_is_told_with_the_chat(desk, bot):
    sent = await bot.send_message(7, "look here")
    await bot.pin_chat_message(7, sent.message_id)
    assert (await bot.get_chat(7)).pinned_message.text == "look here"
    assert (await desk.person("events"))["pinned"]["id"] == sent.message_id
    await bot.unpin_chat_message(7)
    assert (await bot.get_chat(7)).pinned_message is None
    refusal = await desk.refusal("pinChatMessage", chat_id=7, message_id=99)
    assert refusal == "Bad Request: message to pin not found"
