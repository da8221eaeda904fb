"""From a picture to the bytes of a PNG; importing this imports matplotlib."""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bot.charts import candles, equity, heat, reliability
from bot.charts.png import encode
from core.domain.picture import (
    CandlePicture,
    EquityPicture,
    HeatPicture,
    Picture,
    ReliabilityPicture,
)


def build(picture: Picture | HeatPicture) -> Figure:
    """The drawing as matplotlib holds it, before it becomes pixels."""
    match picture:
        case CandlePicture():
            return candles.build(picture)
        case EquityPicture():
            return equity.build(picture)
        case HeatPicture():
            return heat.build(picture)
        case ReliabilityPicture():
            return reliability.build(picture)


def draw(picture: Picture | HeatPicture) -> bytes:
    canvas = FigureCanvasAgg(build(picture))
    canvas.draw()  # type: ignore[no-untyped-call]
    return encode(np.asarray(canvas.buffer_rgba()))  # type: ignore[no-untyped-call]
