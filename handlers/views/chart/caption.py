"""The words under a chart: what is out of the ordinary, then the numbers behind its lines."""

from collections.abc import Iterator
from decimal import Decimal

from core.chart import ChartFacts, Remark, Trend, remarks, trend
from core.domain.instrument import Instrument
from core.indicators import Readings
from handlers.views import numbers
from handlers.views.chart.looks import Looks, Overlay, Study
from handlers.views.chart.picture import priced
from handlers.views.phrases import coin, timeframe
from handlers.words import Reader

UNKNOWN = "-"
UNITS = ((1e9, "B"), (1e6, "M"), (1e3, "K"))


def caption(reader: Reader, facts: ChartFacts, shown: Looks) -> str:
    snapshot = facts.snapshot
    name = f"{coin(snapshot.symbol)} · {timeframe(reader, snapshot.frame.timeframe)}"
    rows = list(_rows(reader, facts, shown))
    lines = [f"<b>{name} · {priced(reader, facts)}</b>"]
    lines += [" · ".join(_words(reader, facts)), numbers.columns(rows)]
    if any(UNKNOWN in row for row in rows):
        lines.append(reader.t("chart.unknown"))
    return "\n".join(lines)


def _words(reader: Reader, facts: ChartFacts) -> Iterator[str]:
    """When the price was seen, and in won where a rate is known; the trend; what stands out."""
    seen, price = facts.readings, float(facts.price)
    direction, noted = trend(seen, price), remarks(seen, price)
    yield reader.day_and_clock(facts.priced_at)
    if reader.krw is not None:
        yield _won(reader, facts.price * reader.krw)
    if direction is not None:
        strong = Remark.STRONG in noted and direction is not Trend.MIXED
        said = reader.t.of("trend", direction)
        yield f"{said} {reader.t('chart.strong')}" if strong else said
    yield from (reader.t.of("remark", r) for r in noted if r is not Remark.STRONG)


def _won(reader: Reader, won: Decimal) -> str:
    """A price is told to the last figure that matters."""
    return reader.t("won.small", n=f"{won:,.{0 if won >= 1_000 else 2}f}")


def _rows(reader: Reader, facts: ChartFacts, shown: Looks) -> Iterator[numbers.Row]:
    """What is drawn, and how far the price lies from it; then what says how the market is."""
    seen, t = facts.readings, reader.t
    if Overlay.EMA in shown.overlays:
        for column, name in ((seen.ema_fast, 20), (seen.ema_slow, 50), (seen.ema_long, 200)):
            yield _level(facts, column, f"EMA {name}")
    if Overlay.VWAP in shown.overlays:
        yield _level(facts, seen.vwap, "VWAP 24")
    if Overlay.BANDS in shown.overlays:
        yield _level(facts, seen.upper, t("chart.upper"))
        yield _level(facts, seen.lower, t("chart.lower"))
    yield _plain(seen.rsi, "RSI 14")
    if shown.study not in {None, Study.RSI, Study.ADX}:
        yield _study(reader, facts, shown.study)
    yield _plain(seen.adx, "ADX 14")
    yield _range(facts)
    if Overlay.VOLUME in shown.overlays:
        yield _plain(seen.volume_z, t("chart.volume"), sign="+")
    yield _volatility(seen, t("chart.volatility"))


def _level(facts: ChartFacts, value: float | None, name: str) -> numbers.Row:
    """A price and by how much the price now lies above it."""
    if value is None:
        return UNKNOWN, "", name
    away = float(facts.price) / value - 1
    return _price(facts.snapshot.instrument, value), f"{away:+z.1%}", name


def _plain(value: float | None, name: str, *, sign: str = "") -> numbers.Row:
    return (UNKNOWN if value is None else f"{value:{sign}z.1f}"), "", name


def _range(facts: ChartFacts) -> numbers.Row:
    """How far one candle usually reaches, also as a part of the price."""
    value, instrument = facts.readings.atr, facts.snapshot.instrument
    if value is None:
        return UNKNOWN, "", "ATR 14"
    return _price(instrument, value), f"{value / float(facts.price):.1%}", "ATR 14"


def _volatility(seen: Readings, name: str) -> numbers.Row:
    value = seen.volatility
    return (UNKNOWN if value is None else f"{value:.0%}"), "", name


def _study(reader: Reader, facts: ChartFacts, study: Study | None) -> numbers.Row:
    """What the panel shows, as two numbers where it has two lines."""
    seen, instrument = facts.readings, facts.snapshot.instrument
    if study is Study.MACD:
        signal = _signed(instrument, seen.macd_signal)
        return _signed(instrument, seen.macd), signal, "MACD"
    if study is Study.STOCHASTIC:
        slow, signal = (_plain(v, "")[0] for v in (seen.stochastic_k, seen.stochastic_d))
        return slow, signal, reader.t("chart.stochastic_row")
    value = seen.on_balance
    return (UNKNOWN if value is None else _short(value)), "", "OBV 24"


def _short(value: float) -> str:
    """+14.7B, -689K: volumes of cheap coins run into billions."""
    for size, unit in UNITS:
        if abs(value) >= size:
            return f"{value / size:+.1f}{unit}"
    return f"{value:+z.1f}"


def _price(instrument: Instrument, value: float) -> str:
    return f"{value:,.{numbers.digits(instrument)}f}"


def _signed(instrument: Instrument, value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:+z,.{numbers.digits(instrument)}f}"
