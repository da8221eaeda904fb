"""Could a model have known how it ends? Told from when its knowledge stops."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from core.backtest.record import Banner

MARGIN = timedelta(days=30)


def banner(cutoffs: Iterable[date | None], start: datetime, end: datetime) -> Banner:
    """Judge a stretch of time by the knowledge cut-off of every model that spoke in it.

    A model may still have heard of the 30 days after its cut-off; one without a known cut-off may
    have heard of everything. The worst of them decides, and without models there is nobody to know.
    """
    worst = Banner.CLEAN
    for cutoff in cutoffs:
        one = _judged(cutoff, start, end)
        if one is Banner.CONTAMINATED:
            return one
        worst = Banner.MIXED if one is Banner.MIXED else worst
    return worst


def _judged(cutoff: date | None, start: datetime, end: datetime) -> Banner:
    if cutoff is None:
        return Banner.CONTAMINATED
    ignorant = datetime.combine(cutoff, time(), UTC) + MARGIN + timedelta(days=1)
    if start >= ignorant:
        return Banner.CLEAN
    return Banner.CONTAMINATED if end <= ignorant else Banner.MIXED
