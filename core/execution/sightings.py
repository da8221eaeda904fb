"""A difference counts when it is still the same a while later: lists and fills are told late."""

from collections.abc import Collection, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(slots=True)
class Sightings:
    """What was seen of each thing, and since when."""

    since: dict[str, tuple[Hashable, datetime]] = field(default_factory=dict)

    def lasts(self, what: str, seen: Hashable, now: datetime, patience: timedelta) -> bool:
        """Has it been seen like this for so long, in more than one look?"""
        before = self.since.get(what)
        if before is None or before[0] != seen:
            self.since[what] = (seen, now)
            return False
        return now - before[1] >= patience

    def keep(self, names: Collection[str]) -> None:
        """Whatever else was seen before is not there any more."""
        self.since = {what: seen for what, seen in self.since.items() if what in names}
