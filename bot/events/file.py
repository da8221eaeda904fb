"""A file of events that its owner may edit while the desk runs: read again when it has changed."""

import logging
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from functools import cache
from pathlib import Path

from bot.events.ics import icalendar
from bot.events.rows import Readout, table
from core.domain.event import Complaint, Source

logger = logging.getLogger(__name__)

SHIPPED = Path(__file__).parent / "calendar.csv"
LARGEST = 2_000_000
Stamp = tuple[int, int]


@dataclass
class EventFile:
    """CSV or iCalendar. `zone` is for times that name none. While it cannot be read, what was
    read last stays.
    """

    path: Path
    source: Source
    zone: tzinfo
    _stamp: Stamp = (0, 0)
    _last: Readout = field(default_factory=Readout)

    def read(self) -> Readout:
        try:
            found = self.path.stat()
            stamp = (found.st_mtime_ns, found.st_size)
            if stamp != self._stamp:
                self._last, self._stamp = self._readout(found.st_size), stamp
        except (OSError, UnicodeDecodeError) as error:
            logger.warning("%s cannot be read: %s", self.path, error)
            self._stamp = (0, 0)
            return Readout(self._last.events, (Complaint(0, "unreadable", self.path.name),))
        return self._last

    def _readout(self, size: int) -> Readout:
        if size > LARGEST:
            return Readout(self._last.events, (Complaint(0, "too_large", self.path.name),))
        text = self.path.read_text(encoding="utf-8-sig")
        form = icalendar if text.lstrip().startswith("BEGIN:VCALENDAR") else table
        readout = form(text, self.source, self.zone)
        for one in readout.complaints:
            logger.warning("%s, line %s: %s", self.path, one.line, one.why)
        return readout


@cache
def shipped() -> Readout:
    """What comes with the desk."""
    return table(SHIPPED.read_text(encoding="utf-8"), Source.SHIPPED, UTC)
