"""Characters written as &lt;, &#9731; or &#x2603;: the few names Telegram knows, and numbers."""

import re

NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
LONGEST = 10
REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]+)|#(?P<number>[0-9]+)|(?P<name>[a-zA-Z]+));?")


def decoded(source: str, position: int) -> tuple[str, int]:
    """The character that stands here and where the next one begins; the semicolon may lack."""
    match = REFERENCE.match(source, position) if source[position] == "&" else None
    character = _character(match) if match else None
    if match is None or character is None:
        return source[position], position + 1
    return character, match.end()


def well_formed(text: str) -> bool:
    """Half of a surrogate pair is no text."""
    return not any(0xD800 <= ord(character) <= 0xDFFF for character in text)


def _character(match: re.Match[str]) -> str | None:
    if name := match["name"]:
        return NAMED.get(name)
    code = int(match["hex"], 16) if match["hex"] else int(match["number"])
    too_long = len(match[0].removesuffix(";")) >= LONGEST
    return None if code == 0 or code >= 0x10FFFF or too_long else chr(code)
