"""The few letters of a Korean typeface that a page uses, so that it reads the same anywhere."""

import base64
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from bot.charts.lettering import font_files

HANGUL = re.compile("[\u1100-\u11ff\u3000-\u318f\uac00-\ud7a3]")
COPYRIGHT, LICENCE, LICENCE_URL = 0, 13, 14
TYPE_TOOL_TABLES = ("TSI0", "TSI1", "TSI2", "TSI3", "TSI5")


@dataclass(frozen=True, slots=True)
class Typeface:
    """One weight of it, as a data URI of a WOFF file."""

    weight: int
    uri: str


def typefaces(text: str) -> tuple[Typeface, ...]:
    """What the Hangul of a text needs; nothing where there is none.

    The files keep their copyright and licence and give up their name, as the licence wants.
    """
    letters = sorted({ord(letter) for letter in HANGUL.findall(text)})
    if not letters:
        return ()
    return tuple(Typeface(weight, _cut(path, letters)) for path, weight in font_files().items())


def _cut(path: Path, letters: Iterable[int]) -> str:
    options = Options(
        hinting=False,
        layout_features=[],
        name_IDs=[COPYRIGHT, LICENCE, LICENCE_URL],
        glyph_names=False,
    )
    options.drop_tables += TYPE_TOOL_TABLES
    subsetter, file = Subsetter(options), io.BytesIO()
    subsetter.populate(unicodes=letters)
    with TTFont(path, lazy=True) as font:
        subsetter.subset(font)
        font.flavor = "woff"
        font.save(file)
    return f"data:font/woff;base64,{base64.b64encode(file.getvalue()).decode()}"
