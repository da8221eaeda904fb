"""What alerts ask of the world outside."""

from typing import Protocol

from core.domain.alert import Alert
from core.domain.notice import Notice


class Alerts(Protocol):
    """What do people want to hear of? Each call is one durable transaction."""

    async def add(self, alert: Alert, most: int) -> bool:
        """False when this person has `most` waiting already; then nothing is written."""
        ...

    async def waiting(self, person: int | None = None) -> tuple[Alert, ...]:
        """Those that have not rung, of one person or of all, in the order of their setting."""
        ...

    async def change(self, alert: Alert) -> None:
        """As it goes on waiting; one that has rung or is gone stays so."""
        ...

    async def ring(self, alert: Alert, notice: Notice) -> bool:
        """Mark it as rung and leave a notice for its person; False when it had rung or was gone."""
        ...

    async def drop(self, alert_id: str, person: int) -> bool: ...
