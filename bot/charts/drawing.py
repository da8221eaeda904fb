"""From a picture to the bytes of a PNG; importing this imports matplotlib."""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bot.charts import candles, equity
from bot.charts.png import encode
from core.domain.picture import CandlePicture, Picture


def build(picture: Picture) -> Figure:
    """The drawing as matplotlib holds it, before it becomes pixels."""
    if isinstance(picture, CandlePicture):
        return candles.build(picture)
    return equity.build(picture)


def draw(picture: Picture) -> bytes:
    canvas = FigureCanvasAgg(build(picture))
    canvas.draw()  # type: ignore[no-untyped-call]
    return encode(np.asarray(canvas.buffer_rgba()))  # type: ignore[no-untyped-call]
