"""/analyze, /status, /pause, /resume: look now, and how the desk is."""

from collections.abc import Sequence

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from core.domain.proposal import Refusal
from core.engine import Answer, FormDecisions, ProposeTrades
from core.owner import ChangeSettings
from core.reading import ReadStatus
from handlers.arguments import symbol
from handlers.pressed import Press, Pressed
from handlers.screens import Screen
from handlers.views.flat import flat, flat_list
from handlers.views.status import status_view
from handlers.views.view import Verb, View


async def analyze(
    _message: Message,
    command: CommandObject,
    screen: Screen,
    form_decisions: FormDecisions,
    propose_trades: ProposeTrades,
    read_status: ReadStatus,
    change_settings: ChangeSettings,
) -> None:
    settings = await change_settings.read()
    symbols = settings.symbols
    if command.args:
        symbols = (symbol(command.args, change_settings.available),)
    decisions = await form_decisions(symbols, settings.timeframe)
    await _tell(await propose_trades(decisions), screen, read_status)


async def analyze_pressed(
    query: CallbackQuery,
    press: Press,
    screen: Screen,
    form_decisions: FormDecisions,
    propose_trades: ProposeTrades,
    read_status: ReadStatus,
    change_settings: ChangeSettings,
) -> None:
    await query.answer()
    timeframe = (await change_settings.read()).timeframe
    decisions = await form_decisions((press.subject,), timeframe)
    await _tell(await propose_trades(decisions), screen, read_status)


async def _tell(answers: Sequence[Answer], screen: Screen, read_status: ReadStatus) -> None:
    """Cards come by themselves; a person who asked also hears why there is none."""
    quiet = [
        (answer.decision, answer.outcome)
        for answer in answers
        if isinstance(answer.outcome, Refusal)
    ]
    if not answers:
        await screen.show(View(screen.reader.t("error.no_market_data")))
    elif len(quiet) == 1:
        await screen.show(flat(screen.reader, *quiet[0], await read_status()))
    elif quiet:
        await screen.show(flat_list(screen.reader, quiet, await read_status()))


async def status(_message: Message, screen: Screen, read_status: ReadStatus) -> None:
    await screen.show(status_view(screen.reader, await read_status()))


async def pause(_message: Message, screen: Screen, change_settings: ChangeSettings) -> None:
    await change_settings.pause()
    await screen.show(View(screen.reader.t("pause.done")))


async def resume(_message: Message, screen: Screen, change_settings: ChangeSettings) -> None:
    await change_settings.resume()
    await screen.show(View(screen.reader.t("resume.done")))


async def resume_pressed(
    query: CallbackQuery, screen: Screen, change_settings: ChangeSettings
) -> None:
    await change_settings.resume()
    await query.answer(screen.reader.t("resume.done"))


def build() -> Router:
    router = Router(name=__name__)
    router.message.register(analyze, Command("analyze"))
    router.message.register(status, Command("status"))
    router.message.register(pause, Command("pause"))
    router.message.register(resume, Command("resume"))
    router.callback_query.register(analyze_pressed, Pressed(Verb.ANALYZE))
    router.callback_query.register(resume_pressed, Pressed(Verb.RESUME))
    return router
