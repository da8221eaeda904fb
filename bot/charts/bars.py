"""Candles as two collections, wicks and bodies; volume and other numbers as blocks."""

from dataclasses import replace

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgba
from numpy.typing import NDArray

from bot.charts.sheet import Pane
from core.domain.market import CandleFrame, Floats

BODY = 0.68
VOLUME_HEIGHT = 0.14
THINNEST_WICK, THICKEST_WICK = 1.5, 4.0


def draw(pane: Pane, frame: CandleFrame, *, volume: bool) -> None:
    """One candle per unit of the pane, the first at zero; what was traded at its foot."""
    palette = pane.sheet.palette
    rising = (frame.close >= frame.open)[:, None]
    colours = np.where(rising, to_rgba(palette.gain), to_rgba(palette.loss))
    if volume:
        _volume(pane, frame.volume, colours)
    places = np.arange(len(frame), dtype=np.float64)
    ends = [np.column_stack([places, end]) for end in (frame.low, frame.high)]
    width = min(max(pane.pitch * 0.2, THINNEST_WICK), THICKEST_WICK)
    wicks = LineCollection(list(np.stack(ends, axis=1)), colors=colours, linewidths=width)
    wicks.set(gid="wicks", zorder=2)
    pane.add(wicks)
    bottom, top = np.minimum(frame.open, frame.close), np.maximum(frame.open, frame.close)
    bodies = PolyCollection(_blocks(bottom, top), facecolors=colours, edgecolors=colours)
    # The edge keeps a candle that closed where it opened visible.
    bodies.set(linewidths=1.2, gid="bodies", zorder=3)
    pane.add(bodies)


def _volume(pane: Pane, volume: Floats, colours: NDArray[np.float64]) -> None:
    top = np.nan_to_num(volume)
    most = float(top.max())
    if most > 0:
        blocks = PolyCollection(_blocks(np.zeros_like(top), top), facecolors=colours)
        blocks.set(alpha=pane.sheet.palette.faint, linewidths=0, gid="volume", zorder=1)
        replace(pane, up=(0.0, most / VOLUME_HEIGHT)).add(blocks)


def histogram(pane: Pane, column: Floats) -> None:
    """A block from zero to each value, paler where it is nearer to zero than the one before."""
    palette, values = pane.sheet.palette, np.nan_to_num(column)
    colours = np.where(values[:, None] >= 0, to_rgba(palette.gain), to_rgba(palette.loss))
    nearer = np.abs(values) < np.abs(np.concatenate((values[:1], values[:-1])))
    colours[:, 3] = np.where(nearer, palette.faint, 2 * palette.faint)
    bottom, top = np.minimum(values, 0.0), np.maximum(values, 0.0)
    blocks = PolyCollection(_blocks(bottom, top), facecolors=colours, linewidths=0)
    blocks.set(gid="histogram", zorder=2)
    pane.add(blocks)


def _blocks(bottom: Floats, top: Floats) -> list[NDArray[np.float64]]:
    """Rectangles around the places 0, 1, 2 and so on, as four corners each."""
    left = np.arange(len(top)) - BODY / 2
    right = left + BODY
    corners = ((left, bottom), (right, bottom), (right, top), (left, top))
    return list(np.stack([np.column_stack(corner) for corner in corners], axis=1))
