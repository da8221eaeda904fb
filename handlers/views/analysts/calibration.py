"""/calibration: said sixty percent, came true how often? A diagram, and the same in numbers."""

from collections.abc import Iterator
from html import escape

import numpy as np

from core.domain.market import Origin
from core.domain.picture import ReliabilityPicture
from core.scoring.reliability import Event, Reliability
from handlers.views.analysts.table import name, waiting
from handlers.views.charts import style, watermark
from handlers.views.phrases import heading
from handlers.views.status import chosen
from handlers.views.view import Key, Keyboard, Verb, View
from handlers.words import Reader

IN_A_ROW, MOST_KEYS, LABEL = 2, 12, 20
WHOLE = 60


def calibration_view(reader: Reader, found: Reliability, origin: Origin) -> View:
    lines = [heading(reader, origin), f"<b>{escape(_title(reader, found), quote=False)}</b>"]
    lines += _words(reader, found)
    picture = _picture(reader, found, origin) if found.forecasts else None
    return View("\n".join(lines), _keys(reader, found), picture)


def _title(reader: Reader, found: Reliability) -> str:
    return reader.t("calibration.title", voice=_name(reader, found.voice))


def _name(reader: Reader, voice: str, room: int = WHOLE) -> str:
    return name(reader, voice, room) if voice else reader.t("calibration.together")


def _words(reader: Reader, found: Reliability) -> Iterator[str]:
    t = reader.t
    if not found.forecasts:
        yield t("scores.nothing")
        yield from waiting(reader, found.waiting)
        return
    rows = [
        f"{100 * said:3.0f}% {100 * one.share:3.0f}% {100 * one.low:3.0f}-{100 * one.high:<3.0f}"
        f" {one.n:5.1f}"
        for said, one in zip(found.bins.forecast, found.intervals, strict=True)
    ]
    yield "<pre>" + "\n".join(rows) + "</pre>"
    yield t("calibration.columns")
    parts = found.parts
    yield t(
        "calibration.parts",
        brier=_figures(parts.brier),
        reliability=_figures(parts.reliability),
        resolution=_figures(parts.resolution),
        uncertainty=_figures(parts.uncertainty),
    )
    if found.voice:
        up = found.event is Event.UP
        shift, slope = found.trust.up if up else found.trust.target
        yield t("calibration.trust", slope=f"{slope:.2f}", shift=f"{shift:+.2f}")


def _figures(value: float) -> str:
    return f"{value:.4f}".removeprefix("0")


def _picture(reader: Reader, found: Reliability, origin: Origin) -> ReliabilityPicture:
    t = reader.t
    return ReliabilityPicture(
        title=_title(reader, found),
        subtitle=t(
            "calibration.subtitle",
            event=t.of("event_asked", found.event),
            effective=f"{found.effective:.1f}",
        ),
        across=t("calibration.said"),
        up=t("calibration.came"),
        honest=t("calibration.honest"),
        forecast=found.bins.forecast,
        outcome=found.bins.outcome,
        low=np.array([one.low for one in found.intervals]),
        high=np.array([one.high for one in found.intervals]),
        texts=tuple(
            f"n {one.n:.0f}" if one.n >= 10 else f"n {one.n:.1f}" for one in found.intervals
        ),
        watermark=watermark(reader, origin),
        style=style(reader),
    )


def _keys(reader: Reader, found: Reliability) -> Keyboard:
    """The other event of the same voice, then the other voices."""
    events = tuple(
        Key(
            chosen(reader.t.of("event_asked", event), event is found.event),
            Verb.CALIBRATION,
            found.voice,
            event.value,
        )
        for event in Event
    )
    voices = [
        Key(
            chosen(_name(reader, voice, LABEL), voice == found.voice),
            Verb.CALIBRATION,
            voice,
            found.event.value,
        )
        for voice in ("", *found.voices)[:MOST_KEYS]
    ]
    rows = [tuple(voices[at : at + IN_A_ROW]) for at in range(0, len(voices), IN_A_ROW)]
    return (events, *rows)
