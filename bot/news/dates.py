"""When a feed says that something was published, in the many ways in which feeds say it."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

ZONE = (
    r"(?P<offset>[+-]\d\d:?\d\d)\s*(?:\([^)]*\)|[A-Z]{2,5})?|(?P<name>[A-Z]{1,5})\s*(?:\([^)]*\))?"
)
AT_END = re.compile(rf"(?:{ZONE})\s*$")
NUMBERS = re.compile(
    r"(?P<year>\d{4})\s*[-./년]\s*(?P<month>\d{1,2})\s*[-./월]\s*(?P<day>\d{1,2})\s*[.일]?"
    r"(?:\s+\(?[월화수목금토일]\)?)?"
    r"(?:\s*(?P<half>오전|오후)?\s*(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    rf"(?:\s*(?P<noon>[AP]M))?)?\s*(?:{ZONE})?"
)

# What begins with a year and goes on in another way than ISO 8601 is taken by the parser of feeds for
# that year alone.
YEAR_ALONE = re.compile(r"\d{4}(?!-\d\d?-\d\d?(?!\d))")
PARSED = frozenset({"Z", "UT", "UTC", "GMT", "AST", "ADT", "ET", "CT", "MT", "PT"}) | {
    f"{place}{kind}T" for place in "ECMP" for kind in "SD"
}
HOURS = {
    "Z": 0,
    "UT": 0,
    "UTC": 0,
    "GMT": 0,
    "WET": 0,
    "CET": 1,
    "BST": 1,
    "WEST": 1,
    "CEST": 2,
    "EET": 2,
    "EEST": 3,
    "MSK": 3,
    "HKT": 8,
    "SGT": 8,
    "KST": 9,
    "JST": 9,
}
TO_24 = {"오후": 12, "PM": 12}


def published(text: str, parsed: Sequence[int] | None) -> datetime | None:
    """`parsed` is what the parser of feeds made of it, in UTC. A time without a zone stays naive;
    one in a zone that nobody here knows is none. Raises ValueError.
    """
    if numbers := NUMBERS.fullmatch(text):
        return _in_zone(_numbered(numbers), numbers)
    if not parsed or YEAR_ALONE.match(text):
        return None
    year, month, day, hour, minute, second = parsed[:6]
    time = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - its zone comes now
    zone = AT_END.search(text)
    if zone and (zone["offset"] or zone["name"] in PARSED):
        return time.replace(tzinfo=UTC)
    return _in_zone(time, zone) if zone else time


def _numbered(found: re.Match[str]) -> datetime:
    names = ("year", "month", "day", "hour", "minute", "second")
    year, month, day, hour, minute, second = (int(found[name] or 0) for name in names)
    half = found["half"] or found["noon"]
    hour = hour % 12 + TO_24.get(half, 0) if half else hour
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - its zone comes later


def _in_zone(time: datetime, zone: re.Match[str]) -> datetime | None:
    if zone["offset"]:
        return time.replace(tzinfo=datetime.strptime(zone["offset"], "%z").tzinfo)
    if not zone["name"]:
        return time
    hours = HOURS.get(zone["name"])
    return None if hours is None else time.replace(tzinfo=UTC) - timedelta(hours=hours)
