"""A formatted text as HTML that is safe to put into the page."""

import re
from html import escape

from bot.demo.telegram import utf16
from bot.demo.telegram.text import Entity, FormattedText

SIMPLE = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "code": ("<code>", "</code>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ('<blockquote class="expandable">', "</blockquote>"),
    "bot_command": ('<button type="button" class="command">', "</button>"),
    "spoiler": ('<span class="spoiler" role="button" tabindex="0">', "</span>"),
}
#: A block begins and ends its own line, so the line break beside it would be one too many.
BESIDE_BLOCK = re.compile(r"\n(<(?:pre|blockquote)\b)|(</(?:pre|blockquote)>)\n")
SAFE_SCHEMES = ("http://", "https://")


def rendered(formatted: FormattedText) -> str:
    """The text between its tags; where two pieces overlap, the inner one is opened twice."""
    edges = {0, formatted.length}
    for entity in formatted.entities:
        edges |= {entity.offset, entity.end}
    points = sorted(edge for edge in edges if 0 <= edge <= formatted.length)
    parts: list[str] = []
    stack: list[Entity] = []
    for start, end in zip(points, [*points[1:], formatted.length], strict=True):
        active = [entity for entity in formatted.entities if entity.offset <= start < entity.end]
        parts += _switch(stack, active, formatted.text)
        stack = active
        parts.append(escape(utf16.cut(formatted.text, start, end)))
    parts += _switch(stack, [], formatted.text)
    return BESIDE_BLOCK.sub(r"\1\2", "".join(parts))


def _switch(stack: list[Entity], active: list[Entity], text: str) -> list[str]:
    shared = 0
    while shared < min(len(stack), len(active)) and stack[shared] is active[shared]:
        shared += 1
    closing = [_tags(entity, text)[1] for entity in reversed(stack[shared:])]
    return closing + [_tags(entity, text)[0] for entity in active[shared:]]


def _tags(entity: Entity, text: str) -> tuple[str, str]:
    match entity.type:
        case "pre":
            return _pre(entity)
        case "text_link" | "url":
            return _link(entity.url or utf16.cut(text, entity.offset, entity.end))
    return SIMPLE.get(entity.type, ("<span>", "</span>"))


def _pre(entity: Entity) -> tuple[str, str]:
    language = escape(entity.language or "")
    attribute = f' data-language="{language}"' if language else ""
    return f'<pre tabindex="0"{attribute}><code>', "</code></pre>"


def _link(url: str) -> tuple[str, str]:
    if not url.lower().startswith(SAFE_SCHEMES):
        return "<span>", "</span>"
    address = escape(url)
    return f'<a href="{address}" target="_blank" rel="noopener noreferrer nofollow">', "</a>"
