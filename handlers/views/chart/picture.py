"""The chart itself: which columns are drawn, in which colours, and what lies below."""

from collections.abc import Iterator

import numpy as np

from core.chart import ChartFacts
from core.domain.market import Floats
from core.domain.picture import Band, CandlePicture, Level, LevelKind, Line, Panel
from core.indicators import Indicators
from handlers.views import numbers
from handlers.views.chart.looks import Looks, Overlay, Study
from handlers.views.charts import SHOWN, style, watermark
from handlers.views.phrases import coin, timeframe
from handlers.words import Reader

VWAP_SHADE = 3


def picture(reader: Reader, facts: ChartFacts, shown: Looks) -> CandlePicture:
    """The last candles with what the reader wants to see."""
    snapshot, instrument = facts.snapshot, facts.snapshot.instrument
    frame, price = snapshot.frame, numbers.price(snapshot.instrument, facts.price)
    return CandlePicture(
        title=f"{coin(snapshot.symbol)} · {timeframe(reader, frame.timeframe)}",
        subtitle=f"{priced(reader, facts)} · {reader.day_and_clock(facts.priced_at)}",
        frame=frame.rows(len(frame) - SHOWN, len(frame)),
        overlays=tuple(_overlays(facts.columns, shown)),
        band=_band(facts.columns) if Overlay.BANDS in shown.overlays else None,
        volume=Overlay.VOLUME in shown.overlays,
        panel=_panel(reader, facts.columns, shown.study) if shown.study else None,
        levels=(Level(LevelKind.MARK, float(facts.price), "", price),),
        watermark=watermark(reader, snapshot.origin),
        price_digits=numbers.digits(instrument),
        style=style(reader),
    )


def priced(reader: Reader, facts: ChartFacts) -> str:
    """The price, and how it changed over a day."""
    price = numbers.price(facts.snapshot.instrument, facts.price)
    if facts.change is None:
        return price
    return f"{price} · {reader.t('chart.day', change=numbers.signed_percent(facts.change))}"


def _overlays(columns: Indicators, shown: Looks) -> Iterator[Line]:
    """Each in a colour of its own, whatever else is shown; one without a number is left out."""
    lines = [
        Line("EMA 20", _tail(columns.ema_fast), shade=0),
        Line("EMA 50", _tail(columns.ema_slow), shade=1),
        Line("EMA 200", _tail(columns.ema_long), shade=2),
    ]
    wanted = lines if Overlay.EMA in shown.overlays else []
    if Overlay.VWAP in shown.overlays:
        wanted.append(Line("VWAP 24", _tail(columns.vwap), shade=VWAP_SHADE))
    yield from (line for line in wanted if np.isfinite(line.column).any())


def _band(columns: Indicators) -> Band:
    return Band("BB 20", _tail(columns.upper), _tail(columns.lower))


def _panel(reader: Reader, columns: Indicators, study: Study) -> Panel:
    match study:
        case Study.RSI:
            return Panel((Line("RSI 14", _tail(columns.rsi)),), guides=(30.0, 70.0))
        case Study.MACD:
            signal = Line(reader.t("chart.signal"), _tail(columns.macd_signal))
            lines = (Line("MACD 12/26/9", _tail(columns.macd)), signal)
            return Panel(lines, _tail(columns.macd_histogram), (0.0,))
        case Study.STOCHASTIC:
            slow = Line(f"{reader.t('chart.stochastic')} %K", _tail(columns.stochastic_k))
            return Panel((slow, Line("%D", _tail(columns.stochastic_d))), guides=(20.0, 80.0))
        case Study.OBV:
            return Panel((Line("OBV 24", _tail(columns.on_balance)),), guides=(0.0,))
        case Study.ADX:
            return Panel((Line("ADX 14", _tail(columns.adx)),), guides=(25.0,))


def _tail(column: Floats) -> Floats:
    return column[-SHOWN:]
