"""Which lines and levels a chart shows for a card, a position or a report."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np

from core.domain.instrument import Instrument
from core.domain.market import CandleFrame, Origin, Timeframe
from core.domain.picture import (
    CandlePicture,
    EquityPicture,
    Level,
    LevelKind,
    Line,
    Mark,
    MarkKind,
    Panel,
    Style,
)
from core.domain.snapshot import MarketSnapshot
from core.domain.trade import Trade
from core.indicators import indicators
from core.performance import drawdowns
from core.reading import CardFacts
from core.reports import Report
from handlers.views import numbers
from handlers.views.phrases import coin, direction, timeframe
from handlers.words import Reader

SHOWN = 120
WARM = 400
LONG = timedelta(days=60)


def card_picture(reader: Reader, facts: CardFacts) -> CandlePicture | None:
    """The last candles with the plan's levels."""
    if facts.snapshot is None:
        return None
    plan, t = facts.proposal.plan, reader.t
    named = [(LevelKind.ENTRY, plan.entry_limit, t("row.limit"))]
    named += [(LevelKind.STOP, plan.stop_loss, t("row.stop"))]
    named += [(LevelKind.TARGET, target.price, t("row.target")) for target in plan.targets]
    named += [(LevelKind.LIQUIDATION, plan.liquidation_price, t("row.liquidation"))]
    title = f"{coin(plan.symbol)} {direction(reader, plan.side)}"
    return candle_picture(
        reader, facts.snapshot, f"{title} · {timeframe(reader, facts.settings.timeframe)}", named
    )


def trade_picture(
    reader: Reader, snapshot: MarketSnapshot, trade: Trade, frame: Timeframe
) -> CandlePicture:
    """The candles around a trade with its arrows."""
    t = reader.t
    named = [(LevelKind.ENTRY, trade.entry_price, t("row.entry"))]
    named += [(LevelKind.STOP, trade.stop, t("row.stop"))]
    named += [(LevelKind.TARGET, target.price, t("row.target")) for target in trade.targets]
    title = f"{coin(trade.symbol)} {direction(reader, trade.side)} · {timeframe(reader, frame)}"
    return candle_picture(reader, snapshot, title, named, tuple(_marks(trade)))


def _marks(trade: Trade) -> Iterator[Mark]:
    if trade.opened_at:
        yield Mark(trade.opened_at, float(trade.entry_price), trade.side, MarkKind.ENTRY)
    if trade.closed_at and trade.exit_price is not None:
        side = trade.side.opposite
        yield Mark(trade.closed_at, float(trade.exit_price), side, MarkKind.EXIT)


def candle_picture(
    reader: Reader,
    snapshot: MarketSnapshot,
    title: str,
    named: list[tuple[LevelKind, Decimal, str]],
    marks: tuple[Mark, ...] = (),
) -> CandlePicture:
    """Candles, EMA 20 and 50, RSI, and named price levels."""
    frame, instrument = snapshot.frame.rows(len(snapshot.frame) - WARM, 2**62), snapshot.instrument
    columns, shown = indicators(frame), min(SHOWN, len(frame))
    return CandlePicture(
        title=title,
        subtitle=reader.day_and_clock(snapshot.as_of),
        frame=_tail(frame, shown),
        overlays=(
            Line("EMA 20", columns.ema_fast[-shown:]),
            Line("EMA 50", columns.ema_slow[-shown:]),
        ),
        panel=Panel((Line("RSI 14", columns.rsi[-shown:]),), guides=(30.0, 70.0)),
        levels=tuple(_level(instrument, *level) for level in named),
        marks=marks,
        watermark=watermark(reader, snapshot.origin),
        price_digits=numbers.digits(instrument),
        style=style(reader),
    )


def _tail(frame: CandleFrame, count: int) -> CandleFrame:
    return frame.rows(len(frame) - count, len(frame))


def _level(instrument: Instrument, kind: LevelKind, price: Decimal, word: str) -> Level:
    return Level(kind, float(price), word, numbers.price(instrument, price))


def watermark(reader: Reader, origin: Origin) -> str:
    return "" if origin is Origin.LIVE else reader.t.of("origin", origin)


def style(reader: Reader) -> Style:
    return Style(dark=True, red_up=reader.red_up, timezone=reader.person.timezone)


def equity_picture(
    reader: Reader, report: Report, title: str, origin: Origin
) -> EquityPicture | None:
    """The account's worth with its drawdown; nothing to draw before the first mark."""
    curve = report.curve
    if len(curve.time) < 2:
        return None
    return EquityPicture(
        title=title,
        subtitle=span(reader, report.start, report.end),
        time=curve.time,
        equity=curve.equity,
        drawdown=Line(reader.t("chart.drawdown"), np.minimum(drawdowns(curve.equity), 0.0)),
        watermark=watermark(reader, origin),
        style=style(reader),
    )


def span(reader: Reader, start: datetime, end: datetime) -> str:
    """Many months are told in days, with their years."""
    if end - start > LONG:
        return f"{reader.local(start):%Y-%m-%d} – {reader.local(end):%Y-%m-%d}"
    return f"{reader.day_and_clock(start)} – {reader.day_and_clock(end)}"
