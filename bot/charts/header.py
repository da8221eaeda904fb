"""The head of a chart: what it is, which line is which, and where the numbers come from."""

from collections.abc import Sequence

from matplotlib.lines import Line2D

from bot.charts.lettering import Face, fit, width, write
from bot.charts.sheet import HEIGHT, WIDTH, Sheet

MARGIN = 32
TITLE, SUBTITLE, LEGEND = HEIGHT - 52, HEIGHT - 106, HEIGHT - 158
BELOW = HEIGHT - 190
SWATCH, GAP = 34, 10
SIZES = (26, 25, 24, 23, 22)
LARGEST = SIZES[0]
WATERMARK_ALPHA = 0.75


def draw(sheet: Sheet, title: str, subtitle: str) -> None:
    """Title and subtitle, shrunk to the page."""
    for words, y, face in (
        (title, TITLE, Face(46, sheet.palette.ink, bold=True)),
        (subtitle, SUBTITLE, Face(29, sheet.palette.muted)),
    ):
        fitting, smaller = fit(words, face, WIDTH - 2 * MARGIN)
        write(sheet, fitting, (MARGIN, y), smaller).set_gid("header")


def legend(sheet: Sheet, entries: Sequence[tuple[str, str]], watermark: str) -> None:
    """Labels with the colour of their lines, left; the origin of the data, right.

    Many labels are written smaller; what still does not fit is left out.
    """
    face = Face(LARGEST, sheet.palette.muted, bold=True)
    words, face = fit(watermark, face, WIDTH / 2)
    edge = float(WIDTH - MARGIN)
    write(sheet, words, (edge, LEGEND), face, "right").set(gid="watermark", alpha=WATERMARK_ALPHA)
    edge -= width(words, face) + SWATCH
    start, names = float(MARGIN), [label for label, _ in entries]
    size = next((s for s in SIZES if _taken(names, s) <= edge - start), SIZES[-1])
    for label, colour in entries:
        if edge - start > 3 * SWATCH:
            start = _entry(sheet, (label, colour), size, (start, edge)) + _swatch(size)


def _swatch(size: float) -> float:
    """How long the piece of a line is that stands for it."""
    return SWATCH if size == LARGEST else SWATCH / 2


def _taken(labels: Sequence[str], size: float) -> float:
    """How many pixels the labels take at this size, and between them."""
    beside = 2 * _swatch(size) + GAP
    return sum(width(label, Face(size, "")) + beside for label in labels)


def _entry(sheet: Sheet, named: tuple[str, str], size: float, room: tuple[float, float]) -> float:
    """One swatch and its label; answers where it ends."""
    label, colour = named
    start, edge = room
    end = start + _swatch(size)
    swatch = Line2D([start, end], [LEGEND, LEGEND], color=colour, linewidth=6)
    swatch.set(solid_capstyle="round", gid="swatch")
    sheet.add(swatch)
    start = end + GAP
    label, face = fit(label, Face(size, sheet.palette.ink), edge - start)
    write(sheet, label, (start, LEGEND), face).set_gid("legend")
    return start + width(label, face)
