"""/analyze, /status, /pause, /resume: look now, and how the desk is."""

from collections.abc import Sequence

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from core.domain.market import Timeframe
from core.domain.opinion import Decision
from core.domain.proposal import Refusal
from core.engine import FormDecisions
from core.owner import ChangeSettings
from core.proposing import Answer, ProposeTrades
from core.reading import ReadCard, ReadStatus
from core.watching import ReadMarket
from handlers.arguments import symbol
from handlers.pressed import Press, Pressed
from handlers.screens import Screen
from handlers.views.flat import flat, flat_list
from handlers.views.market import unlooked
from handlers.views.status import status_view
from handlers.views.view import Verb, View
from handlers.waiting import show_waiting


async def analyze(
    _message: Message,
    command: CommandObject,
    screen: Screen,
    form_decisions: FormDecisions,
    propose_trades: ProposeTrades,
    read_status: ReadStatus,
    read_card: ReadCard,
    read_market: ReadMarket,
    change_settings: ChangeSettings,
) -> None:
    settings = await change_settings.read()
    symbols = settings.symbols
    if command.args:
        symbols = (symbol(command.args, change_settings.available),)
    decisions = await form_decisions(symbols, settings.timeframe, settings.tuning)
    await _tell(await propose_trades(decisions), screen, read_status, read_card)
    await _excuse(symbols, decisions, settings.timeframe, screen, read_market)


async def analyze_pressed(
    query: CallbackQuery,
    press: Press,
    screen: Screen,
    form_decisions: FormDecisions,
    propose_trades: ProposeTrades,
    read_status: ReadStatus,
    read_card: ReadCard,
    read_market: ReadMarket,
    change_settings: ChangeSettings,
) -> None:
    await screen.toast(query)
    settings = await change_settings.read()
    symbols = (press.subject,)
    decisions = await form_decisions(symbols, settings.timeframe, settings.tuning)
    await _tell(await propose_trades(decisions), screen, read_status, read_card)
    await _excuse(symbols, decisions, settings.timeframe, screen, read_market)


async def _excuse(
    symbols: Sequence[str],
    decisions: Sequence[Decision],
    timeframe: Timeframe,
    screen: Screen,
    read_market: ReadMarket,
) -> None:
    """Whatever nobody could decide on is named, with the reason."""
    decided = {decision.symbol for decision in decisions}
    rest = [symbol for symbol in symbols if symbol not in decided]
    if rest:
        await screen.show(unlooked(screen.reader, await read_market(rest, timeframe)))


async def _tell(
    answers: Sequence[Answer], screen: Screen, read_status: ReadStatus, read_card: ReadCard
) -> None:
    """New cards come by themselves; one that waits is shown again; the rest is explained."""
    facts = await read_status()
    refused = [(a.decision, a.outcome) for a in answers if isinstance(a.outcome, Refusal)]
    waits = {card.plan.symbol for card in facts.waiting} & {d.symbol for d, _ in refused}
    quiet = [(d, refusal) for d, refusal in refused if d.symbol not in waits]
    await show_waiting(screen, facts, read_card, waits)
    if len(quiet) == 1:
        await screen.show(flat(screen.reader, *quiet[0], facts))
    elif quiet:
        await screen.show(flat_list(screen.reader, quiet, facts))


async def waiting(
    query: CallbackQuery, screen: Screen, read_status: ReadStatus, read_card: ReadCard
) -> None:
    await screen.toast(query)
    await show_waiting(screen, await read_status(), read_card)


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
    await screen.toast(query, screen.reader.t("resume.done"))


def build() -> Router:
    router = Router(name=__name__)
    router.message.register(analyze, Command("analyze", ignore_case=True))
    router.message.register(status, Command("status", ignore_case=True))
    router.message.register(pause, Command("pause", ignore_case=True))
    router.message.register(resume, Command("resume", ignore_case=True))
    router.callback_query.register(analyze_pressed, Pressed(Verb.ANALYZE))
    router.callback_query.register(waiting, Pressed(Verb.WAITING))
    router.callback_query.register(resume_pressed, Pressed(Verb.RESUME))
    return router
