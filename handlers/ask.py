"""Plain words are questions: answered from the ledger, stopped at will, and never obeyed."""

from datetime import timedelta
from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message, MessageGenerationStopped

from core.ask.asking import LONGEST_QUESTION, AskDesk
from core.domain.talk import Suggested
from core.errors import ButtonSpent
from handlers.answering import Answering
from handlers.later import Later
from handlers.pressed import Press, Pressed
from handlers.screens import Screen
from handlers.start import COMMANDS
from handlers.views.ask import closed
from handlers.views.view import Verb, View

AT_ONCE = timedelta(0)
NEVER_SUGGESTED = frozenset({"start", "cancel"})
SUGGESTIBLE = tuple(command for command in COMMANDS if command not in NEVER_SUGGESTED)

# Whatever is typed behind these, they only show something.
LOOKING = frozenset({"chart", "history", "market", "news", "report", "why"}) & frozenset(COMMANDS)

# These only show something as long as nothing is typed behind them.
SHOWING = LOOKING | frozenset(
    {
        "alerts",
        "analysts",
        "backtests",
        "budget",
        "calibration",
        "events",
        "help",
        "me",
        "orders",
        "portfolio",
        "positions",
        "status",
        "verifier",
    }
) & frozenset(COMMANDS)


def only_shows(suggestion: Suggested) -> bool:
    """Is this safe to be one tap away? `/budget` shows, and `/budget 40` does something."""
    return suggestion.command in (LOOKING if suggestion.words else SHOWING)


class Conversations:
    """Who is being answered just now: one question at a time in each chat."""

    def __init__(self) -> None:
        self._running: dict[int, Answering] = {}
        self._drafts = True

    async def ask(
        self, message: Message, screen: Screen, later: Later, ask_desk: AskDesk | None = None
    ) -> None:
        t, text = screen.reader.t, message.text or ""
        if ask_desk is None:
            await screen.show(closed(screen.reader, COMMANDS))
        elif screen.chat in self._running:
            await screen.show(View(t("ask.busy")))
        elif len(text) > LONGEST_QUESTION:
            await screen.show(View(t("ask.too_long", most=f"{LONGEST_QUESTION:,}")))
        else:
            answering = Answering(
                screen, ask_desk, text, message.message_id, only_shows, self._drafts, self._over
            )
            self._running[screen.chat] = answering
            later(AT_ONCE, answering)

    async def stop(self, query: CallbackQuery, press: Press, screen: Screen) -> None:
        """Our own button."""
        if not self._stopped(screen.chat, press.subject):
            raise ButtonSpent(button=press.subject)
        await screen.toast(query)

    async def stopped(self, event: MessageGenerationStopped, screen: Screen) -> None:
        """Telegram's own button."""
        self._stopped(screen.chat, str(event.draft_id))

    def _stopped(self, chat: int, question: str) -> bool:
        answering = self._running.get(chat)
        if answering is None or str(answering.id) != question:
            return False
        answering.stop()
        return True

    def _over(self, answering: Answering) -> None:
        """Once Telegram has refused a draft, no other is tried."""
        self._running.pop(answering.screen.chat, None)
        self._drafts = answering.drafts


async def suggested(
    query: CallbackQuery, press: Press, screen: Screen, event_router: Router, **data: Any
) -> None:
    """Does what the person would have got for typing it, and nothing that needs more than a look."""
    suggestion = Suggested(press.subject, press.argument)
    if query.message is None or not only_shows(suggestion):
        raise ButtonSpent(button=press.subject)
    await screen.toast(query)
    typed = Message(
        message_id=query.message.message_id,
        date=screen.wall.now(),
        chat=query.message.chat,
        from_user=query.from_user,
        text=suggestion.text,
    ).as_(query.bot)
    await _top(event_router).propagate_event("message", typed, **data, screen=screen)


def _top(router: Router) -> Router:
    """The first of all routers: from there every command finds its handler."""
    return router if router.parent_router is None else _top(router.parent_router)


def build() -> Router:
    router = Router(name=__name__)
    conversations = Conversations()
    router.message.register(conversations.ask, F.text & ~F.text.startswith("/"))
    router.stopped_message_generation.register(conversations.stopped)
    router.callback_query.register(conversations.stop, Pressed(Verb.STOP_ANSWER))
    router.callback_query.register(suggested, Pressed(Verb.SUGGESTED))
    return router
