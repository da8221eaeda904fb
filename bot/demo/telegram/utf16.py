"""Telegram counts text in UTF-16 units; Python counts characters."""


def length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, start: int, end: int) -> str:
    """The part of the text between two UTF-16 offsets."""
    encoded = text.encode("utf-16-le")
    return encoded[2 * start : 2 * end].decode("utf-16-le", errors="replace")


def index(text: str, offset: int) -> int:
    """The position in Python's characters of a UTF-16 offset; inside a pair it moves forward."""
    position = 0
    while offset > 0 and position < len(text):
        offset -= 2 if ord(text[position]) > 0xFFFF else 1
        position += 1
    return position
