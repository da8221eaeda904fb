"""The smaller chart below the candles: one oscillator, or two lines over bars."""

import numpy as np

from bot.charts import bars, curves, grid
from bot.charts.scale import extent, named
from bot.charts.sheet import Box, Pane, Span
from core.domain.picture import Panel

EDGE, CAPTION = 0.12, 0.3
FOREMOST, OTHERS = 3.5, 3.0


def reach(panel: Panel) -> Span:
    """Everything fits in; the caption has room above it."""
    columns = [line.column for line in panel.columns]
    low, high = extent(np.concatenate([*columns, panel.guides]), 0.0)
    return low - EDGE * (high - low), high + CAPTION * (high - low)


def draw(pane: Pane, panel: Panel, margin: Box) -> None:
    """Bars behind, the foremost line over the others."""
    guides = named(panel.guides, lambda guide: f"{guide:g}")
    grid.across(pane, guides)
    grid.names(pane, guides, margin)
    if panel.bars is not None:
        bars.histogram(pane, panel.bars)
    palette = pane.sheet.palette
    colours = [palette.line(number - 1) for number in range(len(panel.lines))]
    for number, line in reversed(list(enumerate(panel.lines))):
        thickness = OTHERS if number else FOREMOST
        places = np.arange(len(line.column), dtype=np.float64)
        pen = curves.Pen(colours[number], "oscillator", thickness)
        curves.draw(pane, places, line.column, pen)
    names = [palette.muted] if len(panel.lines) == 1 else colours
    curves.caption(
        pane, [(line.label, colour) for line, colour in zip(panel.lines, names, strict=True)]
    )
