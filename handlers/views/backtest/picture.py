"""The chart of a backtest: equity beside buying and holding, how deep it fell, and its banner."""

import numpy as np

from core.backtest.figures import Figures
from core.backtest.record import Record
from core.domain.market import Floats, Millis
from core.domain.picture import EquityPicture, Line, Style
from core.performance import drawdowns
from handlers.views.backtest.figures import change, fall
from handlers.views.backtest.question import period, stamp, title
from handlers.words import Reader


def equity_picture(reader: Reader, record: Record, *, dark: bool) -> EquityPicture:
    """Its watermark says where the candles come from, and whether the outcome could be known."""
    t, question, figures = reader.t, record.question, record.figures
    time: Millis = np.array(record.times, dtype=np.int64)
    curve: Floats = np.array(record.curve)
    return EquityPicture(
        title=title(reader, question),
        subtitle=f"{period(question)} · {change(figures.total)} · {_fall(reader, figures)}",
        label=t("arm.desk"),
        time=time,
        equity=curve,
        benchmarks=(Line(t("arm.hold"), np.array(record.hold)),),
        drawdown=Line(t("chart.drawdown"), np.minimum(drawdowns(curve), 0.0)),
        watermark=_watermark(reader, record),
        style=Style(dark=dark, red_up=reader.red_up, timezone=reader.person.timezone),
    )


def _fall(reader: Reader, figures: Figures) -> str:
    return f"{reader.t('figure.drawdown')} {fall(figures.drawdown)}"


def _watermark(reader: Reader, record: Record) -> str:
    origin = reader.t.of("origin", record.question.origin)
    return f"{origin} · {stamp(record.banner)}"
