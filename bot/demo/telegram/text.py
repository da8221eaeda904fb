"""A text and the pieces of it that are bold, code, links: what a message really carries."""

from dataclasses import dataclass, replace
from typing import Any

from bot.demo.telegram import utf16

#: Inside these Telegram keeps no other formatting.
MONOSPACED = ("code", "pre")


@dataclass(frozen=True, slots=True)
class Entity:
    """One formatted piece; offset and length count UTF-16 units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None

    @property
    def end(self) -> int:
        return self.offset + self.length

    def holds(self, other: "Entity") -> bool:
        return self.offset <= other.offset and other.end <= self.end

    def wire(self) -> dict[str, Any]:
        """The entity as the Bot API writes it."""
        extras = {
            "url": self.url,
            "language": self.language if self.type == "pre" else None,
            "custom_emoji_id": self.custom_emoji_id,
        }
        present = {name: value for name, value in extras.items() if value}
        return {"type": self.type, "offset": self.offset, "length": self.length, **present}


@dataclass(frozen=True, slots=True)
class FormattedText:
    """Plain text with its entities, sorted as Telegram sorts them."""

    text: str = ""
    entities: tuple[Entity, ...] = ()

    @property
    def length(self) -> int:
        return utf16.length(self.text)

    def wire(self) -> list[dict[str, Any]]:
        return [entity.wire() for entity in self.entities]


def ordered(entities: list[Entity]) -> tuple[Entity, ...]:
    """Outer before inner; where both span the same, the one opened first stays first."""
    return tuple(sorted(entities, key=lambda entity: (entity.offset, -entity.length)))


def trimmed(formatted: FormattedText) -> FormattedText:
    """Telegram drops the white space around a message and what formatting stood on it."""
    tail = formatted.text.rstrip()
    body = tail.lstrip()
    shift = utf16.length(tail) - utf16.length(body)
    limit = utf16.length(body)
    moved = (_moved(entity, shift, limit) for entity in formatted.entities)
    return FormattedText(body, tuple(entity for entity in moved if entity.length > 0))


def tidied(formatted: FormattedText) -> FormattedText:
    """Formatting inside code is dropped, and so is a piece inside another of the same kind."""
    kept: list[Entity] = []
    for entity in formatted.entities:
        outer = [other for other in kept if other.holds(entity)]
        if not any(other.type in (*MONOSPACED, entity.type) for other in outer):
            kept = [other for other in kept if not _swallows(entity, other)]
            kept.append(entity)
    return FormattedText(formatted.text, tuple(kept))


def _moved(entity: Entity, shift: int, limit: int) -> Entity:
    start = max(entity.offset - shift, 0)
    end = min(entity.end - shift, limit)
    return replace(entity, offset=start, length=end - start)


def _swallows(entity: Entity, other: Entity) -> bool:
    return entity.type in MONOSPACED and entity.holds(other)
