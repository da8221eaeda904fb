"""The chart of an account: what it was worth, against what, and how deep it fell."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from bot.charts import curves, grid, header, notes, tags, time_axis
from bot.charts.layout import Layout, layout
from bot.charts.palette import Palette, palette
from bot.charts.scale import Scale, decimals, extent, money, named, rounds
from bot.charts.sheet import WIDTH, Pane, Sheet, Span, blank
from bot.charts.thinning import thin
from core.domain.market import Floats, to_millis
from core.domain.picture import EquityPicture

MONEY_LINES, DEPTH_LINES, TIMES = 7, 3, 6
EDGE, HEADROOM = 0.13, 0.45
SHALLOWEST = 1e-3
Curve = tuple[str, Floats, str]


def build(picture: EquityPicture) -> Figure:
    """Everything on one page, as artists."""
    picture = thin(picture, WIDTH // 2)
    sheet = blank(palette(picture.style))
    header.draw(sheet, picture.title, picture.subtitle)
    lines = _curves(picture, sheet.palette)
    entries = [(label, colour) for label, _, colour in reversed(lines) if label]
    header.legend(sheet, entries, picture.watermark)
    scale = money_scale(picture)
    texts = [rung.name for rung in scale.rungs]
    texts += [money(float(column[-1]), picture.value_digits) for _, column, _ in lines]
    page = layout(tags.room(texts), panel=picture.drawdown is not None)
    panes = [_worth(sheet, picture, page, scale), *_depths(sheet, picture, page)]
    first, last = int(picture.time[0]), int(picture.time[-1])
    ticks = time_axis.ticks(first, last, picture.style.timezone, TIMES)
    posts = [grid.Post(tick.time - first, tick.label, tick.strong) for tick in ticks]
    grid.times(panes, posts)
    zone = time_axis.zone_name(last, picture.style.timezone)
    grid.zone(sheet, zone, page.beside(page.main))
    return sheet.figure


def money_scale(picture: EquityPicture) -> Scale:
    """All curves fit in."""
    columns = [picture.equity, *(line.column for line in picture.benchmarks)]
    quantum = 10.0**-picture.value_digits
    low, high = extent(np.concatenate(columns), quantum)
    edge = EDGE * (high - low)
    low, high = low - edge, high + edge
    values = rounds(low, high, MONEY_LINES, quantum)
    return Scale(low, high, named(values, lambda value: money(value, picture.value_digits)))


def _curves(picture: EquityPicture, colours: Palette) -> list[Curve]:
    """Label, column and colour; the account's own comes last and is drawn over the others."""
    others = [
        (line.label, line.column, colour)
        for line, colour in zip(picture.benchmarks, colours.lines, strict=False)
    ]
    return [*others, (picture.label, picture.equity, colours.ink)]


def _places(picture: EquityPicture) -> tuple[Floats, Span]:
    """Milliseconds since the first moment, and the span of the panes."""
    places = (picture.time - picture.time[0]).astype(np.float64)
    return places, (0.0, max(float(places[-1]), 1.0))


def _worth(sheet: Sheet, picture: EquityPicture, page: Layout, scale: Scale) -> Pane:
    places, across = _places(picture)
    pane = Pane(sheet, page.main, across, (scale.low, scale.high))
    grid.across(pane, scale.rungs)
    _against_start(pane, places, picture.equity)
    lines = _curves(picture, sheet.palette)
    for _, column, colour in lines[:-1]:
        curves.draw(pane, places, column, curves.Pen(colour, "benchmark", 2.5))
    curves.draw(pane, places, picture.equity, curves.Pen(sheet.palette.ink, "equity"))
    margin = page.beside(page.main)
    heights = tags.draw(sheet, _latest(pane, lines, picture.value_digits), margin)
    grid.names(pane, scale.rungs, margin, tuple(heights))
    notes.draw(pane, _remarks(picture, sheet.palette.ink), (places, picture.equity))
    return pane


def _latest(pane: Pane, lines: list[Curve], digits: int) -> list[tags.Tag]:
    """Where each curve has come to; one that ends in a hole says nothing."""
    values = [(float(column[-1]), colour) for _, column, colour in lines]
    return [
        tags.Tag(pane.y(value), "", money(value, digits), colour)
        for value, colour in values
        if np.isfinite(value)
    ]


def _remarks(picture: EquityPicture, colour: str) -> list[notes.Note]:
    first = int(picture.time[0])
    return [
        notes.Note(to_millis(said.time) - first, said.value, said.text, colour)
        for said in picture.annotations
    ]


def _against_start(pane: Pane, places: Floats, equity: Floats) -> None:
    """What was won lies above the start, what was lost below it."""
    start = float(equity[0])
    level = np.full_like(equity, start)
    palette = pane.sheet.palette
    curves.area(pane, places, (level, np.maximum(equity, start)), palette.gain)
    curves.area(pane, places, (level, np.minimum(equity, start)), palette.loss)
    line = Line2D(pane.across, (start, start), color=palette.muted, linewidth=2)
    line.set(linestyle=(0, (1.5, 2)), zorder=1.5, gid="start")
    pane.add(line)


def _depths(sheet: Sheet, picture: EquityPicture, page: Layout) -> list[Pane]:
    """The drawdown, if there is one; its caption has room above zero."""
    line, box = picture.drawdown, page.panel
    if line is None or box is None:
        return []
    places, across = _places(picture)
    deepest = min(float(line.column.min()), -SHALLOWEST)
    pane = Pane(sheet, box, across, (deepest * (1 + EDGE), -deepest * HEADROOM))
    values = rounds(deepest, 0.0, DEPTH_LINES)
    digits = decimals(100 * (values[1] - values[0]))
    rungs = named(values, lambda value: f"{value:z.{digits}%}")
    grid.across(pane, rungs)
    grid.names(pane, rungs, page.beside(box))
    curves.area(pane, places, (np.zeros_like(line.column), line.column), sheet.palette.loss)
    curves.draw(pane, places, line.column, curves.Pen(sheet.palette.loss, "drawdown", 2.5))
    curves.caption(pane, [(line.label, sheet.palette.muted)])
    return [pane]
