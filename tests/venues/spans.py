"""Which candles and which moments a request with a start, an end and a limit means."""

from tests.venues.series import Rows
from tests.venues.venue import Venue


def number(value: object) -> int | None:
    return int(str(value)) if value not in {None, ""} else None


def first_of(
    venue: Venue, base: str, width: int, count: int, start: int | None, end: int | None
) -> Rows:
    """The first candles from `start` to `end` (both inclusive), else the last ones up to `end`."""
    stop = venue.now + 1 if end is None else end + 1
    if start is None:
        return venue.newest(base, width, count, stop)[-count:]
    return venue.bars(base, width, start, min(stop, start + (count + 1) * width))[:count]


def last_of(
    venue: Venue, base: str, width: int, count: int, start: int | None, end: int | None
) -> Rows:
    """As `first_of`, but of a range that is too long the newest part."""
    if start is None or end is None:
        return first_of(venue, base, width, count, start, end)
    return venue.bars(base, width, max(start, end - (count + 1) * width), end + 1)[-count:]


def moments(venue: Venue, width: int, count: int, start: int | None, end: int | None) -> range:
    """When a series of this width was measured: the first ones from `start`, else the last ones."""
    stop = venue.now if end is None else min(end, venue.now)
    first = stop - count * width if start is None else start
    times = range(-(-max(first, 0) // width) * width, stop + 1, width)
    return times[-count:] if start is None else times[:count]
