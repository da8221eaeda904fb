"""A Quality in words for people, and in numbers for programs."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from bot.market.quality import Quality
from core.domain.history import Kind

SHOWN = 5


def lines(quality: Quality, most: timedelta | None) -> Iterator[str]:
    """The grade first, then only what there is to say."""
    grade = quality.grade(most)
    reasons = "; ".join(words for why, words in quality.reasons(most) if why is grade)
    yield f"{quality.name}: {grade}" + (f" ({reasons})" if reasons else "")
    noun = "rates" if quality.kind is Kind.FUNDING else "candles"
    yield f"  {_at(quality.first)} to {_at(quality.last)} UTC, {quality.rows:,} {noun}"
    for told in (_gaps, _rows, _silence, _jumps, _late, _divergences, _compared):
        yield from (f"  {line}" for line in told(quality))


def _gaps(quality: Quality) -> Iterator[str]:
    longest = quality.longest
    if longest is None:
        yield "no gaps"
        return
    count = _counted(len(quality.gaps), "gap")
    yield f"{count}, {quality.missing:,} missing; the longest: {longest} UTC"
    if 1 < len(quality.gaps) <= SHOWN:
        yield from (f"  {gap} UTC" for gap in quality.gaps)


def _rows(quality: Quality) -> Iterator[str]:
    if quality.repeated:
        yield f"{_counted(quality.repeated, 'row')} repeated, and left out"
    if quality.refused:
        yield f"{_counted(quality.refused, 'row')} cannot be true, and left out"
    if quality.conflicts:
        yield f"{_counted(quality.conflicts, 'row')} told differently by two files"


def _silence(quality: Quality) -> Iterator[str]:
    if not quality.silent:
        return
    count = _counted(len(quality.silent), "stretch", "stretches")
    yield f"{_counted(quality.silent_candles, 'candle')} without a trade in {count}:"
    longest = sorted(quality.silent, key=lambda stretch: -stretch.candles)[:SHOWN]
    for stretch in sorted(longest, key=lambda stretch: stretch.start):
        yield f"  {_counted(stretch.candles, 'candle')} from {_at(stretch.start)}"
    if len(quality.silent) > SHOWN:
        yield f"  … and {len(quality.silent) - SHOWN} shorter"


def _jumps(quality: Quality) -> Iterator[str]:
    for jump in quality.jumps[:SHOWN]:
        yield f"{_at(jump.time)}: {jump.change:+.1%}, and back with the next candle"
    if len(quality.jumps) > SHOWN:
        yield f"… and {len(quality.jumps) - SHOWN} more such leaps"


def _late(quality: Quality) -> Iterator[str]:
    if quality.late:
        stamps = f"{quality.late:,} of {_counted(quality.rows, 'stamp')}"
        yield f"{stamps} come late, the latest by {quality.latest:,} ms"


def _divergences(quality: Quality) -> Iterator[str]:
    for far in quality.divergences[:SHOWN]:
        yield f"{_at(far.time)}: last {far.last:,.10g}, mark {far.mark:,.10g} ({far.share:+.1%})"


def _compared(quality: Quality) -> Iterator[str]:
    against = quality.compared
    if against is None:
        return
    shared = f"{against.agreeing:.2%} of {_counted(against.shared, 'candle')}"
    yield f"{shared} within 0.1% of {against.venue}"
    if against.furthest:
        yield f"  furthest: {against.furthest.change:+.2%} at {_at(against.furthest.time)}"


def as_json(quality: Quality, most: timedelta | None) -> dict[str, Any]:
    """Every fact, with times as text."""
    told: dict[str, Any] = _plain(asdict(quality))
    longest = quality.longest
    return told | {
        "grade": quality.grade(most),
        "reasons": [words for _, words in quality.reasons(most)],
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


def _counted(count: int, noun: str, many: str = "") -> str:
    return f"1 {noun}" if count == 1 else f"{count:,} {many or noun + 's'}"
