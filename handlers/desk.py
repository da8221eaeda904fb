"""/analyze, /status, /pause: look now, and how the desk is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from core.accounts import ReadAccounts
from core.domain.market import Timeframe
from core.domain.opinion import Decision
from core.domain.proposal import Refusal
from core.engine import FormDecisions
from core.owner import ChangeSettings
from core.proposing import Answer, ProposeTrades
from core.reading import ReadCard, ReadStatus
from core.watching import ReadMarket
from handlers.accounts import beside
from handlers.arguments import symbol
from handlers.later import Later
from handlers.patience import patiently
from handlers.pressed import Press, Pressed
from handlers.screens import Screen
from handlers.views.flat import flat, flat_list
from handlers.views.market import unlooked
from handlers.views.status import status_view
from handlers.views.view import Verb, View
from handlers.waiting import show_waiting


@dataclass(frozen=True, slots=True)
class Looking:
    """Everything that looking now takes."""

    form: FormDecisions
    propose: ProposeTrades
    status: ReadStatus
    card: ReadCard
    market: ReadMarket
    settings: ChangeSettings
    later: Later
    under_way: set[tuple[str, ...]] = field(default_factory=set, init=False)

    async def __call__(self, screen: Screen, symbols: tuple[str, ...] = ()) -> None:
        """At these symbols, or at all that the account follows; new cards come by themselves.

        Asked again meanwhile, nobody is asked, and paid, a second time.
        """
        if symbols in self.under_way:
            await screen.show(View(screen.reader.t("analyze.asking")), silent=True)
            return
        await patiently(screen, self.later, partial(self._once, screen, symbols), "analyze.asking")

    async def _once(self, screen: Screen, symbols: tuple[str, ...]) -> None:
        self.under_way.add(symbols)
        try:
            await self._look(screen, symbols)
        finally:
            self.under_way.discard(symbols)

    async def _look(self, screen: Screen, symbols: tuple[str, ...]) -> None:
        settings = await self.settings.read()
        asked = symbols or settings.symbols
        decisions = await self.form(asked, settings.timeframe, settings.tuning, wanted=True)
        await _tell(await self.propose(decisions), screen, self.status, self.card)
        await _excuse(asked, decisions, settings.timeframe, screen, self.market)


async def analyze(
    _message: Message, command: CommandObject, screen: Screen, looking: Looking
) -> None:
    words = command.args
    symbols = (symbol(words, looking.settings.available),) if words else ()
    await looking(screen, symbols)


async def analyze_pressed(
    query: CallbackQuery, press: Press, screen: Screen, looking: Looking
) -> None:
    await screen.toast(query)
    await looking(screen, (press.subject,))


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


async def status(
    _message: Message, screen: Screen, read_status: ReadStatus, read_accounts: ReadAccounts
) -> None:
    view = status_view(screen.reader, await read_status())
    await screen.show(await beside(screen, view, read_accounts))


async def pause(_message: Message, screen: Screen, change_settings: ChangeSettings) -> None:
    await change_settings.pause()
    await screen.show(View(screen.reader.t("pause.done")))


def build() -> Router:
    router = Router(name=__name__)
    router.message.register(analyze, Command("analyze", ignore_case=True))
    router.message.register(status, Command("status", ignore_case=True))
    router.message.register(pause, Command("pause", ignore_case=True))
    router.callback_query.register(analyze_pressed, Pressed(Verb.ANALYZE))
    router.callback_query.register(waiting, Pressed(Verb.WAITING))
    return router
