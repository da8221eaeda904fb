"""A fence that always holds and a gate that stands open: for paper, where nobody else can send."""

from core.domain.intent import Intent


class Held:
    """The account is this process's and nobody else's."""

    async def check(self) -> None:
        """Never raises."""


class Open:
    """Whatever the desk wants may go out."""

    async def admit(self, _intent: Intent) -> str | None:
        return None


HELD = Held()
OPEN = Open()
