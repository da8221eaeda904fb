"""A model's own words, made fit to be shown: one clean line, cut to length. Nothing obeys them."""

import unicodedata

from core.domain.people import Language
from core.news.cleaning import ELLIPSIS, visible

LONGEST_RAW = 4_000
ENOUGH = 0.3


def plain(text: str, longest: int) -> str:
    """NFKC, without signs that draw nothing or turn others round, on one line."""
    seen = visible(unicodedata.normalize("NFKC", text[:LONGEST_RAW]))
    line = " ".join(unicodedata.normalize("NFKC", seen).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + ELLIPSIS


def speaks(text: str, language: Language) -> bool:
    """Is it written in this language? Korean by its syllables, English by its letters; a text
    without letters is in any.
    """
    letters = [sign for sign in text if sign.isalpha()]
    if not letters:
        return True
    hangul = sum("가" <= sign <= "힣" for sign in letters) / len(letters)
    latin = sum(sign.isascii() for sign in letters) / len(letters)
    return hangul >= ENOUGH if language is Language.KO else hangul < ENOUGH and latin >= ENOUGH
