"""Prices in the right margin: labels that stay readable where their lines lie close together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from bot.charts.lettering import Face, fit, width, write
from bot.charts.sheet import Box, Sheet
from core.domain.market import Floats

HEIGHT, GAP, PADDING, CORNER = 46, 5, 13, 9
LABEL_ROOM = 174
PRICE, LABEL = 29, 27
TINT = 0.14
LEADERS, CHIPS = 6.5, 7
Colour = str | tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Tag:
    """A value at a height of the page; `outside` tags speak of a price beyond the view."""

    y: float
    label: str
    text: str
    colour: str
    outside: bool = False


def spread(wanted: Sequence[float], pitch: float, low: float, high: float) -> Floats:
    """Heights at least a pitch apart, in the given (rising) order, moved as little as possible.

    Isotonic regression of the heights once the pitch is taken out, kept between low and high.
    """
    steps = np.arange(len(wanted)) * pitch
    flat = np.asarray(wanted, dtype=np.float64) - steps
    rising = [
        max(min(flat[i : k + 1].mean() for k in range(j, len(flat))) for i in range(j + 1))
        for j in range(len(flat))
    ]
    ceiling = max(high - pitch * (len(flat) - 1), low)
    return np.clip(np.asarray(rising, dtype=np.float64), low, ceiling) + steps


def room(texts: Iterable[str]) -> float:
    """How wide the margin must be for the widest of these prices."""
    return max(width(text, Face(PRICE, "", bold=True)) for text in texts) + 2 * PADDING


def draw(sheet: Sheet, tags: Iterable[Tag], margin: Box) -> Floats:
    """Draw the tags in the margin, labels to its left; answers the heights they came to lie at."""
    ordered = sorted(tags, key=lambda tag: tag.y)
    half = HEIGHT / 2
    heights = spread(
        [tag.y for tag in ordered], HEIGHT + GAP, margin.bottom + half, margin.top - half
    )
    for tag, y in zip(ordered, heights, strict=True):
        _draw(sheet, tag, Box(margin.left, y - half, margin.right, y + half))
    return heights


def _draw(sheet: Sheet, tag: Tag, box: Box) -> None:
    y = (box.bottom + box.top) / 2
    start = _label(sheet, tag, box)
    colour = tag.colour
    if not tag.outside:
        _chip(sheet, box, colour, colour)
        colour = sheet.palette.on_colour
        _leader(sheet, tag, (start, y))
    face = Face(PRICE, colour, bold=True)
    write(sheet, tag.text, (box.right - PADDING, y), face, "right").set_gid("tag price")


def _label(sheet: Sheet, tag: Tag, box: Box) -> float:
    """The paler half of a tag, which lies under the price too; answers where it begins."""
    words, face = fit(tag.label, Face(LABEL, tag.colour, bold=True), LABEL_ROOM)
    start = box.left - (width(words, face) + 2 * PADDING if words else 0)
    whole = Box(start, box.bottom, box.right, box.top)
    _chip(sheet, whole, _mixed(tag.colour, sheet.palette.paper), tag.colour)
    at = (box.left - PADDING, (box.bottom + box.top) / 2)
    write(sheet, words, at, face, "right").set_gid("tag label")
    return start


def _leader(sheet: Sheet, tag: Tag, end: tuple[float, float]) -> None:
    """Ties a tag that was nudged away to the line that it speaks of."""
    x, y = end
    if abs(tag.y - y) >= CORNER:
        line = Line2D([x - 16, x], [tag.y, y], color=tag.colour, linewidth=2.5)
        line.set(gid="leader", zorder=LEADERS)
        sheet.add(line)


def _chip(sheet: Sheet, box: Box, face: Colour, edge: Colour) -> None:
    chip = PathPatch(_rounded(box), facecolor=face, edgecolor=edge, linewidth=1.5)
    chip.set(gid="chip", zorder=CHIPS)
    sheet.add(chip)


def _rounded(box: Box) -> Path:
    """A rectangle whose corners are curves, bent towards where the corner would be."""
    vertices: list[tuple[float, float]] = []
    for x, y, inward, up in (
        (box.right, box.bottom, -CORNER, CORNER),
        (box.right, box.top, -CORNER, -CORNER),
        (box.left, box.top, CORNER, -CORNER),
        (box.left, box.bottom, CORNER, CORNER),
    ):
        curve = [(x + inward, y), (x, y), (x, y + up)]
        vertices += curve if inward != up else curve[::-1]
    codes = [Path.MOVETO, *[Path.CURVE3, Path.CURVE3, Path.LINETO] * 4]
    return Path([*vertices, vertices[0]], codes)


def _mixed(colour: str, paper: str) -> Colour:
    red, green, blue = (
        ink * TINT + blank * (1 - TINT)
        for ink, blank in zip(to_rgb(colour), to_rgb(paper), strict=True)
    )
    return red, green, blue
