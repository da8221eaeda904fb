"""Pictures to draw and the facts to read from a drawing: its artists, by what they are."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from core.domain.market import CandleFrame, Timeframe, to_millis
from core.domain.picture import (
    Band,
    CandlePicture,
    EquityPicture,
    Level,
    LevelKind,
    Line,
    Panel,
    Style,
)

START = to_millis(datetime(2026, 12, 5, tzinfo=UTC))
KOREAN = Style(red_up=True, timezone="Asia/Seoul")


def frame(
    count: int = 120, price: float = 60_000.0, seed: int = 7, timeframe: Timeframe = Timeframe.H1
) -> CandleFrame:
    """A seeded random walk."""
    random = np.random.default_rng(seed)
    close = price * np.exp(np.cumsum(random.normal(0, 0.004, count)))
    opened = np.concatenate([[price], close[:-1]])
    reach = 1 + np.abs(random.normal(0, 0.002, count))
    high, low = np.maximum(opened, close) * reach, np.minimum(opened, close) / reach
    time = START + np.arange(count, dtype=np.int64) * timeframe.milliseconds
    return CandleFrame(timeframe, time, opened, high, low, close, random.gamma(2, 50, count))


def flat(price: float, count: int = 5) -> CandleFrame:
    """Candles in which nothing happened."""
    time = START + np.arange(count, dtype=np.int64) * Timeframe.H1.milliseconds
    opened, high, low, close = (np.full(count, price) for _ in range(4))
    return CandleFrame(Timeframe.H1, time, opened, high, low, close, np.zeros(count))


def level(kind: LevelKind, price: float, label: str = "") -> Level:
    return Level(kind, price, label or kind.value, f"{price:,.1f}")


def plan(price: float) -> tuple[Level, ...]:
    """A long trade from a price, with a liquidation far below."""
    return (
        level(LevelKind.ENTRY, price, "진입"),
        level(LevelKind.STOP, price * 0.98, "손절"),
        level(LevelKind.TARGET, price * 1.04, "익절"),
        level(LevelKind.LIQUIDATION, price * 0.6, "강제청산"),
    )


def average(column: np.ndarray, length: int) -> Line:
    """A line that is undefined at first, like every indicator."""
    smooth = np.convolve(column, np.ones(length) / length)[: len(column)]
    smooth[: length - 1] = np.nan
    return Line(f"SMA {length}", smooth)


def candles(count: int = 120, seed: int = 7) -> CandlePicture:
    """What a proposal shows: 120 candles, two averages, an oscillator and its levels."""
    shown = frame(count, seed=seed)
    wave = 50 + 30 * np.sin(np.arange(count) / 9)
    return CandlePicture(
        title="BTC 롱 · 1시간봉 · 격리 3배",
        subtitle="손절되면 -0.25% · 손익비 1.61",
        frame=shown,
        overlays=(average(shown.close, 20), average(shown.close, 50)),
        panel=Panel((Line("RSI 14", wave),), guides=(30.0, 50.0, 70.0)),
        levels=plan(float(shown.close[-1])),
        watermark="합성 데이터",
        price_digits=1,
        style=KOREAN,
    )


def studied(count: int = 120, seed: int = 7) -> CandlePicture:
    """What /chart shows with everything on: averages, a band, the price now, MACD below."""
    shown = frame(count, seed=seed)
    names = zip(("EMA 20", "EMA 50", "EMA 200", "VWAP 24"), (5, 10, 20, 3), strict=True)
    middle, wave = average(shown.close, 8).column, np.sin(np.arange(count) / 9)
    return replace(
        bare(count),
        frame=shown,
        overlays=tuple(Line(name, average(shown.close, n).column) for name, n in names),
        band=Band("BB 20", middle * 1.01, middle * 0.99),
        panel=Panel(
            (Line("MACD 12/26/9", 9 * wave), Line("시그널", 8 * wave)), np.cos(wave) - 0.8, (0.0,)
        ),
        levels=(level(LevelKind.MARK, float(shown.close[-1]), ""),),
        watermark="합성 데이터",
    )


def bare(count: int = 120) -> CandlePicture:
    return replace(candles(count), overlays=(), panel=None, levels=(), watermark="")


def equity(count: int = 500, seed: int = 3) -> EquityPicture:
    """What a report shows: an account beside a benchmark, and its drawdown."""
    random = np.random.default_rng(seed)
    worth = 10_000 * np.exp(np.cumsum(random.normal(0, 0.001, count)))
    other = 10_000 * np.exp(np.cumsum(random.normal(0, 0.002, count)))
    other[:3] = np.nan
    return EquityPicture(
        title="자산 9,960.2 USDT",
        subtitle="이달 -0.40%",
        label="데스크",
        time=START + np.arange(count, dtype=np.int64) * 3_600_000,
        equity=worth,
        benchmarks=(Line("BTC 보유", other),),
        drawdown=Line("낙폭", worth / np.maximum.accumulate(worth) - 1),
        watermark="합성 데이터",
        style=KOREAN,
    )


def found(figure: Figure, name: str) -> list[Artist]:
    """The artists of a drawing that go by this name."""
    return figure.findobj(lambda artist: artist.get_gid() == name)


def words(figure: Figure, name: str) -> list[str]:
    return [text.get_text() for text in found(figure, name)]


def boxes(figure: Figure, name: str) -> list[Bbox]:
    """Where these artists lie on the page, in pixels."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    return [artist.get_window_extent(renderer) for artist in found(figure, name)]


def apart(areas: list[Bbox]) -> bool:
    """Does none of these overlap another?"""
    return not any(one.overlaps(other) for i, one in enumerate(areas) for other in areas[i + 1 :])
