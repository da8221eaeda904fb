"""What Telegram sees in a text by itself: commands and addresses."""

import re
from dataclasses import replace

from bot.demo.telegram import utf16
from bot.demo.telegram.text import Entity, FormattedText, ordered

PATTERNS = (
    ("bot_command", re.compile(r"(?<![\w/<>@.])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])")),
    ("url", re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,:;!?)]")),
)
UNTOUCHED = ("code", "pre", "text_link")


def with_commands(formatted: FormattedText) -> FormattedText:
    """The text with its commands and addresses marked, except inside code and links."""
    taken = [entity for entity in formatted.entities if entity.type in UNTOUCHED]
    found = [entity for entity in _detected(formatted.text) if _free(entity, taken)]
    return replace(formatted, entities=ordered([*formatted.entities, *found]))


def _detected(text: str) -> list[Entity]:
    return [
        Entity(kind, utf16.length(text[: match.start()]), utf16.length(match[0]))
        for kind, pattern in PATTERNS
        for match in pattern.finditer(text)
    ]


def _free(entity: Entity, taken: list[Entity]) -> bool:
    return all(entity.end <= other.offset or other.end <= entity.offset for other in taken)
