"""/chart: a market to look at; its timeframe and its lines change in place at a tap."""

from typing import Protocol

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from core.chart import ReadChart
from core.domain.market import Timeframe
from core.domain.people import Person
from core.owner import ChangeSettings
from handlers.arguments import market
from handlers.pressed import Press, Pressed
from handlers.screens import Screen
from handlers.views.chart.card import chart_view
from handlers.views.chart.looks import USUAL, Looks, looks
from handlers.views.view import Verb


class Notes(Protocol):
    """Who remembers a text under a key?"""

    async def get(self, key: str) -> str | None: ...

    async def put(self, key: str, value: str) -> None: ...


async def typed(
    _message: Message,
    command: CommandObject,
    person: Person,
    screen: Screen,
    change_settings: ChangeSettings,
    read_chart: ReadChart,
    notes: Notes,
) -> None:
    """With the lines that this person had on last."""
    settings, choices = await change_settings.read(), change_settings.choices
    symbol, frame = market(command.args or "", settings, choices)
    facts = await read_chart(symbol, frame)
    shown = await _remembered(person, notes)
    await screen.show(chart_view(screen.reader, facts, shown, choices.timeframes))


async def change(
    query: CallbackQuery,
    press: Press,
    person: Person,
    screen: Screen,
    change_settings: ChangeSettings,
    read_chart: ReadChart,
    notes: Notes,
) -> None:
    frame, _, text = press.argument.partition(" ")
    facts = await read_chart(press.subject, Timeframe(frame))
    await screen.toast(query)
    shown, frames = looks(text), change_settings.choices.timeframes
    await notes.put(_key(person), str(shown))
    view = chart_view(screen.reader, facts, shown, frames)
    await screen.change(press.message_id, view, photo=press.photo)


async def _remembered(person: Person, notes: Notes) -> Looks:
    text = await notes.get(_key(person))
    return USUAL if text is None else looks(text)


def _key(person: Person) -> str:
    return f"chart.looks.{person.id}"


def build() -> Router:
    router = Router(name=__name__)
    router.message.register(typed, Command("chart", ignore_case=True))
    router.callback_query.register(change, Pressed(Verb.CHART))
    return router
