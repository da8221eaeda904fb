"""/budget: what the models cost, and how much they may."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from core.errors import BadArgument
from core.owner import must_be_trader
from core.spending.caps import Wish
from core.spending.ports import Wishes
from core.voices.bill import ReadBudget
from handlers.arguments import shown
from handlers.screens import Screen
from handlers.views.budget import budget_view

USUAL = {"usual", "auto", "기본"}
MOST = Decimal(10_000)


async def budget(
    _message: Message,
    command: CommandObject,
    screen: Screen,
    read_budget: ReadBudget,
    wishes: Wishes,
    lacking: Sequence[str] | None,
) -> None:
    if command.args:
        must_be_trader(screen.reader.person)
        await wishes.write(wish(command.args))
    await screen.show(budget_view(screen.reader, await read_budget(), lacking))


def wish(text: str) -> Wish:
    """`40` a month, `40 3` with a day of its own, or `usual`. Raises BadArgument."""
    words = text.lower().replace("$", "").replace(",", "").split()
    if len(words) == 1 and words[0] in USUAL:
        return Wish()
    sums = [_dollars(word) for word in words]
    if not 1 <= len(sums) <= 2 or None in sums:
        raise BadArgument("usage.budget", text=shown(text))
    return Wish(*sums)


def _dollars(word: str) -> Decimal | None:
    try:
        amount = Decimal(word)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 <= amount <= MOST else None


def build() -> Router:
    router = Router(name=__name__)
    router.message.register(budget, Command("budget", ignore_case=True))
    return router
