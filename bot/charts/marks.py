"""Arrows where something was bought or sold; the tip is the price."""

from collections.abc import Iterable

from matplotlib.lines import Line2D
from matplotlib.path import Path

from bot.charts.sheet import Pane
from core.domain.market import CandleFrame, to_millis
from core.domain.picture import Mark, MarkKind
from core.domain.trading import Side

SIZE = 60
UP = Path([(0, -0.1), (-0.55, -1), (0, -0.8), (0.55, -1), (0, -0.1)], closed=True)
DOWN = Path([(0, 0.1), (-0.55, 1), (0, 0.8), (0.55, 1), (0, 0.1)], closed=True)


def visible(frame: CandleFrame, marks: Iterable[Mark]) -> list[tuple[int, Mark]]:
    """Each mark with its candle; what happened before the first candle is left out."""
    placed = [(_place(frame, mark), mark) for mark in marks]
    return [(place, mark) for place, mark in placed if place >= 0]


def draw(pane: Pane, placed: Iterable[tuple[int, Mark]]) -> None:
    """Buys point up from below, sells down from above."""
    palette = pane.sheet.palette
    for place, mark in placed:
        entry = mark.kind is MarkKind.ENTRY
        arrow = Line2D([place], [mark.price], linestyle="none", markersize=SIZE)
        arrow.set(
            marker=UP if mark.side is Side.BUY else DOWN,
            markerfacecolor=palette.ink if entry else palette.exit,
            markeredgecolor=palette.paper,
            markeredgewidth=2.5,
            zorder=6,
            gid=f"mark {mark.kind}",
        )
        pane.add(arrow)


def _place(frame: CandleFrame, mark: Mark) -> int:
    """The candle in which it happened; one past the last for a candle that is still open."""
    time = to_millis(mark.time)
    if time >= int(frame.time[-1]) + frame.timeframe.milliseconds:
        return len(frame)
    return int(frame.time.searchsorted(time, side="right")) - 1
