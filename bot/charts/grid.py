"""The faint lines behind the data, and the numbers and times that they stand for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matplotlib.collections import LineCollection

from bot.charts.layout import FOOT, LEFT
from bot.charts.lettering import Face, width, write
from bot.charts.scale import Rung
from bot.charts.sheet import Box, Pane, Sheet, Span

SIZE, ZONE_SIZE = 25, 23
CLEAR = 42
EDGE, BETWEEN_TIMES = 4, 24
THIN = 1.5
INDENT = 13


@dataclass(frozen=True, slots=True)
class Post:
    """A labelled place of the time axis, in the units of the panes."""

    x: float
    label: str
    strong: bool


def across(pane: Pane, rungs: Iterable[Rung]) -> None:
    """Horizontal lines."""
    left, right = pane.across
    _behind(pane, [((left, rung.value), (right, rung.value)) for rung in rungs])


def names(pane: Pane, rungs: Iterable[Rung], margin: Box, taken: Sequence[float] = ()) -> None:
    """The values in the margin, except where something else lies already."""
    face = Face(SIZE, pane.sheet.palette.muted)
    free = -2.0 * SIZE
    for rung in rungs:
        y = pane.y(rung.value)
        if y - free >= SIZE + 3 and all(abs(y - height) >= CLEAR for height in taken):
            at = (margin.right - INDENT, y)
            write(pane.sheet, rung.name, at, face, "right").set_gid("rung")
            free = y


def times(panes: Sequence[Pane], posts: Sequence[Post]) -> None:
    """Vertical lines and the words below them, leaving out what would touch or be cut off."""
    sheet, free, kept = panes[0].sheet, float(EDGE), []
    for post in posts:
        face = Face(SIZE, sheet.palette.ink if post.strong else sheet.palette.muted, post.strong)
        half = width(post.label, face) / 2
        middle = panes[0].x(post.x)
        if len(posts) == 1:
            middle = max(middle, LEFT + half)
        if middle - half >= free:
            write(sheet, post.label, (middle, FOOT / 2), face, "center").set_gid("time")
            free = middle + half + BETWEEN_TIMES
            kept.append(post.x)
    for pane in panes:
        _behind(pane, [((x, pane.up[0]), (x, pane.up[1])) for x in kept])


def zone(sheet: Sheet, name: str, margin: Box) -> None:
    """Whose clock the times are of."""
    face = Face(ZONE_SIZE, sheet.palette.muted)
    write(sheet, name, (margin.right - INDENT, FOOT / 2), face, "right").set_gid("zone")


def _behind(pane: Pane, lines: Sequence[tuple[Span, Span]]) -> None:
    grid = LineCollection(lines, colors=pane.sheet.palette.grid, linewidths=THIN)
    grid.set(zorder=0, gid="grid")
    pane.add(grid)
