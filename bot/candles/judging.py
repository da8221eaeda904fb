"""From what was read to what is true of it: one Quality for each series."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.candles.taking_in import series
from bot.market import oddities
from bot.market.quality import Compared, Quality
from bot.market.recording import Recording
from bot.market.report import FileReport, Flaw, Report, SeriesReport
from core.domain.history import FundingHistory, Kind, Series
from core.domain.market import CandleFrame, from_millis

TWICE = frozenset({Flaw.DUPLICATE, Flaw.CONFLICT})


def judged(recordings: Mapping[str, Recording], now: datetime) -> Iterator[Quality]:
    """Each venue's series; traded candles also against the first other venue that has them."""
    for venue, recording in recordings.items():
        for one, rows in series(recording, venue):
            if isinstance(rows, FundingHistory):
                yield _of_funding(one, rows, recording.report, now)
            else:
                quality = _of_candles(one, rows, recording, now)
                yield replace(quality, compared=_compared(one, rows, recordings))


def _of_candles(one: Series, frame: CandleFrame, recording: Recording, now: datetime) -> Quality:
    marks = recording.marks.get(one.symbol, {}).get(frame.timeframe)
    traded = one.kind is Kind.CANDLES
    last = from_millis(int(frame.time[-1]))
    return replace(
        _facts(one, recording.report),
        first=from_millis(int(frame.time[0])),
        last=last,
        rows=len(frame),
        silent=oddities.silent(frame) if traded else (),
        jumps=oddities.jumps(frame),
        divergences=oddities.divergences(frame, marks) if traded and marks is not None else (),
        age=now - (last + frame.timeframe.duration),
    )


def _of_funding(one: Series, rates: FundingHistory, report: Report, now: datetime) -> Quality:
    """Files tell stamps to the millisecond; what is kept of them is floored to the second."""
    lateness = oddities.late(rates)
    told = [file.late for file in _files(one, report)]
    last = from_millis(int(rates.time[-1]))
    return replace(
        _facts(one, report),
        first=from_millis(int(rates.time[0])),
        last=last,
        rows=len(rates),
        gaps=oddities.funding_gaps(rates),
        late=sum(told) or int((lateness > 0).sum()),
        latest=max((file.latest for file in _files(one, report)), default=int(lateness.max())),
        age=now - last,
    )


def _facts(one: Series, report: Report) -> Quality:
    """What reading has told already."""
    flaws = [flaw for file in _files(one, report) for flaw in file.refused]
    told = next((told for told in report.series if _is_of(one, told)), None)
    epoch = from_millis(0)
    return Quality(
        venue=one.venue,
        symbol=one.symbol,
        kind=one.kind,
        timeframe=one.timeframe,
        first=epoch,
        last=epoch,
        rows=0,
        gaps=told.gaps if told else (),
        repeated=sum(flaw.count for flaw in flaws if flaw.flaw is Flaw.DUPLICATE),
        refused=sum(flaw.count for flaw in flaws if flaw.flaw not in TWICE),
        conflicts=(told.conflicts if told else 0)
        + sum(flaw.count for flaw in flaws if flaw.flaw is Flaw.CONFLICT),
    )


def _files(one: Series, report: Report) -> Sequence[FileReport]:
    return [file for file in report.files if _is_of(one, file)]


def _is_of(one: Series, told: FileReport | SeriesReport) -> bool:
    return (told.symbol, told.kind, told.timeframe) == (one.symbol, one.kind, one.timeframe)


def _compared(
    one: Series, frame: CandleFrame, recordings: Mapping[str, Recording]
) -> Compared | None:
    if one.kind is not Kind.CANDLES:
        return None
    for venue, other in recordings.items():
        its = other.candles.get(one.symbol, {}).get(frame.timeframe)
        if venue != one.venue and its is not None:
            return oddities.compared(frame, its, venue)
    return None
