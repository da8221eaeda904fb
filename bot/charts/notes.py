"""Remarks beside points of a curve, placed where neither the page's edge nor another one is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from bot.charts.lettering import Face, fit, width, write
from bot.charts.sheet import Box, Pane
from core.domain.market import Floats

SIZE, DOT, HALO = 26, 13, 6
RISES = tuple(sign * rise for rise in range(34, 240, 24) for sign in (1, -1))
ABOVE_LINES = 6


@dataclass(frozen=True, slots=True)
class Note:
    """Words about a point of the data; without words only the point is shown."""

    x: float
    value: float
    text: str
    colour: str


def draw(pane: Pane, notes: Iterable[Note], curve: tuple[Floats, Floats]) -> None:
    """A dot each, and its words at the nearest place off the curve; without one, only the dot."""
    taken: list[Box] = []
    for note in notes:
        _dot(pane, note)
        words, face = fit(note.text, Face(SIZE, note.colour, bold=True), pane.box.width / 2)
        free = (
            box
            for box in _places(pane, note, width(words, face))
            if _inside(box, pane.box)
            and not any(_touch(box, other) for other in taken)
            and not _crosses(pane, box, curve)
        )
        if words and (box := next(free, None)):
            _words(pane, words, face, box)
            taken.append(box)


def _places(pane: Pane, note: Note, wide: float) -> Iterator[Box]:
    """Above the point, below it, further away; pushed in from the sides."""
    x, y = pane.x(note.x), pane.y(note.value)
    middle = min(max(x, pane.box.left + wide / 2), pane.box.right - wide / 2)
    for rise in RISES:
        yield Box(middle - wide / 2, y + rise - SIZE / 2, middle + wide / 2, y + rise + SIZE / 2)


def _words(pane: Pane, words: str, face: Face, box: Box) -> None:
    text = write(pane.sheet, words, (box.left, (box.bottom + box.top) / 2), face)
    halo = withStroke(linewidth=HALO, foreground=pane.sheet.palette.paper)
    text.set(gid="note", path_effects=[halo])


def _dot(pane: Pane, note: Note) -> None:
    dot = Line2D([note.x], [note.value], marker="o", markersize=DOT, color=note.colour)
    dot.set(markeredgecolor=pane.sheet.palette.paper, markeredgewidth=2.5)
    dot.set(gid="dot", zorder=ABOVE_LINES)
    pane.add(dot)


def _inside(box: Box, room: Box) -> bool:
    return room.bottom <= box.bottom and box.top <= room.top


def _touch(one: Box, other: Box) -> bool:
    across = one.left < other.right and other.left < one.right
    return across and one.bottom < other.top and other.bottom < one.top


def _crosses(pane: Pane, box: Box, curve: tuple[Floats, Floats]) -> bool:
    """Does the curve run through the box, or lie near enough to spoil it?"""
    places, column = curve
    left, right = ((edge - pane.box.left) / pane.pitch for edge in (box.left, box.right))
    start, stop = np.searchsorted(places, [left + pane.across[0], right + pane.across[0]])
    under = column[max(start - 1, 0) : stop + 1]
    low, high = pane.y(float(under.min())), pane.y(float(under.max()))
    return box.bottom < high + HALO and box.top > low - HALO
