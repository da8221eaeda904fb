"""A parameter set that a search found, taken over for paper: asked once, and one tap leads back."""

from datetime import timedelta

from aiogram import Router
from aiogram.types import CallbackQuery

from core.domain.people import Person
from core.domain.tuning import Tuning
from core.errors import NotFound, TuningMoved
from core.owner import ChangeSettings, must_be_trader
from handlers.attention import Attention
from handlers.following import Bench
from handlers.pressed import Press, Pressed
from handlers.screens import Screen
from handlers.tunings import unpacked
from handlers.views.backtest.parameters import (
    CONFIRM_SECONDS,
    confirm_keys,
    parameters,
    tuned_view,
    use_keys,
)
from handlers.views.view import Verb, View


async def show(
    query: CallbackQuery,
    press: Press,
    screen: Screen,
    bench: Bench,
    change_settings: ChangeSettings,
    attention: Attention,
) -> None:
    view = await _card(press, screen, bench, change_settings)
    await screen.toast(query)
    if press.argument == "here":
        attention.close(screen.chat, press.message_id)
        await screen.change(press.message_id, view, photo=False)
    else:
        await screen.show(view)


async def ask(
    query: CallbackQuery,
    press: Press,
    person: Person,
    screen: Screen,
    bench: Bench,
    change_settings: ChangeSettings,
    attention: Attention,
) -> None:
    """The button turns into its own question, and back again by itself."""
    must_be_trader(person)
    now = (await change_settings.read()).tuning
    await screen.toast(query)
    attention.open(screen.chat, press.message_id, "confirm")
    await screen.keys(press.message_id, confirm_keys(screen.reader, press.subject, now))

    async def calm_down() -> None:
        if attention.page(screen.chat, press.message_id) == "confirm":
            attention.close(screen.chat, press.message_id)
            await screen.keys(press.message_id, use_keys(screen.reader, press.subject))

    bench.later(timedelta(seconds=CONFIRM_SECONDS), calm_down)


async def tune(
    query: CallbackQuery,
    press: Press,
    person: Person,
    screen: Screen,
    bench: Bench,
    change_settings: ChangeSettings,
    attention: Attention,
) -> None:
    """Only instead of the numbers that the card has shown as the old ones."""
    found, before = await _proposed(press, bench, change_settings), unpacked(press.argument)
    attention.close(screen.chat, press.message_id)
    await change_settings.tune(person, found, before, press.claim)
    await screen.toast(query, screen.reader.t("settings.saved"))
    view = tuned_view(screen.reader, press.subject, before, found)
    await screen.change(press.message_id, view, photo=False)


async def untune(
    query: CallbackQuery,
    press: Press,
    person: Person,
    screen: Screen,
    bench: Bench,
    change_settings: ChangeSettings,
) -> None:
    found = await _proposed(press, bench, change_settings)
    await change_settings.tune(person, unpacked(press.argument), found, press.claim)
    await screen.toast(query, screen.reader.t("settings.saved"))
    view = await _card(press, screen, bench, change_settings)
    await screen.change(press.message_id, view, photo=False)


async def _proposed(press: Press, bench: Bench, change_settings: ChangeSettings) -> Tuning:
    """Raises NotFound, TuningMoved where the account looks at other candles by now."""
    record = await bench.read.record(press.subject)
    if record.proposed is None:
        raise NotFound(proposal=press.subject)
    if record.question.timeframe is not (await change_settings.read()).timeframe:
        raise TuningMoved
    return record.proposed


async def _card(
    press: Press, screen: Screen, bench: Bench, change_settings: ChangeSettings
) -> View:
    record = await bench.read.record(press.subject)
    return parameters(screen.reader, press.subject, record, await change_settings.read())


def build() -> Router:
    router = Router(name=__name__)
    press = router.callback_query.register
    press(show, Pressed(Verb.PARAMETERS))
    press(ask, Pressed(Verb.ASK_TUNE))
    press(tune, Pressed(Verb.TUNE))
    press(untune, Pressed(Verb.UNTUNE))
    return router
