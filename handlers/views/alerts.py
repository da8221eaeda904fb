"""Alerts in words: what is waited for, how it stands now, and that it has come."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from core.alerts.gauges import GAUGES, Feed, Unit
from core.alerts.setting import Shown, TrueAlready, Wish
from core.domain.alert import Alert, Way
from core.domain.market import Timeframe
from core.domain.notice import Notice
from handlers.alerting import told
from handlers.views.phrases import coin
from handlers.views.view import Key, Keyboard, Verb, View
from handlers.words import Reader

IN_A_ROW = 5
SIGNS = {Way.ABOVE: "≥", Way.BELOW: "≤"}


def label(reader: Reader, wanted: Wish | Alert) -> str:
    """BTC ≥ 70,000, or BTC 1h RSI ≤ 30, or ETH 4h MACD crosses up."""
    gauge, parts = GAUGES[wanted.gauge], [coin(wanted.symbol)]
    if gauge.feed is Feed.CANDLES:
        parts.append(wanted.timeframe.value)
    if gauge.feed is not Feed.TAPE:
        parts.append(reader.t(f"gauge.{wanted.gauge}"))
    way = wanted.way or Way.ABOVE
    if gauge.unit is Unit.CROSSING:
        return " ".join([*parts, reader.t.of("crosses", way)])
    return " ".join([*parts, SIGNS[way], figure(wanted.gauge, wanted.level)])


def figure(gauge: str, value: Decimal) -> str:
    unit = GAUGES[gauge].unit
    if unit is Unit.PRICE:
        return f"{value.normalize():,f}"
    if unit is Unit.PERCENT:
        return f"{value.quantize(Decimal('0.0001')).normalize():,f}%"
    return f"{value.quantize(Decimal('0.01')).normalize():,f}"


def was_set(reader: Reader, shown: Shown) -> View:
    alert, t = shown.alert, reader.t
    lines = [f"🔔 <b>{label(reader, alert)}</b>", _now(reader, shown)]
    lines.append(t("alert.armed" if alert.armed else "alert.waits"))
    return View("\n".join(lines), ((_drop(reader, alert),),))


def _drop(reader: Reader, alert: Alert) -> Key:
    return Key(reader.t("alert.delete"), Verb.DROP_ALERT, alert.id)


def _now(reader: Reader, shown: Shown) -> str:
    if shown.value is None:
        return reader.t("alert.unknown")
    return reader.t("alert.now", value=figure(shown.alert.gauge, shown.value))


def true_already(reader: Reader, already: TrueAlready) -> View:
    """Nothing was set; one tap sets it for the next time."""
    wish, t = already.wish, reader.t
    value = figure(wish.gauge, already.value)
    text = t("alert.already", label=label(reader, wish), value=value)
    keys = (
        Key(t("alert.wait"), Verb.SET_ALERT, argument=told(wish)),
        Key(t("alert.leave"), Verb.LEAVE),
    )
    return View(text, (keys,))


def alerts_view(reader: Reader, waiting: tuple[Shown, ...]) -> View:
    lines = [f"<b>{reader.t('alert.title')}</b>"]
    lines += [_line(reader, n, shown) for n, shown in enumerate(waiting, 1)]
    if not waiting:
        lines.append(reader.t("alert.none"))
    lines.append(reader.t("alert.how"))
    return View("\n".join(lines), _keys(waiting))


def _line(reader: Reader, number: int, shown: Shown) -> str:
    waits = "" if shown.alert.armed else f" · {reader.t('alert.next_time')}"
    return f"{number} {label(reader, shown.alert)} · {_now(reader, shown)}{waits}"


def _keys(waiting: tuple[Shown, ...]) -> Keyboard:
    keys = [Key(f"🗑 {n}", Verb.DROP_ALERT, s.alert.id) for n, s in enumerate(waiting, 1)]
    return tuple(tuple(keys[at : at + IN_A_ROW]) for at in range(0, len(keys), IN_A_ROW))


def rung(reader: Reader, notice: Notice) -> View:
    """It has come: when, how far, and how it is now."""
    wish = _wish(notice)
    again = Key(reader.t("alert.again"), Verb.SET_ALERT, argument=told(wish))
    look = Key(f"🔎 {coin(wish.symbol)}", Verb.ANALYZE, wish.symbol)
    return View("\n".join(_rung(reader, notice, wish)), ((look, again),))


def _rung(reader: Reader, notice: Notice, wish: Wish) -> Iterator[str]:
    said, t = notice.numbers, reader.t
    start, end = _moment(said["start"]), _moment(said["end"])
    value, last = Decimal(str(said["value"])), Decimal(str(said["now"]))
    yield f"🔔 <b>{label(reader, wish)}</b>"
    reached = figure(wish.gauge, value)
    if start == end:
        yield t("alert.rang", time=_when(reader, end, notice.at), value=reached)
    else:
        from_, until = _when(reader, start, notice.at), reader.clock(end)
        yield t("alert.rang_between", start=from_, end=until, value=reached)
    if value != last or start != end:
        yield t("alert.now_at", value=figure(wish.gauge, last), time=reader.clock(notice.at))


def _moment(value: Decimal | datetime | int | str) -> datetime:
    if not isinstance(value, datetime):
        raise TypeError(f"a crossing has its moments, was {value!r}")
    return value


def _when(reader: Reader, moment: datetime, now: datetime) -> str:
    same = reader.local(moment).date() == reader.local(now).date()
    return reader.clock(moment) if same else reader.day_and_clock(moment)


def _wish(notice: Notice) -> Wish:
    said = notice.numbers
    return Wish(
        symbol=str(said["symbol"]),
        gauge=str(said["gauge"]),
        way=Way(str(said["way"])),
        level=Decimal(str(said["level"])),
        timeframe=Timeframe(str(said["timeframe"])),
        crossing=True,
    )
