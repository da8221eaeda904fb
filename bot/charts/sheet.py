"""The blank page of a chart: 1080 by 900 pixels, one point to the pixel, and boxes to fill it."""

from dataclasses import dataclass

from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.transforms import Affine2D, Bbox, IdentityTransform

from bot.charts.palette import Palette

WIDTH, HEIGHT = 1080, 900
POINTS_PER_INCH = 72

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the page in pixels, counted from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Sheet:
    """One drawing in the making."""

    figure: Figure
    palette: Palette

    def add(self, artist: Artist) -> None:
        """Draw something that is measured in pixels."""
        artist.set_transform(IdentityTransform())
        self.figure.add_artist(artist)


@dataclass(frozen=True, slots=True)
class Pane:
    """A box of the page where data is drawn.

    No matplotlib Axes: making and drawing one costs as much as all the candles.
    """

    sheet: Sheet
    box: Box
    across: Span
    up: Span

    def add(self, artist: Artist) -> None:
        """Draw something that is measured in the data's own units."""
        artist.set_transform(self.transform)
        artist.set_clip_box(self._clip)
        self.sheet.figure.add_artist(artist)

    @property
    def transform(self) -> Affine2D:
        (left, right), (low, high) = self.across, self.up
        scale = (self.box.width / (right - left), self.box.height / (high - low))
        moved = Affine2D().translate(-left, -low)
        return moved.scale(*scale).translate(self.box.left, self.box.bottom)

    @property
    def _clip(self) -> Bbox:
        box = self.box
        return Bbox.from_extents(box.left, box.bottom, box.right, box.top)

    @property
    def pitch(self) -> float:
        """How many pixels one unit across takes."""
        return self.box.width / (self.across[1] - self.across[0])

    def x(self, place: float) -> float:
        return self.box.left + (place - self.across[0]) * self.pitch

    def y(self, value: float) -> float:
        low, high = self.up
        return self.box.bottom + (value - low) / (high - low) * self.box.height

    def __contains__(self, value: float) -> bool:
        return self.up[0] <= value <= self.up[1]


def blank(palette: Palette) -> Sheet:
    size = (WIDTH / POINTS_PER_INCH, HEIGHT / POINTS_PER_INCH)
    return Sheet(Figure(figsize=size, dpi=POINTS_PER_INCH, facecolor=palette.paper), palette)
