"""/long, /short, /limit, /close, /sl, /tp, /cancel: trading by hand, in plain words.

An entry becomes a card that asks once; exits and closer stops are done at once.
"""

from decimal import Decimal
from functools import partial

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from core.by_hand import CancelEntry, FindTrade, OpenByHand
from core.domain.proposal import Refusal, Rule
from core.domain.trade import Exit, TradeStatus
from core.domain.trade_wish import TradeWish
from core.domain.trading import Side
from core.errors import BadArgument
from core.owner import ChangeSettings
from core.positions import ClosePosition, MoveLevels
from core.reading import ReadCard, ReadPositions, ReadStatus
from handlers.arguments import named, shown
from handlers.ordering import limit_wish, symbol_and_level, wish
from handlers.screens import Screen
from handlers.views.position import position_card
from handlers.views.refusal import refusal_text
from handlers.views.view import View
from handlers.waiting import show_waiting

USAGES = {"sl": "usage.sl", "tp": "usage.tp"}
KEPT = {"sl": "levels.kept_sl", "tp": "levels.kept_tp"}
SHARES = {"": Decimal(1), "all": Decimal(1), "half": Decimal("0.5"), "절반": Decimal("0.5")}


async def enter(
    _message: Message,
    command: CommandObject,
    screen: Screen,
    change_settings: ChangeSettings,
    open_by_hand: OpenByHand,
    read_status: ReadStatus,
    read_card: ReadCard,
    *,
    side: Side | None,
) -> None:
    """Without a side the words have to say it."""
    words, known = command.args or "", change_settings.available
    wanted = wish(words, known, side) if side else limit_wish(words, known)
    refusal = await _asked(wanted, open_by_hand)
    if refusal is None:
        return
    if refusal.rule is Rule.WAITING:
        await show_waiting(screen, await read_status(), read_card)
    else:
        await screen.show(View(refusal_text(screen.reader, refusal)))


async def _asked(wanted: TradeWish, open_by_hand: OpenByHand) -> Refusal | None:
    """A card comes by itself."""
    outcome = await open_by_hand(wanted)
    return outcome if isinstance(outcome, Refusal) else None


async def close(
    _message: Message,
    command: CommandObject,
    screen: Screen,
    find_trade: FindTrade,
    change_settings: ChangeSettings,
    close_position: ClosePosition,
    read_positions: ReadPositions,
) -> None:
    name, share = _closing(command.args or "")
    trade = await find_trade(_meant(name, change_settings.available))
    await screen.show(View(screen.reader.t("close.sent")), silent=True)
    after = await close_position(trade.id, Exit.PERSON, share)
    if after.status is TradeStatus.OPEN:
        facts = await read_positions.one(trade.id)
        await screen.show(position_card(screen.reader, facts))


def _closing(text: str) -> tuple[str, Decimal]:
    """`BTC`, `BTC half`, `BTC 30%`. Raises BadArgument."""
    name, _, part = text.strip().lower().partition(" ")
    share = SHARES.get(part.strip())
    percent = part.strip().removesuffix("%")
    if share is None and part.strip().endswith("%") and percent.isascii() and percent.isdigit():
        share = Decimal(int(percent[:4])) / 100
    if not name or share is None or not 0 < share <= 1:
        raise BadArgument("usage.close", text=shown(text))
    return name, share


async def move(
    _message: Message,
    command: CommandObject,
    screen: Screen,
    find_trade: FindTrade,
    change_settings: ChangeSettings,
    move_levels: MoveLevels,
    read_positions: ReadPositions,
    *,
    what: str,
) -> None:
    """Shows what came of it: a stop that would go further away stays where it is, and says so."""
    name, level = symbol_and_level(command.args or "", USAGES[what])
    trade = await find_trade(_meant(name, change_settings.available))
    act = move_levels.stop_at if what == "sl" else move_levels.target_at
    after = await act(trade.id, level)
    moved = (after.stop, after.targets) != (trade.stop, trade.targets)
    if not moved:
        await screen.show(View(screen.reader.t(KEPT[what])))
    facts = await read_positions.one(trade.id)
    await screen.show(position_card(screen.reader, facts))


async def cancel(
    _message: Message,
    command: CommandObject,
    screen: Screen,
    change_settings: ChangeSettings,
    cancel_entry: CancelEntry,
) -> None:
    """`/cancel BTC` takes an entry that waits out of the book; alone it says what waits where. A
    notice says that nothing was bought.
    """
    name = (command.args or "").strip().lower()
    if not name:
        await screen.show(View(screen.reader.t("cancel.nothing")))
        return
    trade = await cancel_entry(_meant(name, change_settings.available))
    if trade.is_live:
        await screen.show(View(screen.reader.t("cancel.filled")))


def _meant(name: str, known: tuple[str, ...]) -> str:
    """A coin, or a trade's id with or without its #."""
    return named(name, known) or name.removeprefix("#")


def build() -> Router:
    router = Router(name=__name__)
    command = router.message.register
    command(partial(enter, side=Side.BUY), Command("long", ignore_case=True))
    command(partial(enter, side=Side.SELL), Command("short", ignore_case=True))
    command(partial(enter, side=None), Command("limit", ignore_case=True))
    command(close, Command("close", ignore_case=True))
    command(partial(move, what="sl"), Command("sl", ignore_case=True))
    command(partial(move, what="tp"), Command("tp", ignore_case=True))
    command(cancel, Command("cancel", ignore_case=True))
    return router
