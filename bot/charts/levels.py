"""Planned prices: lines across the chart, what can be won and lost to the right of it, and tags."""

from collections.abc import Sequence

from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from bot.charts import tags
from bot.charts.sheet import Box, Pane, Span
from core.domain.market import Floats
from core.domain.picture import Level, LevelKind

DASHES = {
    LevelKind.ENTRY: "-",
    LevelKind.EXIT: "-",
    LevelKind.STOP: (0, (5, 3)),
    LevelKind.TARGET: (0, (5, 3)),
    LevelKind.LIQUIDATION: (0, (1.5, 2)),
    LevelKind.MARK: (0, (1.5, 2)),
}


def draw(pane: Pane, levels: Sequence[Level], margin: Box) -> Floats:
    """Lines and tags; answers the heights of the tags. A price out of view gets a tag only."""
    for level in levels:
        if level.price in pane:
            _line(pane, level)
    return tags.draw(pane.sheet, [_tag(pane, level) for level in levels], margin)


def shade(pane: Pane, levels: Sequence[Level], future: Span) -> None:
    """Entry to the farthest target in the colour of gain, entry to stop in that of loss."""
    prices = {kind: [lv.price for lv in levels if lv.kind is kind] for kind in LevelKind}
    if not prices[LevelKind.ENTRY] or prices[LevelKind.EXIT]:
        return
    entry = prices[LevelKind.ENTRY][0]
    target = max(prices[LevelKind.TARGET], key=lambda price: abs(price - entry), default=entry)
    stop = next(iter(prices[LevelKind.STOP]), entry)
    _zone(pane, "reward", future, (entry, target))
    # A stop on the target's side of the entry has profit behind it, not risk.
    if (stop - entry) * (target - entry) <= 0:
        _zone(pane, "risk", future, (entry, stop))


def _line(pane: Pane, level: Level) -> None:
    colour = pane.sheet.palette.level(level.kind)
    line = Line2D(pane.across, (level.price, level.price), color=colour, linewidth=2.5)
    line.set(linestyle=DASHES[level.kind], zorder=1.5, gid=f"level {level.kind}")
    pane.add(line)


def _zone(pane: Pane, name: str, future: Span, prices: Span) -> None:
    if prices[0] == prices[1]:
        return
    corner, width, height = (future[0], min(prices)), future[1] - future[0], max(prices)
    palette = pane.sheet.palette
    zone = Rectangle(corner, width, height - min(prices), linewidth=0)
    zone.set(facecolor=palette.gain if name == "reward" else palette.loss)
    zone.set(alpha=palette.veil, zorder=1, gid=name)
    pane.add(zone)


def _tag(pane: Pane, level: Level) -> tags.Tag:
    low, high = pane.up
    colour = pane.sheet.palette.level(level.kind)
    if level.price in pane:
        return tags.Tag(pane.y(level.price), level.label, level.text, colour)
    arrow, y = ("↓", pane.y(low)) if level.price < low else ("↑", pane.y(high))
    return tags.Tag(y, f"{level.label} {arrow}", level.text, colour, outside=True)
