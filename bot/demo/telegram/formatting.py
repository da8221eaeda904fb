"""From what a bot sends (text, parse_mode, entities) to a text Telegram accepts."""

from typing import Any

from bot.demo.telegram.commands import with_commands
from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.request import Arguments
from bot.demo.telegram.tags import TagParser, unparsable
from bot.demo.telegram.text import Entity, FormattedText, ordered, tidied, trimmed

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024


def text_of(arguments: Arguments, too_long: str = "message is too long") -> FormattedText:
    """The text of a message; it may be neither empty nor too long."""
    source = arguments.text("text")
    if not source:
        raise bad_request("message text is empty")
    formatted = parsed(source, arguments.text("parse_mode"), arguments.decoded("entities"))
    if not formatted.text:
        raise bad_request("text must be non-empty")
    if formatted.length > LONGEST_TEXT:
        raise bad_request(too_long)
    return formatted


def caption_of(arguments: Arguments) -> FormattedText:
    """The caption of a photo or document; it may be empty."""
    return caption(
        arguments.text("caption"),
        arguments.text("parse_mode"),
        arguments.decoded("caption_entities"),
    )


def caption(source: str, parse_mode: str, entities: object) -> FormattedText:
    formatted = parsed(source, parse_mode, entities)
    if formatted.length > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return formatted


def parsed(source: str, parse_mode: str, entities: object) -> FormattedText:
    """Formatting comes from the parse mode, and only without one from explicit entities."""
    match parse_mode.lower():
        case "html":
            formatted = TagParser(source).parse()
        case "" | "none":
            formatted = FormattedText(source, _explicit(entities))
        case "markdown" | "markdownv2":
            raise unparsable(f"{parse_mode} is not spoken by this demo, send HTML")
        case _:
            raise bad_request("unsupported parse_mode")
    return with_commands(tidied(trimmed(formatted)))


def _explicit(entities: object) -> tuple[Entity, ...]:
    if not isinstance(entities, list):
        return ()
    return ordered([_entity(entity) for entity in entities])


def _entity(source: object) -> Entity:
    if not isinstance(source, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    fields: dict[str, Any] = source
    try:
        return Entity(
            type=str(fields["type"]),
            offset=int(fields["offset"]),
            length=int(fields["length"]),
            url=fields.get("url"),
            language=fields.get("language"),
            custom_emoji_id=fields.get("custom_emoji_id"),
        )
    except KeyError as lacking:
        name = lacking.args[0]
        raise bad_request(f"can't parse MessageEntity: Can't find field \"{name}\"") from None
    except (TypeError, ValueError):
        raise bad_request("can't parse MessageEntity: wrong type of a field") from None
