"""A diary that is forgotten: whoever only tries something out writes nothing down."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.domain.trading import Activity


@dataclass(frozen=True, slots=True)
class Forgotten:
    """`bot.broker.ports.Diary` of one account, for as long as the process lives."""

    lived: dict[str, Activity] = field(default_factory=dict)
    heard: dict[str, datetime] = field(default_factory=dict)

    async def write(
        self, _account: str, lived: Mapping[str, Activity], marks: Mapping[str, datetime]
    ) -> None:
        for key, activity in lived.items():
            self.lived.setdefault(key, replace(activity, seq=len(self.lived) + 1))
        self.heard.update(marks)

    async def read(self, _account: str, after: int) -> tuple[Activity, ...]:
        return tuple(one for one in self.lived.values() if one.seq > after)

    async def marks(self, _account: str) -> Mapping[str, datetime]:
        return dict(self.heard)
