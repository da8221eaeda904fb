"""The chart of a market: candles, volume, what is planned on the right and an oscillator below."""

import numpy as np
from matplotlib.figure import Figure

from bot.charts import bars, curves, grid, header, levels, marks, panel, tags, time_axis
from bot.charts.layout import Layout, layout
from bot.charts.palette import palette
from bot.charts.scale import Scale, extent, money, named, rounds
from bot.charts.sheet import Pane, Sheet, Span, blank
from core.domain.picture import Band, CandlePicture, LevelKind

FUTURE, NO_FUTURE = 200, 24
WIDEST_CANDLE = 36
BELOW_PRICES, ABOVE_PRICES = 0.2, 0.06
EDGE = 2.0
PRICE_LINES, TIMES = 8, 6


def build(picture: CandlePicture) -> Figure:
    """Everything on one page, as artists."""
    sheet = blank(palette(picture.style))
    header.draw(sheet, picture.title, picture.subtitle)
    header.legend(sheet, _legend(sheet, picture), picture.watermark)
    scale = price_scale(picture)
    texts = [rung.name for rung in scale.rungs] + [level.text for level in picture.levels]
    page = layout(tags.room(texts), picture.panel is not None)
    panes = [_prices(sheet, picture, page, scale)]
    if picture.panel is not None and page.panel is not None:
        pane = Pane(sheet, page.panel, panes[0].across, panel.reach(picture.panel))
        panel.draw(pane, picture.panel, page.beside(page.panel))
        panes.append(pane)
    _times(sheet, picture, panes, page)
    return sheet.figure


def price_scale(picture: CandlePicture) -> Scale:
    """Candles, marks, levels and bands fit in; a liquidation price may lie too far away."""
    planned = [lv.price for lv in picture.levels if lv.kind is not LevelKind.LIQUIDATION]
    done = [mark.price for _, mark in marks.visible(picture.frame, picture.marks)]
    bands = [] if picture.band is None else [picture.band.lower, picture.band.upper]
    column = np.concatenate([picture.frame.low, picture.frame.high, planned, done, *bands])
    quantum = 10.0**-picture.price_digits
    low, high = extent(column, quantum)
    height = high - low
    below = BELOW_PRICES if picture.volume else ABOVE_PRICES
    low, high = low - below * height, high + ABOVE_PRICES * height
    values = rounds(low, high, PRICE_LINES, quantum)
    return Scale(low, high, named(values, lambda price: money(price, picture.price_digits)))


def _across(picture: CandlePicture, page: Layout) -> Span:
    """The first and last place of the panes: candles end where the future begins."""
    planned = any(level.kind is not LevelKind.MARK for level in picture.levels)
    future = FUTURE if planned else NO_FUTURE
    pitch = min((page.main.width - future) / len(picture.frame), WIDEST_CANDLE)
    right = len(picture.frame) - 0.5 + future / pitch
    return right - page.main.width / pitch, right


def _prices(sheet: Sheet, picture: CandlePicture, page: Layout, scale: Scale) -> Pane:
    across = _across(picture, page)
    pane = Pane(sheet, page.main, across, (scale.low, scale.high))
    margin = page.beside(page.main)
    grid.across(pane, scale.rungs)
    if picture.band is not None:
        _band(pane, picture.band)
    bars.draw(pane, picture.frame, volume=picture.volume)
    places = np.arange(len(picture.frame), dtype=np.float64)
    for line, (_, colour) in zip(picture.overlays, _legend(sheet, picture), strict=False):
        curves.draw(pane, places, line.column, curves.Pen(colour, "overlay"))
    levels.shade(pane, picture.levels, (len(places) - 0.5, across[1]))
    heights = levels.draw(pane, picture.levels, margin)
    marks.draw(pane, marks.visible(picture.frame, picture.marks))
    grid.names(pane, scale.rungs, margin, tuple(heights))
    return pane


def _band(pane: Pane, band: Band) -> None:
    """A veil where both edges are known, and the edges themselves."""
    known = np.flatnonzero(np.isfinite(band.upper) & np.isfinite(band.lower))
    if not len(known):
        return
    colour, places = pane.sheet.palette.muted, known.astype(np.float64)
    edges = band.lower[known], band.upper[known]
    curves.area(pane, places, edges, colour)
    for edge in edges:
        curves.draw(pane, places, edge, curves.Pen(colour, "band", EDGE))


def _legend(sheet: Sheet, picture: CandlePicture) -> list[tuple[str, str]]:
    """Lines and their colours, in order; then the band."""
    lines, palette = picture.overlays, sheet.palette
    shades = [n if line.shade is None else line.shade for n, line in enumerate(lines)]
    entries = [(line.label, palette.line(n)) for line, n in zip(lines, shades, strict=True)]
    band = [] if picture.band is None else [(picture.band.label, palette.muted)]
    return entries + band


def _times(sheet: Sheet, picture: CandlePicture, panes: list[Pane], page: Layout) -> None:
    time, timezone = picture.frame.time, picture.style.timezone
    ticks = time_axis.ticks(int(time[0]), int(time[-1]), timezone, TIMES)
    posts = [
        grid.Post(float(time.searchsorted(tick.time)), tick.label, tick.strong) for tick in ticks
    ]
    grid.times(panes, posts)
    zone = time_axis.zone_name(int(time[-1]), timezone)
    grid.zone(sheet, zone, page.beside(page.main))
