"""Cards that wait for an answer, shown again; only the newest copy of each keeps its buttons."""

from collections.abc import Collection

from core.reading import ReadCard, StatusFacts
from handlers.screens import Screen
from handlers.views.proposal import card


async def show_waiting(
    screen: Screen,
    facts: StatusFacts,
    read_card: ReadCard,
    symbols: Collection[str] | None = None,
) -> None:
    """All of them, or those of some symbols."""
    for proposal in facts.waiting:
        if symbols is None or proposal.plan.symbol in symbols:
            await screen.retire("proposal", proposal.id)
            message = await screen.show(card(screen.reader, await read_card(proposal.id)))
            await screen.track("proposal", proposal.id, message.message_id)
