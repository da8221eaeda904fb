"""Which keyboards Telegram takes."""

import pytest

UNPARSABLE = "can't parse inline keyboard button: "


def row(**button):
    return {"inline_keyboard": [[button]]}


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        (row(text="x", callback_data="x" * 65), "BUTTON_DATA_INVALID"),
        (row(text="x", callback_data="한" * 22), "BUTTON_DATA_INVALID"),
        (row(text="x", callback_data=""), "BUTTON_DATA_INVALID"),
        (row(text="x"), UNPARSABLE + "Text buttons are unallowed in the inline keyboard"),
        (row(text="", callback_data="x"), UNPARSABLE + "Button text must be non-empty"),
        (row(callback_data="x"), UNPARSABLE + 'Can\'t find field "text"'),
        (row(text=5, callback_data="x"), UNPARSABLE + 'Field "text" must be of type String'),
        (row(text="x", copy_text={"text": ""}), "BUTTON_COPY_TEXT_INVALID"),
        (
            row(text="x", url="javascript:alert(1)"),
            (
                "inline keyboard button URL 'javascript:alert(1)' is invalid: "
                "Wrong HTTP URL specified"
            ),
        ),
        ({"inline_keyboard": [["x"]]}, UNPARSABLE + "InlineKeyboardButton must be an Object"),
        (
            {"inline_keyboard": [{"text": "x"}]},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (
            {"keyboard": [[5]]},
            "can't parse keyboard button: KeyboardButton must be a String or an Object",
        ),
        ([], "object expected as reply markup"),
        ("null", "object expected as reply markup"),
        ("{", "can't parse reply keyboard markup JSON object"),
    ],
)
async def test_a_keyboard_telegram_would_refuse_is_refused(desk, markup, complaint):
    refusal = await desk.refusal("sendMessage", chat_id=7, text="x", reply_markup=markup)
    assert refusal == f"Bad Request: {complaint}"


@pytest.mark.parametrize("data", ["x" * 64, "한" * 21])
async def test_64_bytes_are_enough_for_anybody(desk, data):
    sent = await desk.send(reply_markup=row(text="x", callback_data=data))
    assert sent["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == data


async def test_an_empty_keyboard_is_none(desk):
    assert "reply_markup" not in await desk.send(reply_markup={"inline_keyboard": [[]]})
