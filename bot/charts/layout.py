"""How a chart's page is divided: the main pane, a smaller one below it, the margin on the right."""

from dataclasses import dataclass

from bot.charts.header import BELOW
from bot.charts.sheet import WIDTH, Box

LEFT, RIGHT, FOOT = 20, 16, 62
PANEL, BETWEEN, GAP = 164, 18, 6


@dataclass(frozen=True, slots=True)
class Layout:
    """Boxes on the page; without a panel, `panel` is None and the main pane takes its room."""

    main: Box
    panel: Box | None
    margin: float

    @property
    def edge(self) -> float:
        return self.main.right + GAP

    def beside(self, pane: Box) -> Box:
        """The margin at the height of a pane."""
        return Box(self.edge, pane.bottom, self.edge + self.margin, pane.top)


def layout(margin: float, panel: bool) -> Layout:
    """Leave a margin of that width, and a panel if there is one."""
    right = WIDTH - RIGHT - margin - GAP
    floor = FOOT + PANEL + BETWEEN if panel else FOOT
    return Layout(
        Box(LEFT, floor, right, BELOW),
        Box(LEFT, FOOT, right, FOOT + PANEL) if panel else None,
        margin,
    )
