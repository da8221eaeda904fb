"""The chart of a market: candles, volume, what is planned on the right and an oscillator below."""

import numpy as np
from matplotlib.figure import Figure

from bot.charts import bars, curves, grid, header, levels, marks, tags, time_axis
from bot.charts.layout import Layout, layout
from bot.charts.palette import palette
from bot.charts.scale import Scale, extent, money, named, rounds
from bot.charts.sheet import Pane, Sheet, Span, blank
from core.domain.picture import CandlePicture, LevelKind

FUTURE, NO_FUTURE = 200, 24
WIDEST_CANDLE = 36
BELOW_PRICES, ABOVE_PRICES = 0.2, 0.06
PRICE_LINES, TIMES = 8, 6


def build(picture: CandlePicture) -> Figure:
    """Everything on one page, as artists."""
    sheet = blank(palette(picture.style))
    header.draw(sheet, picture.title, picture.subtitle)
    labels = (line.label for line in picture.overlays)
    header.legend(sheet, list(zip(labels, sheet.palette.lines, strict=False)), picture.watermark)
    scale = price_scale(picture)
    texts = [rung.name for rung in scale.rungs] + [level.text for level in picture.levels]
    page = layout(tags.room(texts), picture.panel is not None)
    panes = [_prices(sheet, picture, page, scale), *_oscillators(sheet, picture, page)]
    _times(sheet, picture, panes, page)
    return sheet.figure


def price_scale(picture: CandlePicture) -> Scale:
    """Candles, marks and levels fit in; a liquidation price may lie too far away to matter."""
    planned = [lv.price for lv in picture.levels if lv.kind is not LevelKind.LIQUIDATION]
    done = [mark.price for _, mark in marks.visible(picture.frame, picture.marks)]
    column = np.concatenate([picture.frame.low, picture.frame.high, planned, done])
    quantum = 10.0**-picture.price_digits
    low, high = extent(column, quantum)
    height = high - low
    low, high = low - BELOW_PRICES * height, high + ABOVE_PRICES * height
    values = rounds(low, high, PRICE_LINES, quantum)
    return Scale(low, high, named(values, lambda price: money(price, picture.price_digits)))


def _across(picture: CandlePicture, page: Layout) -> Span:
    """The first and last place of the panes: candles end where the future begins."""
    future = FUTURE if picture.levels else NO_FUTURE
    pitch = min((page.main.width - future) / len(picture.frame), WIDEST_CANDLE)
    right = len(picture.frame) - 0.5 + future / pitch
    return right - page.main.width / pitch, right


def _prices(sheet: Sheet, picture: CandlePicture, page: Layout, scale: Scale) -> Pane:
    across = _across(picture, page)
    pane = Pane(sheet, page.main, across, (scale.low, scale.high))
    margin = page.beside(page.main)
    grid.across(pane, scale.rungs)
    bars.draw(pane, picture.frame)
    places = np.arange(len(picture.frame), dtype=np.float64)
    for line, colour in zip(picture.overlays, sheet.palette.lines, strict=False):
        curves.draw(pane, places, line.column, curves.Pen(colour, "overlay"))
    levels.shade(pane, picture.levels, (len(places) - 0.5, across[1]))
    heights = levels.draw(pane, picture.levels, margin)
    marks.draw(pane, marks.visible(picture.frame, picture.marks))
    grid.names(pane, scale.rungs, margin, tuple(heights))
    return pane


def _oscillators(sheet: Sheet, picture: CandlePicture, page: Layout) -> list[Pane]:
    """The panel, if there is one; its caption has room above the line."""
    line, box = picture.panel, page.panel
    if line is None or box is None:
        return []
    low, high = extent(np.concatenate([line.column, line.guides]), 0.0)
    edge = 0.12 * (high - low)
    pane = Pane(sheet, box, _across(picture, page), (low - edge, high + 2.5 * edge))
    guides = named(line.guides, lambda guide: f"{guide:g}")
    grid.across(pane, guides)
    grid.names(pane, guides, page.beside(box))
    places = np.arange(len(line.column), dtype=np.float64)
    curves.draw(pane, places, line.column, curves.Pen(sheet.palette.lines[-1], "oscillator"))
    curves.caption(pane, line.label)
    return [pane]


def _times(sheet: Sheet, picture: CandlePicture, panes: list[Pane], page: Layout) -> None:
    time, timezone = picture.frame.time, picture.style.timezone
    ticks = time_axis.ticks(int(time[0]), int(time[-1]), timezone, TIMES)
    posts = [
        grid.Post(float(time.searchsorted(tick.time)), tick.label, tick.strong) for tick in ticks
    ]
    grid.times(panes, posts)
    zone = time_axis.zone_name(int(time[-1]), timezone)
    grid.zone(sheet, zone, page.beside(page.main))
