"""Many files become one record per symbol: joined, in order, each time once, gaps kept as gaps."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.market.recording import Recording
from bot.market.report import Gap, Report, SeriesReport
from bot.market.table import Table
from core.domain.history import FundingHistory, Kind
from core.domain.market import CandleFrame, Floats, Millis, Origin, Timeframe, from_millis


@dataclass(frozen=True, slots=True)
class Series:
    """All good rows of one symbol and timeframe."""

    report: SeriesReport
    time: Millis
    columns: Floats

    def frame(self, timeframe: Timeframe) -> CandleFrame:
        prices = [np.ascontiguousarray(column) for column in self.columns.T]
        if self.report.kind is Kind.MARKS:
            prices[4:] = [np.zeros(len(self.time))]
        return CandleFrame(timeframe, self.time, *prices)

    def history(self) -> FundingHistory:
        return FundingHistory(self.time, np.ascontiguousarray(self.columns[:, 0]))


def merge(tables: Sequence[Table]) -> Recording:
    """The order of the tables decides nothing but which of two conflicting rows is kept."""
    groups: defaultdict[tuple[str, Kind, Timeframe | None], list[Table]] = defaultdict(list)
    for table in tables:
        report = table.report
        groups[report.symbol, report.kind, report.timeframe].append(table)
    series = [_join(group) for group in groups.values()]
    return Recording(
        Origin.RECORDED,
        _frames(one for one in series if one.report.kind is Kind.CANDLES),
        _frames(one for one in series if one.report.kind is Kind.MARKS),
        {one.report.symbol: one.history() for one in series if one.report.timeframe is None},
        Report(tuple(table.report for table in tables), tuple(one.report for one in series)),
    )


def _frames(series: Iterable[Series]) -> Mapping[str, Mapping[Timeframe, CandleFrame]]:
    frames: defaultdict[str, dict[Timeframe, CandleFrame]] = defaultdict(dict)
    for one in series:
        if timeframe := one.report.timeframe:
            frames[one.report.symbol][timeframe] = one.frame(timeframe)
    return dict(frames)


def _join(tables: Sequence[Table]) -> Series:
    first = tables[0].report
    times = np.concatenate([table.time for table in tables])
    columns = np.concatenate([_same_width(table, first.kind) for table in tables])
    kept, rows, places = np.unique(times, return_index=True, return_inverse=True)
    columns, merged = columns[rows], columns
    report = SeriesReport(
        symbol=first.symbol,
        kind=first.kind,
        timeframe=first.timeframe,
        files=tuple(table.report.name for table in tables),
        rows=len(kept),
        gaps=gaps(kept, first.timeframe) if first.timeframe else (),
        conflicts=int((merged != columns[places]).any(axis=1).sum()),
    )
    return Series(report, kept, columns)


def _same_width(table: Table, kind: Kind) -> Floats:
    """Dumped mark candles carry a volume that is always zero, others carry none."""
    return table.columns[:, :4] if kind is Kind.MARKS else table.columns


def gaps(times: Millis, timeframe: Timeframe) -> tuple[Gap, ...]:
    step = timeframe.milliseconds
    holes = np.flatnonzero(np.diff(times) > step)
    edges = zip(times[holes].tolist(), times[holes + 1].tolist(), strict=True)
    return tuple(
        Gap(from_millis(last + step), from_millis(after), (after - last) // step - 1)
        for last, after in edges
    )
