"""What the owner wants models to cost, kept among the notes."""

from dataclasses import dataclass
from decimal import Decimal

from bot.storage.notes import SqlNotes
from core.spending.caps import Wish

MONTH, DAY = "models.month", "models.day"
USUAL = Wish()


@dataclass(frozen=True, slots=True)
class NotedWishes:
    """`core.spending.ports.Wishes`; `otherwise` holds until somebody has said something."""

    notes: SqlNotes
    otherwise: Wish = USUAL

    async def read(self) -> Wish:
        month, day = await self.notes.get(MONTH), await self.notes.get(DAY)
        if month is None or day is None:
            return self.otherwise
        return Wish(_money(month), _money(day))

    async def write(self, wish: Wish) -> None:
        await self.notes.put(DAY, _text(wish.day))
        await self.notes.put(MONTH, _text(wish.month))


def _money(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _text(amount: Decimal | None) -> str:
    return "" if amount is None else str(amount)
