"""/report, /balance: what has been earned and lost, with a curve, tables and a spreadsheet."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from core.accounts import ReadAccounts
from core.reading import ReadPositions, ReadStatus
from core.reports import MakeReport, Report
from handlers.accounts import beside
from handlers.arguments import MOST_ROWS, Span, span
from handlers.pressed import Press, Pressed
from handlers.screens import Screen
from handlers.views.fills_csv import fills_csv
from handlers.views.report import Asked, report_view
from handlers.views.tables import balance_view, trades_csv, trades_view
from handlers.views.view import Verb, View


async def report(
    _message: Message,
    command: CommandObject,
    screen: Screen,
    make_report: MakeReport,
    read_status: ReadStatus,
    read_accounts: ReadAccounts,
) -> None:
    view = await _report(command.args or "day", screen, make_report, read_status)
    await screen.show(await beside(screen, view, read_accounts))


async def report_pressed(
    query: CallbackQuery,
    press: Press,
    screen: Screen,
    make_report: MakeReport,
    read_status: ReadStatus,
    read_accounts: ReadAccounts,
) -> None:
    await screen.toast(query)
    view = await _report(press.argument or "day", screen, make_report, read_status)
    await screen.show(await beside(screen, view, read_accounts))


async def _report(
    words: str, screen: Screen, make_report: MakeReport, read_status: ReadStatus
) -> View:
    stretch, made = await _made(words, make_report)
    asked = Asked(stretch.name, words)
    return report_view(screen.reader, made, await read_status(), asked)


async def _made(words: str, make_report: MakeReport) -> tuple[Span, Report]:
    stretch = span(words, make_report.clock.now())
    return stretch, await make_report(stretch.start, stretch.end)


async def trades(
    query: CallbackQuery,
    press: Press,
    screen: Screen,
    make_report: MakeReport,
    read_positions: ReadPositions,
) -> None:
    await screen.toast(query)
    _, made = await _made(press.argument, make_report)
    view = trades_view(screen.reader, made.closed, read_positions.origin, MOST_ROWS)
    await screen.show(view)


async def spreadsheet(
    query: CallbackQuery, press: Press, screen: Screen, make_report: MakeReport
) -> None:
    await screen.toast(query)
    _, made = await _made(press.argument, make_report)
    fills = BufferedInputFile(fills_csv(made.booked), "fills.csv")
    await screen.bot.send_document(screen.chat, fills)
    file = BufferedInputFile(trades_csv(made.closed), "trades.csv")
    await screen.bot.send_document(screen.chat, file)


async def balance(_message: Message, screen: Screen, read_status: ReadStatus) -> None:
    facts = await read_status()
    await screen.show(balance_view(screen.reader, facts.account, facts.origin))


def build() -> Router:
    router = Router(name=__name__)
    router.message.register(report, Command("report", ignore_case=True))
    router.message.register(balance, Command("balance", ignore_case=True))
    router.callback_query.register(report_pressed, Pressed(Verb.REPORT))
    router.callback_query.register(trades, Pressed(Verb.TRADES))
    router.callback_query.register(spreadsheet, Pressed(Verb.CSV))
    return router
