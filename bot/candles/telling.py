"""A Quality in words for people, and in numbers for programs."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from bot.market.quality import Quality
from core.domain.history import Kind
from handlers.words import Translator

SHOWN = 5


def lines(t: Translator, quality: Quality, most: timedelta | None) -> Iterator[str]:
    """The grade first, then only what there is to say."""
    grade = quality.grade(most)
    reasons = [t.of("quality.reason", why) for of, why in quality.reasons(most) if of is grade]
    yield f"{_name(t, quality)}: {grade}" + (f" ({'; '.join(reasons)})" if reasons else "")
    first, last = _at(quality.first), _at(quality.last)
    yield "  " + t("quality.span", first=first, last=last, n=f"{quality.rows:,}")
    for told in (_gaps, _rows, _silence, _leaps, _late, _apart, _compared):
        yield from (f"  {line}" for line in told(t, quality))


def _name(t: Translator, quality: Quality) -> str:
    kinds = {
        Kind.CANDLES: t("quality.candles"),
        Kind.MARKS: t("quality.marks"),
        Kind.FUNDING: t("quality.funding"),
    }
    words = (quality.venue, quality.symbol, quality.timeframe, kinds[quality.kind])
    return " ".join(filter(None, words))


def _gaps(t: Translator, quality: Quality) -> Iterator[str]:
    longest = quality.longest
    if longest is None:
        yield t("quality.whole")
        return
    yield t(
        "quality.gaps",
        gaps=f"{len(quality.gaps):,}",
        missing=f"{quality.missing:,}",
        n=f"{longest.missing:,}",
        start=_at(longest.start),
        end=_at(longest.end),
    )
    if 1 < len(quality.gaps) <= SHOWN:
        for gap in quality.gaps:
            start, end = _at(gap.start), _at(gap.end)
            yield t("quality.gap", n=f"{gap.missing:,}", start=start, end=end)


def _rows(t: Translator, quality: Quality) -> Iterator[str]:
    if quality.repeated:
        yield t("quality.repeated", n=f"{quality.repeated:,}")
    if quality.refused:
        yield t("quality.refused", n=f"{quality.refused:,}")
    if quality.conflicts:
        yield t("quality.conflicts", n=f"{quality.conflicts:,}")


def _silence(t: Translator, quality: Quality) -> Iterator[str]:
    if not quality.silent:
        return
    yield t("quality.silent", n=f"{quality.silent_candles:,}")
    longest = sorted(quality.silent, key=lambda stretch: -stretch.candles)[:SHOWN]
    for stretch in sorted(longest, key=lambda stretch: stretch.start):
        yield t("quality.stretch", n=stretch.candles, at=_at(stretch.start))
    if len(quality.silent) > SHOWN:
        yield t("quality.silent_more", n=len(quality.silent) - SHOWN)


def _leaps(t: Translator, quality: Quality) -> Iterator[str]:
    for jump in quality.jumps[:SHOWN]:
        yield t("quality.leap", at=_at(jump.time), change=f"{jump.change:+.1%}")
    if len(quality.jumps) > SHOWN:
        yield t("quality.leaps_more", n=len(quality.jumps) - SHOWN)


def _late(t: Translator, quality: Quality) -> Iterator[str]:
    if quality.late:
        late, rows, latest = (
            f"{number:,}" for number in (quality.late, quality.rows, quality.latest)
        )
        yield t("quality.late", n=late, rows=rows, ms=latest)


def _apart(t: Translator, quality: Quality) -> Iterator[str]:
    for far in quality.divergences[:SHOWN]:
        last, mark = f"{far.last:,.10g}", f"{far.mark:,.10g}"
        yield t("quality.apart", at=_at(far.time), last=last, mark=mark, share=f"{far.share:+.1%}")


def _compared(t: Translator, quality: Quality) -> Iterator[str]:
    against = quality.compared
    if against is None:
        return
    share, shared = f"{against.agreeing:.2%}", f"{against.shared:,}"
    yield t("quality.compared", venue=against.venue, share=share, n=shared)
    if against.furthest:
        at, change = _at(against.furthest.time), f"{against.furthest.change:+.2%}"
        yield t("quality.furthest", change=change, at=at)


def as_json(quality: Quality, most: timedelta | None) -> dict[str, Any]:
    """Every fact, with times as text."""
    told: dict[str, Any] = _plain(asdict(quality))
    longest = quality.longest
    return told | {
        "grade": quality.grade(most),
        "reasons": [reason for _, reason in quality.reasons(most)],
        "missing": quality.missing,
        "longest_gap": _plain(asdict(longest)) if longest else None,
        "silent_candles": quality.silent_candles,
    }


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {name: _plain(inner) for name, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case datetime():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
    return value


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
