"""Answers a question in plain words: the model looks things up, round after round, and then speaks."""

import asyncio
from dataclasses import dataclass, field, replace
from decimal import Decimal

from core.ask.arguments import read
from core.ask.ears import Hear
from core.ask.memory import Memory, Said
from core.ask.round import Heard, TakeTurn
from core.ask.suggesting import NAME, Suggestions, suggested, with_one_more
from core.ask.telling import fault, told
from core.ask.tools import Lookup, looked_up
from core.domain.model import Failure, PromptKind
from core.domain.people import Language
from core.domain.talk import Asked, Found, Suggested, Talk, Turn, Wanted
from core.ports import Clock
from core.prompt import PROMPT_VERSIONS
from core.prompt.talking import SYSTEM, question

ROUNDS = 6
CALLS = 8
PATIENCE = 60.0
LONGEST_QUESTION = 2_000
SHOWN = {"shown": True, "note": "the person sees it and decides"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What somebody asks in a chat, and the language they read."""

    chat: int
    text: str
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a question. The text is a model's own and not to be trusted; `failure` says why
    it is not the whole of it, or why there is none.
    """

    text: str = ""
    suggestions: tuple[Suggested, ...] = ()
    failure: Failure | None = None
    cost: Decimal = Decimal(0)


@dataclass
class _Course:
    """How far the answer to one question has come."""

    turns: tuple[Turn, ...]
    answer: Answer = field(default_factory=Answer)

    def came(self, heard: Heard) -> None:
        text = heard.text or self.answer.text
        cost = self.answer.cost + heard.cost
        self.answer = replace(self.answer, text=text, cost=cost, failure=heard.failure)


@dataclass(frozen=True, slots=True)
class AskDesk:
    """At most six rounds and a minute. Everything it holds can be read only."""

    clock: Clock
    take_turn: TakeTurn
    shelf: tuple[Lookup, ...]
    suggestions: Suggestions
    memory: Memory = field(default_factory=Memory)
    patience: float = PATIENCE

    async def __call__(self, asked: Question, hear: Hear) -> Answer:
        """`hear` gets the text so far, again and again."""
        now = self.clock.now()
        words = question(asked.text[:LONGEST_QUESTION], asked.language, now)
        course = _Course((*self.memory.turns(asked.chat, now), Asked(words)))
        try:
            async with asyncio.timeout(self.patience):
                await self._rounds(course, hear)
        except TimeoutError:
            course.answer = replace(course.answer, failure=Failure.TIMEOUT)
        if course.answer.text and course.answer.failure is None:
            self.memory.keep(asked.chat, Said(now, asked.text, course.answer.text))
        return course.answer

    async def _rounds(self, course: _Course, hear: Hear) -> None:
        for left in reversed(range(ROUNDS)):
            heard = await self.take_turn(self._talk(course, last=not left), hear)
            course.came(heard)
            if heard.failure or not heard.wanted:
                return
            found = [await self._found(course, n, one) for n, one in enumerate(heard.wanted)]
            course.turns = (*course.turns, heard.turn, *found)
        course.answer = replace(course.answer, failure=Failure.TRUNCATED)

    def _talk(self, course: _Course, *, last: bool) -> Talk:
        tools = (*(each.tool for each in self.shelf), self.suggestions.tool)
        version = PROMPT_VERSIONS[PromptKind.CHAT]
        return Talk(version=version, system=SYSTEM, turns=course.turns, tools=tools, last=last)

    async def _found(self, course: _Course, place: int, wanted: Wanted) -> Found:
        if place >= CALLS:
            return Found(wanted.id, fault(f"at most {CALLS} calls at once"))
        if wanted.tool == NAME:
            return Found(wanted.id, self._suggest(course, wanted))
        return Found(wanted.id, await looked_up(self.shelf, wanted))

    def _suggest(self, course: _Course, wanted: Wanted) -> str:
        given = read(wanted.arguments, self.suggestions.arguments)
        if isinstance(given, str):
            return fault(given)
        more = with_one_more(course.answer.suggestions, suggested(given))
        course.answer = replace(course.answer, suggestions=more)
        return told(SHOWN)
