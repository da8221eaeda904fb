"""/positions, /orders, /history: what is held, what waits in the market, what is over."""

from datetime import timedelta
from decimal import Decimal

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from core.accounts import ReadAccounts
from core.domain.trade import Exit, TradeStatus
from core.positions import ClosePosition, MoveLevels
from core.reading import PositionFacts, ReadPositions
from core.reports import MakeReport
from handlers.accounts import beside
from handlers.arguments import count
from handlers.attention import Attention
from handlers.later import Later
from handlers.pressed import Press, Pressed
from handlers.screens import Screen
from handlers.views.accounts import others_line
from handlers.views.position import (
    CONFIRM_SECONDS,
    confirm_keyboard,
    levels_keyboard,
    position_card,
    position_list,
)
from handlers.views.tables import orders_view, trades_view
from handlers.views.view import Keyboard, Verb, View

HALF, WHOLE = "0.5", "1"


async def positions(
    _message: Message, screen: Screen, read_positions: ReadPositions, read_accounts: ReadAccounts
) -> None:
    await _list(screen, read_positions, read_accounts)


async def positions_pressed(
    query: CallbackQuery,
    screen: Screen,
    read_positions: ReadPositions,
    read_accounts: ReadAccounts,
) -> None:
    await screen.toast(query)
    await _list(screen, read_positions, read_accounts)


async def _list(
    screen: Screen, read_positions: ReadPositions, read_accounts: ReadAccounts
) -> None:
    """One position is its card, which lives; several are a list that opens cards."""
    held = [f for f in await read_positions() if f.trade.status is TradeStatus.OPEN]
    if len(held) != 1:
        view = position_list(screen.reader, held)
        await screen.show(await beside(screen, view, read_accounts))
        return
    await _show_card(screen, held[0])
    if others := await read_accounts.beside(screen.reader.account.name):
        await screen.show(View(others_line(screen.reader, others)), silent=True)


async def _show_card(screen: Screen, facts: PositionFacts) -> None:
    await screen.retire("position", facts.trade.id)
    message = await screen.show(position_card(screen.reader, facts))
    await screen.track("position", facts.trade.id, message.message_id)


async def show(
    query: CallbackQuery,
    press: Press,
    screen: Screen,
    read_positions: ReadPositions,
    attention: Attention,
) -> None:
    await screen.toast(query)
    facts = await read_positions.one(press.subject)
    if press.argument == "here":
        attention.close(screen.chat, press.message_id)
        await screen.change(press.message_id, position_card(screen.reader, facts), photo=False)
    else:
        await _show_card(screen, facts)


async def break_even(
    query: CallbackQuery,
    press: Press,
    screen: Screen,
    move_levels: MoveLevels,
    read_positions: ReadPositions,
) -> None:
    before = await read_positions.one(press.subject)
    after = await move_levels.break_even(press.subject)
    moved = after.stop != before.trade.stop
    said = screen.reader.t("break_even.done" if moved else "break_even.not_yet")
    await screen.toast(query, said, show_alert=not moved)
    await _refresh(screen, press, read_positions)


async def trail(
    query: CallbackQuery,
    press: Press,
    screen: Screen,
    move_levels: MoveLevels,
    read_positions: ReadPositions,
) -> None:
    trade = await move_levels.trail(press.subject)
    await screen.toast(query, screen.reader.t("trail.on" if trade.trailing else "trail.off"))
    await _refresh(screen, press, read_positions)


async def edit(
    query: CallbackQuery,
    press: Press,
    screen: Screen,
    read_positions: ReadPositions,
    attention: Attention,
) -> None:
    await screen.toast(query)
    attention.open(screen.chat, press.message_id, "levels")
    facts = await read_positions.one(press.subject)
    await _refresh(screen, press, read_positions, levels_keyboard(screen.reader, facts))


async def move(
    query: CallbackQuery,
    press: Press,
    verb: Verb,
    screen: Screen,
    move_levels: MoveLevels,
    read_positions: ReadPositions,
    attention: Attention,
) -> None:
    attention.open(screen.chat, press.message_id, "levels")
    act = move_levels.stop if verb is Verb.MOVE_STOP else move_levels.target
    await act(press.subject, Decimal(press.argument))
    await screen.toast(query, screen.reader.t("levels.moved"))
    facts = await read_positions.one(press.subject)
    await _refresh(screen, press, read_positions, levels_keyboard(screen.reader, facts))


async def ask(
    query: CallbackQuery,
    press: Press,
    verb: Verb,
    screen: Screen,
    read_positions: ReadPositions,
    later: Later,
    attention: Attention,
) -> None:
    """A destructive button turns into its own question, and back again by itself."""
    await screen.toast(query)
    attention.open(screen.chat, press.message_id, "confirm")
    facts = await read_positions.one(press.subject)
    share = HALF if verb is Verb.ASK_HALF else WHOLE
    await screen.keys(press.message_id, confirm_keyboard(screen.reader, facts, share))

    async def calm_down() -> None:
        if attention.page(screen.chat, press.message_id) == "confirm":
            attention.close(screen.chat, press.message_id)
            await _refresh(screen, press, read_positions)

    later(timedelta(seconds=CONFIRM_SECONDS), calm_down)


async def close(
    query: CallbackQuery,
    press: Press,
    screen: Screen,
    close_position: ClosePosition,
    read_positions: ReadPositions,
    attention: Attention,
) -> None:
    await screen.toast(query, screen.reader.t("close.sent"))
    attention.close(screen.chat, press.message_id)
    share = Decimal(press.argument)
    await close_position(press.subject, Exit.PERSON, share, press.claim)
    await _refresh(screen, press, read_positions)


async def _refresh(
    screen: Screen, press: Press, read_positions: ReadPositions, keys: Keyboard | None = None
) -> None:
    facts = await read_positions.one(press.subject)
    await screen.change(press.message_id, position_card(screen.reader, facts, keys), photo=False)


async def orders(_message: Message, screen: Screen, read_positions: ReadPositions) -> None:
    waiting = await read_positions.orders()
    await screen.show(orders_view(screen.reader, waiting, read_positions.origin))


async def history(
    _message: Message,
    command: CommandObject,
    screen: Screen,
    make_report: MakeReport,
    read_positions: ReadPositions,
) -> None:
    rows = count(command.args or "", "usage.history", 10)
    closed = (await make_report()).closed
    await screen.show(trades_view(screen.reader, closed, read_positions.origin, rows))


def build() -> Router:
    router = Router(name=__name__)
    router.message.register(positions, Command("positions", ignore_case=True))
    router.message.register(orders, Command("orders", ignore_case=True))
    router.message.register(history, Command("history", ignore_case=True))
    press = router.callback_query.register
    press(positions_pressed, Pressed(Verb.POSITIONS))
    press(show, Pressed(Verb.POSITION))
    press(break_even, Pressed(Verb.BREAK_EVEN))
    press(trail, Pressed(Verb.TRAIL))
    press(edit, Pressed(Verb.EDIT))
    press(move, Pressed(Verb.MOVE_STOP, Verb.MOVE_TARGET))
    press(ask, Pressed(Verb.ASK_HALF, Verb.ASK_CLOSE))
    press(close, Pressed(Verb.CLOSE))
    return router
