"""The map around the best set, as a picture."""

import numpy as np

from core.backtest.objectives import FALLING
from core.backtest.record import Record
from core.backtest.sensitivity import Sensitivity
from core.domain.picture import HeatPicture, Style
from handlers.views.backtest.question import period, stamp, title
from handlers.views.search.cells import figure, number
from handlers.words import Reader


def heat_picture(reader: Reader, record: Record, found: Sensitivity, *, dark: bool) -> HeatPicture:
    """Each cell is the objective with those two numbers, all others as in the best set."""
    origin = reader.t.of("origin", record.question.origin)
    return HeatPicture(
        title=reader.t("search.map", objective=found.objective),
        subtitle=f"{title(reader, record.question)} · {period(record.question)}",
        across=found.across,
        up=found.up,
        columns=tuple(map(number, found.columns)),
        rows=tuple(map(number, found.rows)),
        values=np.array(found.values, dtype=np.float64),
        texts=tuple(
            tuple(figure(found.objective, value) for value in row) for row in found.values
        ),
        best=found.best,
        falls=found.objective in FALLING,
        watermark=f"{origin} · {stamp(record.banner)}",
        style=Style(dark=dark, red_up=reader.red_up, timezone=reader.person.timezone),
    )
