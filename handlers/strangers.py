"""A position that the desk has not opened: taken over, closed, or left to whoever holds it."""

from datetime import timedelta
from decimal import Decimal

from aiogram import Router
from aiogram.types import CallbackQuery

from core.execution.adopting import AnswerStranger
from core.owner import must_be_trader
from core.reading import ReadPositions
from handlers.attention import Attention
from handlers.later import Later
from handlers.pressed import Press, Pressed
from handlers.screens import Screen
from handlers.views.position import CONFIRM_SECONDS, position_card
from handlers.views.strangers import answers, sure
from handlers.views.view import Verb


async def adopt(
    query: CallbackQuery,
    press: Press,
    screen: Screen,
    answer_stranger: AnswerStranger,
    read_positions: ReadPositions,
) -> None:
    must_be_trader(screen.reader.person)
    trade = await answer_stranger.adopt(press.subject, Decimal(press.argument), press.claim)
    await screen.toast(query, screen.reader.t("stranger.adopted"))
    await screen.keys(press.message_id, ())
    card = position_card(screen.reader, await read_positions.one(trade.id))
    message = await screen.show(card)
    await screen.track("position", trade.id, message.message_id)


async def ask(
    query: CallbackQuery, press: Press, screen: Screen, later: Later, attention: Attention
) -> None:
    """A destructive button turns into its own question, and back again by itself."""
    await screen.toast(query)
    attention.open(screen.chat, press.message_id, "confirm")
    await screen.keys(press.message_id, sure(screen.reader, press.subject, press.argument))

    async def calm_down() -> None:
        if attention.page(screen.chat, press.message_id) == "confirm":
            await _back(press, screen, attention)

    later(timedelta(seconds=CONFIRM_SECONDS), calm_down)


async def back(query: CallbackQuery, press: Press, screen: Screen, attention: Attention) -> None:
    await screen.toast(query)
    await _back(press, screen, attention)


async def _back(press: Press, screen: Screen, attention: Attention) -> None:
    attention.close(screen.chat, press.message_id)
    await screen.keys(press.message_id, answers(screen.reader, press.subject, press.argument))


async def sell(
    query: CallbackQuery,
    press: Press,
    screen: Screen,
    answer_stranger: AnswerStranger,
    attention: Attention,
) -> None:
    must_be_trader(screen.reader.person)
    attention.close(screen.chat, press.message_id)
    await answer_stranger.close(press.subject, Decimal(press.argument), press.claim)
    await screen.toast(query, screen.reader.t("close.sent"))
    await screen.keys(press.message_id, ())


async def leave(
    query: CallbackQuery, press: Press, screen: Screen, answer_stranger: AnswerStranger
) -> None:
    must_be_trader(screen.reader.person)
    await answer_stranger.leave(press.subject, press.claim)
    await screen.toast(query, screen.reader.t("stranger.left"))
    await screen.keys(press.message_id, ())


def build() -> Router:
    router = Router(name=__name__)
    press = router.callback_query.register
    press(adopt, Pressed(Verb.ADOPT))
    press(ask, Pressed(Verb.ASK_SELL))
    press(back, Pressed(Verb.STRANGER))
    press(sell, Pressed(Verb.SELL))
    press(leave, Pressed(Verb.MINE))
    return router
