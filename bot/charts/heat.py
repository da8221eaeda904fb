"""A table as shades: how good each pair of numbers is, and where the best one lies."""

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from bot.charts import grid, header, tags
from bot.charts.layout import layout
from bot.charts.lettering import Face, fit, write
from bot.charts.palette import palette
from bot.charts.scale import Rung
from bot.charts.sheet import Pane, Sheet, blank
from core.domain.market import Floats
from core.domain.picture import HeatPicture

HALF = 0.48  # of a cell, so that a thin seam is left
PALEST = 0.08
TEXT, LABEL, BORDER = 27, 26, 5
Colour = tuple[float, float, float]


def build(picture: HeatPicture) -> Figure:
    """Everything on one page, as artists."""
    sheet = blank(palette(picture.style))
    header.draw(sheet, picture.title, picture.subtitle)
    header.legend(sheet, (), picture.watermark)
    page = layout(tags.room((*picture.rows, picture.across)), panel=False)
    wide, high = len(picture.columns), len(picture.rows)
    pane = Pane(sheet, page.main, (-0.5, wide - 0.5), (-0.5, high - 0.5))
    margin = page.beside(page.main)
    _cells(pane, picture)
    grid.names(pane, [Rung(row, name) for row, name in enumerate(picture.rows)], margin)
    grid.times(
        [pane], [grid.Post(n, name, strong=False) for n, name in enumerate(picture.columns)]
    )
    grid.zone(sheet, picture.across, margin)
    _up(sheet, picture.up)
    return sheet.figure


def warmth(values: Floats, *, falls: bool) -> Floats:
    """0 for the worst of the values, 1 for the best; NaN where there is none."""
    signed = -values if falls else values
    known = signed[np.isfinite(signed)]
    if not len(known) or known.min() == known.max():
        return np.where(np.isfinite(signed), 1.0, np.nan)
    warm: Floats = (signed - known.min()) / (known.max() - known.min())
    return warm


def _cells(pane: Pane, picture: HeatPicture) -> None:
    warm = warmth(picture.values, falls=picture.falls)
    places = [(x, y) for y in range(warm.shape[0]) for x in range(warm.shape[1])]
    colours = [_colour(pane, float(warm[y, x])) for x, y in places]
    cells = PolyCollection([_square(x, y) for x, y in places], facecolors=colours, linewidths=0)
    cells.set(gid="cells", zorder=1)
    pane.add(cells)
    for (x, y), colour in zip(places, colours, strict=True):
        _text(pane, picture.texts[y][x], (x, y), colour)
    row, column = picture.best
    frame = Rectangle((column - HALF, row - HALF), 2 * HALF, 2 * HALF, fill=False)
    frame.set(edgecolor=pane.sheet.palette.ink, linewidth=BORDER, gid="best", zorder=2)
    pane.add(frame)


def _square(x: int, y: int) -> NDArray[np.float64]:
    return np.array(
        [(x + a * HALF, y + b * HALF) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    )


def _colour(pane: Pane, warm: float) -> Colour:
    """From the paper to the colour of gain; a hole is as grey as the grid."""
    shades = pane.sheet.palette
    if np.isnan(warm):
        return to_rgb(shades.grid)
    strength = PALEST + (1 - PALEST) * warm
    red, green, blue = (
        ink * strength + paper * (1 - strength)
        for ink, paper in zip(to_rgb(shades.gain), to_rgb(shades.paper), strict=True)
    )
    return red, green, blue


def _text(pane: Pane, words: str, place: tuple[int, int], cell: Colour) -> None:
    """In whichever of two inks is read more easily."""
    inks = pane.sheet.palette.ink, pane.sheet.palette.on_colour
    colour = max(inks, key=lambda ink: _contrast(ink, cell))
    words, face = fit(words, Face(TEXT, colour, bold=True), pane.pitch * 2 * HALF - 8)
    at = (pane.x(place[0]), pane.y(place[1]))
    write(pane.sheet, words, at, face, "center").set_gid("value")


def _up(sheet: Sheet, name: str) -> None:
    """What the rows are, above them."""
    at = (header.MARGIN, header.LEGEND)
    write(sheet, f"↑ {name}", at, Face(LABEL, sheet.palette.muted)).set_gid("up")


def _lightness(colour: str | Colour) -> float:
    """Relative luminance of a colour (WCAG 2), 0 black to 1 white."""
    parts = ((c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4) for c in to_rgb(colour))
    red, green, blue = parts
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str | Colour, other: str | Colour) -> float:
    dark, light = sorted((_lightness(one), _lightness(other)))
    return (light + 0.05) / (dark + 0.05)
