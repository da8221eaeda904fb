"""A reliability diagram: on the diagonal a forecast means what it says."""

import math

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from bot.charts import grid, header, tags
from bot.charts.layout import layout
from bot.charts.lettering import Face, width, write
from bot.charts.palette import palette
from bot.charts.scale import Rung, named, rounds
from bot.charts.sheet import Pane, Sheet, Span, blank
from core.domain.picture import ReliabilityPicture

LINES, EDGE, NARROWEST = 7, 0.06, 0.2
BAR, SHEER, DOT = 18, 0.4, 16
LABEL, ABOVE, APART = 26, 28, 8


def build(picture: ReliabilityPicture) -> Figure:
    """Everything on one page, as artists."""
    sheet = blank(palette(picture.style))
    header.draw(sheet, picture.title, picture.subtitle)
    _legend(sheet, picture)
    across, up = reach(picture)
    rungs = _rungs(up)
    page = layout(tags.room((*(rung.name for rung in rungs), picture.across)), panel=False)
    pane = Pane(sheet, page.main, across, up)
    margin = page.beside(page.main)
    grid.across(pane, rungs)
    grid.names(pane, rungs, margin)
    grid.times([pane], [grid.Post(rung.value, rung.name, strong=False) for rung in _rungs(across)])
    grid.zone(sheet, picture.across, margin)
    _diagonal(pane)
    _bins(pane, picture)
    return sheet.figure


def reach(picture: ReliabilityPicture) -> tuple[Span, Span]:
    """What is forecast, across, and what came with its doubts, upwards; a piece of the diagonal
    crosses both, and neither is wider than everything or narrower than NARROWEST.
    """
    said, came = picture.forecast, np.concatenate((picture.low, picture.high))
    across = _span(float(said.min()), float(said.max()))
    return across, _span(float(min(said.min(), came.min())), float(max(said.max(), came.max())))


def _span(low: float, high: float) -> Span:
    short = max(NARROWEST - (high - low), 0.0) / 2
    edge = EDGE * max(high - low, NARROWEST)
    return max(low - short - edge, -EDGE / 2), min(high + short + 2 * edge, 1 + EDGE)


def _rungs(span: Span) -> tuple[Rung, ...]:
    """Percents, as round as they fit."""
    values = rounds(max(span[0], 0.0), min(span[1], 1.0), LINES, 0.01)
    return named(values, lambda value: f"{value:.0%}")


def _legend(sheet: Sheet, picture: ReliabilityPicture) -> None:
    colours = sheet.palette
    entries = ((picture.up, colours.line(0)), (picture.honest, colours.muted))
    header.legend(sheet, entries, picture.watermark)


def _diagonal(pane: Pane) -> None:
    ends = max(pane.across[0], pane.up[0]), min(pane.across[1], pane.up[1])
    line = Line2D(ends, ends, color=pane.sheet.palette.muted, linewidth=3)
    line.set(linestyle=(0, (3, 2)), zorder=2, gid="honest")
    pane.add(line)


def _bins(pane: Pane, picture: ReliabilityPicture) -> None:
    """The share of each bin on a bar that says how sure it is."""
    colours = pane.sheet.palette
    for x, y, low, high in zip(
        picture.forecast, picture.outcome, picture.low, picture.high, strict=True
    ):
        bar = Line2D([x, x], [low, high], color=colours.line(0), linewidth=BAR, alpha=SHEER)
        bar.set(solid_capstyle="round", zorder=3, gid="interval")
        dot = Line2D([x], [y], marker="o", markersize=DOT, color=colours.ink)
        dot.set(markeredgecolor=colours.paper, markeredgewidth=2.5, zorder=5, gid="dot")
        pane.add(bar)
        pane.add(dot)
    _worth(pane, picture)


def _worth(pane: Pane, picture: ReliabilityPicture) -> None:
    """What each bin is worth stands above its bar, higher where a neighbour's stands already."""
    face = Face(LABEL, pane.sheet.palette.ink, bold=True)
    right, height = -math.inf, 0.0
    for x, high, words in zip(picture.forecast, picture.high, picture.texts, strict=True):
        half, middle, y = width(words, face) / 2, pane.x(float(x)), pane.y(float(high)) + ABOVE
        if middle - half < right + APART and abs(y - height) < APART + LABEL:
            y = height + APART + LABEL
        y = min(y, pane.box.top - LABEL / 2)
        write(pane.sheet, words, (middle, y), face, "center").set_gid("worth")
        right, height = middle + half, y
