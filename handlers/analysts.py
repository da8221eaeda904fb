"""/analysts, /calibration, /verifier, /me: who was right how often, and what that was worth.

Years of forecasts take a while to read, and nobody who wants to close a position waits for that.
"""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from core.reading import ReadPositions
from core.scoring.answering import ReadAnswers
from core.scoring.objecting import ReadObjections
from core.scoring.reliability import Event, ReadReliability
from core.scoring.standings import ReadStandings
from handlers.later import Later
from handlers.patience import patiently
from handlers.pressed import Press, Pressed
from handlers.screens import Screen
from handlers.views.analysts.calibration import calibration_view
from handlers.views.analysts.scorecards import me_view, verifier_view
from handlers.views.analysts.table import analysts_view
from handlers.views.view import Verb

COUNTING = "analysts.counting"


async def analysts(
    _message: Message,
    screen: Screen,
    read_standings: ReadStandings,
    read_positions: ReadPositions,
    later: Later,
) -> None:
    async def show() -> None:
        standings = await read_standings()
        await screen.show(analysts_view(screen.reader, standings, read_positions.origin))

    await patiently(screen, later, show, COUNTING)


async def calibration(
    _message: Message,
    screen: Screen,
    read_reliability: ReadReliability,
    read_positions: ReadPositions,
    later: Later,
) -> None:
    async def show() -> None:
        found = await read_reliability("", Event.TARGET)
        await screen.show(calibration_view(screen.reader, found, read_positions.origin))

    await patiently(screen, later, show, COUNTING)


async def turned(
    query: CallbackQuery,
    press: Press,
    screen: Screen,
    read_reliability: ReadReliability,
    read_positions: ReadPositions,
    later: Later,
) -> None:
    """Another voice or another event; a diagram changes in place, below other screens it is new."""

    async def turn() -> None:
        found = await read_reliability(press.subject, Event(press.argument or Event.TARGET))
        view = calibration_view(screen.reader, found, read_positions.origin)
        if press.photo and view.picture:
            await screen.change(press.message_id, view, photo=True)
        else:
            await screen.show(view)

    await screen.toast(query)
    await patiently(screen, later, turn, COUNTING)


async def verifier(
    _message: Message,
    screen: Screen,
    read_objections: ReadObjections,
    read_positions: ReadPositions,
) -> None:
    view = verifier_view(screen.reader, await read_objections(), read_positions.origin)
    await screen.show(view)


async def me(
    _message: Message, screen: Screen, read_answers: ReadAnswers, read_positions: ReadPositions
) -> None:
    await screen.show(me_view(screen.reader, await read_answers(), read_positions.origin))


def build() -> Router:
    router = Router(name=__name__)
    for name, shown in (
        ("analysts", analysts),
        ("calibration", calibration),
        ("verifier", verifier),
        ("me", me),
    ):
        router.message.register(shown, Command(name, ignore_case=True))
    router.callback_query.register(turned, Pressed(Verb.CALIBRATION))
    return router
