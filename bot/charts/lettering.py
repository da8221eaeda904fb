"""Words on a chart: one Korean typeface in two weights, placed by the middle of its capitals."""

import importlib.util
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

import matplotlib as mpl
from matplotlib.font_manager import FontEntry, FontProperties, findfont, fontManager, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.text import Text

from bot.charts.sheet import Sheet

FAMILY, FALLBACK = "nightdesk", "DejaVu Sans"
REGULAR, BOLD = 400, 700
FILES = {"NanumGothic.ttf": REGULAR, "NanumGothicBold.ttf": BOLD}
CAPITAL_HEIGHT = 0.72
SMALLEST = 0.65
ABOVE_DATA = 8
Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Face:
    """How words look; the size is in pixels."""

    size: float
    colour: str
    bold: bool = False


def font_files() -> dict[Path, int]:
    """The typeface's files and the weight of each.

    koreanize_matplotlib is read as data: importing it needs distutils and rewrites settings.
    """
    package = importlib.util.find_spec("koreanize_matplotlib")
    if package is None or package.submodule_search_locations is None:
        raise ModuleNotFoundError("the charts' typeface comes with koreanize-matplotlib")
    folder = Path(package.submodule_search_locations[0]) / "fonts"
    return {folder / name: weight for name, weight in FILES.items()}


@cache
def _load() -> None:
    """The family gets a name of our own: its bold calls itself 600, and the system may have another.

    Hinting is off because the phone scales the picture anyway, and it costs a third of the text.
    """
    for path, weight in font_files().items():
        fontManager.ttflist.append(FontEntry(str(path), name=FAMILY, weight=weight))
    mpl.rcParams.update({"text.hinting": "no_hinting", "axes.unicode_minus": False})


@cache
def _properties(bold: bool) -> FontProperties:
    _load()
    return FontProperties(family=(FAMILY, FALLBACK), weight=BOLD if bold else REGULAR)


@cache
def _files(bold: bool) -> tuple[str, ...]:
    _load()
    weight = BOLD if bold else REGULAR
    families = (FAMILY, FALLBACK)
    return tuple(str(findfont(FontProperties(family=[n], weight=weight))) for n in families)


def write(
    sheet: Sheet, words: str, at: tuple[float, float], face: Face, align: Align = "left"
) -> Text:
    """Put words at a pixel of the page; `at` is the middle of their capitals."""
    x, y = at
    text = Text(
        x,
        y - CAPITAL_HEIGHT * face.size / 2,
        words,
        color=face.colour,
        fontproperties=_properties(face.bold),
        fontsize=face.size,
        horizontalalignment=align,
        verticalalignment="baseline",
        parse_math=False,
        zorder=ABOVE_DATA,
    )
    sheet.add(text)
    return text


def width(words: str, face: Face) -> float:
    """How many pixels the words take."""
    return _width(words, face.size, face.bold)


@lru_cache(maxsize=1024)
def _width(words: str, size: float, bold: bool) -> float:
    font = get_font(_files(bold))
    font.clear()
    font.set_size(size, 72)
    font.set_text(words, 0, flags=LoadFlags.NO_HINTING)
    return font.get_width_height()[0] / 64


def fit(words: str, face: Face, room: float) -> tuple[str, Face]:
    """Shrink words into a width, then cut what is still too long."""
    taken = width(words, face)
    if taken <= room:
        return words, face
    face = replace(face, size=round(face.size * max(room / taken, SMALLEST), 1))
    whole = words
    while (taken := width(words, face)) > room and len(whole) > 1:
        whole = whole[: max(int(len(whole) * room / taken), 1)].rstrip()
        words = whole + "…"
    return words, face
