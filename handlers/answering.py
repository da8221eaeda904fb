"""Shows an answer while it is being written: as a draft where Telegram knows drafts, else edited."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramNotFound

from core.ask.asking import Answer, AskDesk, Question
from core.domain.talk import Suggested
from handlers.screens import Screen
from handlers.views.ask import answered, thinking, written
from handlers.views.view import View

logger = logging.getLogger(__name__)

EVERY_DRAFT = 1.0
EVERY_EDIT = 1.5
DRAFT_LASTS = 20.0
WAITS = (2.0, 10.0, 30.0)


class Paper(Protocol):
    """Where an answer is shown as it grows."""

    @property
    def every(self) -> float:
        """At most so often, in seconds."""
        ...

    async def draw(self, text: str) -> bool:
        """False where this cannot be done here at all."""
        ...

    async def finish(self, view: View) -> None: ...


@dataclass
class Draft:
    """A preview with Telegram's own button to stop it; it lasts half a minute unless drawn again."""

    screen: Screen
    id: int

    @property
    def every(self) -> float:
        return EVERY_DRAFT

    async def draw(self, text: str) -> bool:
        shown = written(self.screen.reader, self.screen.origin, text)
        try:
            await self.screen.bot.send_message_draft(
                self.screen.chat, self.id, text=shown or None, can_stop=True
            )
        except (TelegramBadRequest, TelegramNotFound) as error:
            logger.info("no drafts here: %s", error.message)
            return False
        return True

    async def finish(self, view: View) -> None:
        await self.screen.show(view)


@dataclass
class Sheet:
    """A message that is edited, with a button of ours to stop it."""

    screen: Screen
    id: int
    message: int = 0

    @property
    def every(self) -> float:
        return EVERY_EDIT

    async def draw(self, text: str) -> bool:
        view = thinking(self.screen.reader, text, str(self.id))
        if self.message:
            await self.screen.change(self.message, view, photo=False)
        else:
            self.message = (await self.screen.show(view)).message_id
        return True

    async def finish(self, view: View) -> None:
        if not (self.message and await self.screen.change(self.message, view, photo=False)):
            await self.screen.show(view)


@dataclass
class Answering:
    """One answer on its way. `id` is the question's message; `drafts` says whether they are known."""

    screen: Screen
    ask: AskDesk
    question: str
    id: int
    only_shows: Callable[[Suggested], bool]
    drafts: bool
    over: Callable[["Answering"], None]
    text: str = ""
    answer: Answer | None = None
    stopped: bool = False
    done: asyncio.Event = field(default_factory=asyncio.Event)
    task: "asyncio.Task[None] | None" = None

    def stop(self) -> None:
        """The model's call ends with it."""
        self.stopped = True
        if self.task is not None:
            self.task.cancel()

    async def __call__(self) -> None:
        paper: Paper = Draft(self.screen, self.id) if self.drafts else Sheet(self.screen, self.id)
        try:
            async with asyncio.TaskGroup() as tasks:
                self.task = tasks.create_task(self._answer())
                self.task.add_done_callback(lambda _: self.done.set())
                paper = await self._draw(paper)
        finally:
            self.over(self)
            if not _is_ending():
                await self._finish(paper)

    async def _finish(self, paper: Paper) -> None:
        """What was paid for should be read: while Telegram is away it is tried again."""
        view = self._view()
        for wait in WAITS:
            try:
                return await paper.finish(view)
            except AiogramError as error:
                logger.warning("an answer cannot be shown: %s", type(error).__name__)
                await asyncio.sleep(wait)
        return await paper.finish(view)

    async def _answer(self) -> None:
        if self.stopped:
            return
        reader = self.screen.reader
        asked = Question(
            chat=self.screen.chat, text=self.question, language=reader.person.language
        )
        self.answer = await self.ask(asked, self._hear)

    def _hear(self, text: str) -> None:
        self.text = text

    def _view(self) -> View:
        """Without an answer and not stopped, something broke: the log says what."""
        reader = self.screen.reader
        if self.answer is None and not self.stopped:
            return View(reader.t("error.unexpected"))
        answer = self.answer or Answer(text=self.text)
        return answered(reader, answer, self.only_shows, stopped=self.answer is None)

    async def _draw(self, paper: Paper) -> Paper:
        """Until the answer is there; another paper where this one is not known."""
        drawn, idle = None, 0.0
        while not self.done.is_set():
            if self.text != drawn or idle > DRAFT_LASTS:
                drawn, idle = self.text, 0.0
                if not await self._drawn(paper, drawn):
                    paper, drawn, self.drafts = Sheet(self.screen, self.id), None, False
                    continue
            with suppress(TimeoutError):
                async with asyncio.timeout(paper.every):
                    await self.done.wait()
            idle += paper.every
        return paper

    async def _drawn(self, paper: Paper, text: str) -> bool:
        """While Telegram is away the answer goes on without being seen."""
        try:
            return await paper.draw(text)
        except AiogramError as error:
            logger.info("an answer waits to be shown: %s", type(error).__name__)
            return True


def _is_ending() -> bool:
    """Is the process going down? Then nobody is told anything more."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
