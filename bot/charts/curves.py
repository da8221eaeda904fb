"""Lines of numbers over time, and the words in a smaller pane."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.lines import Line2D

from bot.charts.lettering import Face, fit, width, write
from bot.charts.sheet import Pane
from core.domain.market import Floats

BETWEEN_NAMES = 24


@dataclass(frozen=True, slots=True)
class Pen:
    """How a line is drawn; the name says what it is."""

    colour: str
    name: str
    thickness: float = 3.5


def draw(pane: Pane, places: Floats, column: Floats, pen: Pen) -> None:
    """A line that is interrupted where the column is NaN."""
    line = Line2D(places, column, color=pen.colour, linewidth=pen.thickness)
    line.set(solid_joinstyle="round", solid_capstyle="round", zorder=5, gid=pen.name)
    pane.add(line)


def area(pane: Pane, places: Floats, columns: tuple[Floats, Floats], colour: str) -> None:
    """A veil between two columns."""
    first, second = columns
    outline = np.column_stack(
        [np.append(places, places[::-1]), np.append(first, second[::-1])],
    )
    veil = PolyCollection([outline], facecolors=colour, linewidths=0)
    veil.set(alpha=pane.sheet.palette.veil, zorder=1, gid="area")
    pane.add(veil)


def caption(pane: Pane, names: Sequence[tuple[str, str]]) -> None:
    """What a smaller pane shows, in its upper left corner: names in colours of their own."""
    x, y = pane.box.left + 12, pane.box.top - 20
    for name, colour in names:
        words, face = fit(name, Face(25, colour), pane.box.width / 2)
        write(pane.sheet, words, (x, y), face).set_gid("caption")
        x += width(words, face) + BETWEEN_NAMES
