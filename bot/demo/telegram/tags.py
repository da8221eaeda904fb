"""Telegram's HTML: which tags it knows, how they open and close, and how it complains."""

from dataclasses import dataclass
from string import ascii_letters, digits

from bot.demo.telegram import utf16
from bot.demo.telegram.addresses import completed
from bot.demo.telegram.characters import decoded, well_formed
from bot.demo.telegram.errors import Refused, bad_request
from bot.demo.telegram.text import Entity, FormattedText, ordered

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "blockquote": "blockquote",
}
SPACE = " \t\r\n\0\x0b"
TOKEN = ascii_letters + digits + ".-"


def unparsable(description: str) -> Refused:
    return bad_request(f"can't parse entities: {description}")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag that is open: its name, its attributes and where its text began."""

    name: str
    attributes: dict[str, str]
    offset: int
    start: int


class TagParser:
    """Reads HTML once from left to right, as tdlib does."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._position = 0
        self._text: list[str] = []
        self._offset = 0
        self._open: list[Tag] = []
        self._found: list[Entity] = []

    def parse(self) -> FormattedText:
        while self._position < len(self._source):
            self._step()
        if self._open:
            name = self._open[-1].name
            raise unparsable(f'Can\'t find end tag corresponding to start tag "{name}"')
        text = "".join(self._text)
        if not well_formed(text):
            raise unparsable(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units",
            )
        return FormattedText(text, ordered(list(reversed(self._found))))

    def _step(self) -> None:
        if self._at("</"):
            self._close_tag()
        elif self._at("<"):
            self._open_tag()
        else:
            character, self._position = decoded(self._source, self._position)
            self._text.append(character)
            self._offset += utf16.length(character)

    def _open_tag(self) -> None:
        begin = self._position
        self._position += 1
        name = self._word(">").lower()
        if self._ended():
            raise unparsable(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        if name not in KINDS:
            raise unparsable(f'Unsupported start tag "{name}" at byte offset {self._bytes(begin)}')
        attributes = self._attributes(name, begin)
        self._check(name, attributes, begin)
        self._open.append(Tag(name, attributes, self._offset, len(self._text)))

    def _attributes(self, name: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self._skip_space()
            if self._at(">"):
                self._position += 1
                return found
            attribute = self._word("=>").lower()
            if self._ended():
                raise unparsable(
                    f'Unclosed start tag "{name}" at byte offset {self._bytes(begin)}'
                )
            if not attribute:
                raise unparsable(
                    f'Empty attribute name in the tag "{name}" '
                    f"at byte offset {self._bytes(begin)}",
                )
            found.setdefault(attribute, self._value(name, begin))

    def _value(self, name: str, begin: int) -> str:
        self._skip_space()
        if not self._at("="):
            return ""
        self._position += 1
        self._skip_space()
        if self._ended():
            raise unparsable(f'Unclosed start tag "{name}" at byte offset {self._bytes(begin)}')
        quote = self._source[self._position]
        value = self._quoted(quote) if quote in "'\"" else self._token()
        if self._ended():
            raise unparsable(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        return value

    def _quoted(self, quote: str) -> str:
        self._position += 1
        value: list[str] = []
        while not self._ended() and not self._at(quote):
            character, self._position = decoded(self._source, self._position)
            value.append(character)
        self._position += 1
        return "".join(value)

    def _token(self) -> str:
        begin = self._position
        while not self._ended() and self._source[self._position] in TOKEN:
            self._position += 1
        if not self._ended() and self._source[self._position] not in (*SPACE, ">"):
            raise unparsable(f"Unexpected end of name token at byte offset {self._bytes(begin)}")
        return self._source[begin : self._position].lower()

    def _check(self, name: str, attributes: dict[str, str], begin: int) -> None:
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise unparsable(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}',
            )
        if name == "tg-emoji" and not attributes.get("emoji-id", "").isdigit():
            raise unparsable("Invalid custom emoji identifier specified")

    def _close_tag(self) -> None:
        begin = self._position
        if not self._open:
            raise unparsable(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        self._position += 2
        name = self._word(">").lower()
        self._skip_space()
        if not self._at(">"):
            raise unparsable(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        self._position += 1
        tag = self._open.pop()
        if name and name != tag.name:
            raise unparsable(
                f"Unmatched end tag at byte offset {self._bytes(begin)}, "
                f'expected "</{tag.name}>", found "</{name}>"',
            )
        self._finish(tag)

    def _finish(self, tag: Tag) -> None:
        length = self._offset - tag.offset
        if length <= 0:
            return
        inner = self._found[-1] if self._found else None
        entity = entity_of(tag, length, "".join(self._text[tag.start :]))
        if entity and inner and {entity.type, inner.type} == {"pre", "code"}:
            self._nest_code(entity, inner)
        elif entity:
            self._found.append(entity)

    def _nest_code(self, outer: Entity, inner: Entity) -> None:
        """<pre><code class="language-x"> is one block with a language."""
        language = outer.language or inner.language
        if language and (outer.offset, outer.length) == (inner.offset, inner.length):
            self._found[-1] = Entity("pre", outer.offset, outer.length, language=language)
        else:
            self._found.append(outer)

    def _word(self, stops: str) -> str:
        begin = self._position
        while not self._ended() and self._source[self._position] not in SPACE + stops:
            self._position += 1
        return self._source[begin : self._position]

    def _skip_space(self) -> None:
        while not self._ended() and self._source[self._position] in SPACE:
            self._position += 1

    def _at(self, expected: str) -> bool:
        return self._source.startswith(expected, self._position)

    def _ended(self) -> bool:
        return self._position >= len(self._source)

    def _bytes(self, position: int) -> int:
        return len(self._source[:position].encode("utf-8", "surrogatepass"))


def entity_of(tag: Tag, length: int, text: str) -> Entity | None:
    """What a closed tag became; a link that leads nowhere becomes nothing."""
    kind = KINDS[tag.name]
    if kind == "text_link":
        url = completed(tag.attributes.get("href") or text)
        return Entity(kind, tag.offset, length, url=url) if url else None
    if kind == "custom_emoji":
        return Entity(kind, tag.offset, length, custom_emoji_id=tag.attributes["emoji-id"])
    if kind == "blockquote" and "expandable" in tag.attributes:
        return Entity("expandable_blockquote", tag.offset, length)
    language = tag.attributes.get("class", "").removeprefix("language-")
    if kind == "code" and tag.attributes.get("class", "").startswith("language-"):
        return Entity(kind, tag.offset, length, language=language or None)
    return Entity(kind, tag.offset, length)
