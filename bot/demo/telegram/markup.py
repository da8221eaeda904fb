"""Keyboards: which ones Telegram shows, and what it says about the others."""

from typing import Any

from bot.demo.telegram.addresses import completed
from bot.demo.telegram.errors import Refused, bad_request
from bot.demo.telegram.request import Arguments

Markup = dict[str, Any]

LONGEST_DATA = 64
LONGEST_COPY = 256
MOST_BUTTONS = 100
ACTIONS = (
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "web_app",
    "login_url",
    "callback_game",
    "pay",
    "disabled",
)


def markup_of(arguments: Arguments) -> Markup | None:
    """The keyboard of a message that is sent, or None."""
    source = arguments.text("reply_markup")
    if not source:
        return None
    value = arguments.decoded("reply_markup")
    if value is None and source.strip() != "null":
        raise bad_request("can't parse reply keyboard markup JSON object")
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    return _checked(value)


def inline_markup_of(arguments: Arguments) -> Markup | None:
    """The keyboard of an edit; only buttons under the message can be edited in."""
    markup = markup_of(arguments)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def rows_of(markup: Markup | None) -> list[list[dict[str, Any]]]:
    """The buttons under a message, row by row."""
    rows: list[list[dict[str, Any]]] = (markup or {}).get("inline_keyboard", [])
    return rows


def _checked(value: Markup) -> Markup | None:
    if rows := _rows(value, "keyboard", "ReplyKeyboardMarkup", _reply_button):
        return {**value, "keyboard": rows}
    if rows := _rows(value, "inline_keyboard", "InlineKeyboardMarkup", _inline_button):
        if sum(map(len, rows)) > MOST_BUTTONS:
            raise bad_request("reply markup is too long")
        return {"inline_keyboard": rows}
    if value.get("remove_keyboard") is True or value.get("force_reply") is True:
        return value
    return None


def _rows(value: Markup, field: str, kind: str, button: Any) -> list[list[Markup]]:
    keyboard = value.get(field, [])
    if not isinstance(keyboard, list):
        raise bad_request(f'field "{field}" of the {kind} must be an Array')
    if not all(isinstance(row, list) for row in keyboard):
        raise bad_request(f'field "{field}" of the {kind} must be an Array of Arrays')
    rows = [[button(item) for item in row] for row in keyboard]
    return [row for row in rows if row]


def _reply_button(button: object) -> Markup:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise bad_request(
            "can't parse keyboard button: KeyboardButton must be a String or an Object"
        )
    _text(button, "keyboard button")
    return button


def _inline_button(button: object) -> Markup:
    if not isinstance(button, dict):
        raise _unparsable("InlineKeyboardButton must be an Object")
    _text(button, "inline keyboard button")
    if url := button.get("url"):
        _check_url(url)
    elif "copy_text" in button:
        _check_copy(button["copy_text"])
    elif "callback_data" in button:
        _check_data(button["callback_data"])
    elif not any(action in button for action in ACTIONS):
        raise _unparsable("Text buttons are unallowed in the inline keyboard")
    return button


def _unparsable(description: str) -> Refused:
    return bad_request(f"can't parse inline keyboard button: {description}")


def _text(button: Markup, kind: str) -> None:
    if "text" not in button:
        raise bad_request(f"can't parse {kind}: Can't find field \"text\"")
    if not isinstance(button["text"], str):
        raise bad_request(f'can\'t parse {kind}: Field "text" must be of type String')
    if not button["text"].strip():
        raise bad_request(f"can't parse {kind}: Button text must be non-empty")


def _check_url(url: object) -> None:
    address = url if isinstance(url, str) else ""
    if completed(address) is None:
        raise bad_request(
            f"inline keyboard button URL '{address}' is invalid: Wrong HTTP URL specified",
        )


def _check_copy(copied: object) -> None:
    text = copied.get("text") if isinstance(copied, dict) else None
    if not isinstance(text, str) or not 1 <= len(text) <= LONGEST_COPY:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _check_data(data: object) -> None:
    if not isinstance(data, str):
        raise _unparsable('Field "callback_data" must be of type String')
    if not 1 <= len(data.encode()) <= LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
