"""/backtests: what has been tested, a card each, its papers, and two of them side by side."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.following import Bench
from handlers.pressed import Press, Pressed
from handlers.screens import Screen
from handlers.views.backtest.card import asked_view, months_view
from handlers.views.backtest.comparison import comparison
from handlers.views.backtest.listing import ON_A_PAGE, listing
from handlers.views.view import Verb, View

PAPERS = {"csv": "trades.csv", "html": "report.html"}


async def tests(_message: Message, screen: Screen, bench: Bench) -> None:
    await screen.show(await _list(screen, bench))


async def turn(query: CallbackQuery, press: Press, screen: Screen, bench: Bench) -> None:
    """Another page; from a card it is a message of its own, with that card ticked."""
    await screen.toast(query)
    if press.argument.isdigit():
        view = await _list(screen, bench, int(press.argument), press.subject)
        await screen.change(press.message_id, view, photo=False)
    else:
        await screen.show(await _list(screen, bench, ticked=press.subject))


async def tick(query: CallbackQuery, press: Press, screen: Screen, bench: Bench) -> None:
    """One waits for another; the second shows both."""
    await screen.toast(query)
    skip, _, ticked = press.argument.partition(" ")
    if ticked in {"", press.subject}:
        now = "" if ticked else press.subject
        view = await _list(screen, bench, int(skip), now)
        await screen.change(press.message_id, view, photo=False)
        return
    a, b = await bench.read.both(ticked, press.subject)
    await screen.show(comparison(screen.reader, a, b))


async def _list(screen: Screen, bench: Bench, skip: int = 0, ticked: str = "") -> View:
    return listing(screen.reader, await bench.read.page(skip, ON_A_PAGE), ticked)


async def result(query: CallbackQuery, press: Press, screen: Screen, bench: Bench) -> None:
    await screen.toast(query)
    await bench.shows(screen, press.subject)


async def detail(
    query: CallbackQuery, press: Press, verb: Verb, screen: Screen, bench: Bench
) -> None:
    """All months, or what was asked."""
    record = await bench.read.record(press.subject)
    await screen.toast(query)
    view = months_view if verb is Verb.MONTHS else asked_view
    await screen.show(view(screen.reader, record))


async def paper(query: CallbackQuery, press: Press, screen: Screen, bench: Bench) -> None:
    name = PAPERS[press.argument]
    content = await bench.read.paper(press.subject, name)
    if content is None:
        await screen.toast(query, screen.reader.t("result.no_paper"), show_alert=True)
        return
    await screen.toast(query)
    await screen.bot.send_document(screen.chat, BufferedInputFile(content, name))


def build() -> Router:
    router = Router(name=__name__)
    router.message.register(tests, Command("backtests", ignore_case=True))
    press = router.callback_query.register
    press(turn, Pressed(Verb.TESTS))
    press(tick, Pressed(Verb.TICK))
    press(result, Pressed(Verb.RESULT))
    press(detail, Pressed(Verb.MONTHS, Verb.ASKED))
    press(paper, Pressed(Verb.PAPER))
    return router
