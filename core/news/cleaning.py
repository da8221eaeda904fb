"""Makes one clean line of whatever a stranger calls a title. It stays text: nothing here obeys it."""

import re
import unicodedata
from html import unescape

from core.domain.news import LONGEST_TITLE

LONGEST_RAW = 4_000
MOST_TURNS = 8
ELLIPSIS = "…"
TAG = re.compile(r"<!--.*?-->|<[/!?a-zA-Z][^<>]*>", re.DOTALL)
PLAIN = str.maketrans({"<": "‹", ">": "›", "`": "'"})
RUN = re.compile(r"([^\w\s])\1{2,}")
SPACES = frozenset({"Zs", "Zl", "Zp"})
UNWANTED = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})

# Letters and marks that draw nothing: fillers, joiners, a blank of Braille, and the selectors of
# glyphs, which can carry hidden bytes.
FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
SELECTORS = "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
INVISIBLE = frozenset(FILLERS + SELECTORS)


class Signs(dict[int, str]):
    """What each sign becomes, looked up once."""

    def __missing__(self, code: int) -> str:
        self[code] = seen = _sign(chr(code))
        return seen


SEEN = Signs()


def clean(text: str) -> str:
    """NFKC, without markup, entities, invisible or private signs, fences and line breaks; at most
    160 characters, cut between words. What is clean already stays as it is; what is wrapped more
    often than anybody means it loses its &, so that no title keeps the desk busy.
    """
    text = text[:LONGEST_RAW]
    for _ in range(MOST_TURNS):
        if (cleaner := _once(text)) == text:
            return _cut(text)
        text = cleaner
    return clean(text.replace("&", " "))


def visible(text: str) -> str:
    """Without the signs that draw nothing, or turn round what others draw."""
    return text.translate(SEEN)


def _once(text: str) -> str:
    """Asked for again until nothing changes: what one step takes away can uncover something."""
    bare = TAG.sub(" ", unicodedata.normalize("NFKC", visible(unescape(text))))
    return " ".join(RUN.sub(_shorter, bare.translate(PLAIN)).split())


def _sign(sign: str) -> str:
    category = unicodedata.category(sign)
    if category in SPACES or sign.isspace():
        return " "
    return "" if category in UNWANTED or sign in INVISIBLE else sign


def _shorter(run: re.Match[str]) -> str:
    """Three dots are an ellipsis; three of anything else could be a fence."""
    return ELLIPSIS if run[1] == "." else run[1]


def _cut(text: str) -> str:
    if len(text) <= LONGEST_TITLE:
        return text
    room = text[: LONGEST_TITLE - 1]
    words = room if text[LONGEST_TITLE - 1] == " " else room.rpartition(" ")[0]
    kept = words if len(words) > LONGEST_TITLE // 2 else room
    return kept.rstrip(" .,;:-–—…") + ELLIPSIS
