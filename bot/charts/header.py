"""The head of a chart: what it is, which line is which, and where the numbers come from."""

from collections.abc import Iterable

from matplotlib.lines import Line2D

from bot.charts.lettering import Face, fit, width, write
from bot.charts.sheet import HEIGHT, WIDTH, Sheet

MARGIN = 32
TITLE, SUBTITLE, LEGEND = HEIGHT - 52, HEIGHT - 106, HEIGHT - 158
BELOW = HEIGHT - 190
SWATCH, GAP = 34, 10
WATERMARK_ALPHA = 0.75


def draw(sheet: Sheet, title: str, subtitle: str) -> None:
    """Title and subtitle, shrunk to the page."""
    for words, y, face in (
        (title, TITLE, Face(46, sheet.palette.ink, bold=True)),
        (subtitle, SUBTITLE, Face(29, sheet.palette.muted)),
    ):
        fitting, smaller = fit(words, face, WIDTH - 2 * MARGIN)
        write(sheet, fitting, (MARGIN, y), smaller).set_gid("header")


def legend(sheet: Sheet, entries: Iterable[tuple[str, str]], watermark: str) -> None:
    """Labels with the colour of their lines, left; the origin of the data, right."""
    face = Face(26, sheet.palette.muted, bold=True)
    words, face = fit(watermark, face, WIDTH / 2)
    edge = float(WIDTH - MARGIN)
    write(sheet, words, (edge, LEGEND), face, "right").set(gid="watermark", alpha=WATERMARK_ALPHA)
    edge -= width(words, face) + SWATCH
    start = float(MARGIN)
    for label, colour in entries:
        if edge - start > 3 * SWATCH:
            start = _entry(sheet, label, colour, (start, edge)) + SWATCH


def _entry(sheet: Sheet, label: str, colour: str, room: tuple[float, float]) -> float:
    """One swatch and its label; answers where it ends."""
    start, edge = room
    swatch = Line2D([start, start + SWATCH], [LEGEND, LEGEND], color=colour, linewidth=6)
    swatch.set(solid_capstyle="round", gid="swatch")
    sheet.add(swatch)
    start += SWATCH + GAP
    label, face = fit(label, Face(26, sheet.palette.ink), edge - start)
    write(sheet, label, (start, LEGEND), face).set_gid("legend")
    return start + width(label, face)
