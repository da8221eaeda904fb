"""/analysts: every voice with its weight, its marks and its price, three short lines each."""

import math
from collections.abc import Iterator
from decimal import Decimal
from html import escape

from core.domain.market import Origin
from core.domain.score import Waiting
from core.domain.tuning import VOICES
from core.scoring.marks import Interval
from core.scoring.standings import Marks, Standings, VoiceStanding
from handlers.views import numbers
from handlers.views.phrases import heading
from handlers.views.view import Key, Keyboard, Verb, View
from handlers.words import Reader

UNKNOWN = "-"
HARDLY = 0.0005


def analysts_view(reader: Reader, standings: Standings, origin: Origin) -> View:
    lines = [heading(reader, origin), f"<b>{reader.t('analysts.title')}</b>"]
    rows = "\n".join(line for one in standings.voices for line in _rows(reader, one))
    lines.append(f"<pre>{rows}</pre>")
    lines += _remarks(reader, standings)
    return View("\n".join(lines), keys(reader))


def keys(reader: Reader) -> Keyboard:
    return ((Key(reader.t("button.calibration"), Verb.CALIBRATION),),)


def _rows(reader: Reader, one: VoiceStanding) -> Iterator[str]:
    """Weight and where it is going; marks; how much they rest on, and the price."""
    moved = f"{100 * one.moved:+.1f}" if abs(one.moved) >= HARDLY else "0.0"
    front = f"{100 * one.weight:3.0f}% {moved:>5} "
    yield front + escape(name(reader, one.voice, numbers.WIDTH - len(front)), quote=False)
    marks = one.marks
    if marks.forecasts:
        yield f"{brier(marks)} {percent(marks.skill)} {_hits(marks.hits)}"
    rest = f" ({marks.effective:,.1f})" if one.spoken else ""
    yield f"n {one.spoken:,}{rest} {_cost(one.cost)}".rstrip()


def name(reader: Reader, voice: str, room: int) -> str:
    """A rule in the reader's words, a model by its own name; not escaped yet, but cut to fit: first
    its maker's name, then what is too long.
    """
    whole = reader.t(f"analyst.{voice}") if voice in VOICES else voice
    if numbers.cells(whole) > room:
        whole = whole.rpartition("/")[2]
    if numbers.cells(whole) <= room:
        return whole
    while numbers.cells(whole) > room - 1:
        whole = whole[:-1]
    return whole + "…"


def brier(marks: Marks) -> str:
    return f"{marks.brier:.4f}".removeprefix("0")


def percent(share: float) -> str:
    return UNKNOWN if math.isnan(share) else numbers.signed_percent(Decimal(str(share)), 1)


def _hits(hits: Interval) -> str:
    if not hits.n:
        return UNKNOWN
    return f"{100 * hits.share:.0f}% {100 * hits.low:.0f}-{100 * hits.high:.0f}"


def _cost(cost: Decimal) -> str:
    return f"${cost:.2f}" if cost else ""


def _remarks(reader: Reader, standings: Standings) -> Iterator[str]:
    t, together = reader.t, standings.together
    if standings.is_empty:
        yield t("scores.nothing")
        yield from waiting(reader, standings.waiting)
        yield t("analysts.legend_empty")
        return
    yield t(
        "analysts.together",
        brier=brier(together),
        skill=percent(together.skill),
        effective=f"{together.effective:.1f}",
    )
    yield t("analysts.apart" if standings.apart else "analysts.alike")
    yield from waiting(reader, standings.waiting)
    yield t("analysts.legend")


def waiting(reader: Reader, outcomes: Waiting) -> Iterator[str]:
    """When there will be more, and what there never will be."""
    t = reader.t
    if outcomes.next_at is None:
        yield t("scores.none_waits")
    else:
        next_at = reader.day_and_clock(outcomes.next_at)
        yield t("scores.waiting", n=f"{outcomes.count:,}", next=next_at)
    if outcomes.given_up:
        yield t("scores.given_up", n=f"{outcomes.given_up:,}")
