"""Writes each close's sheet and prompts once for all voices that ask alike."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from core.domain.model import Prompt
from core.domain.opinion import Question
from core.domain.people import Language
from core.domain.snapshot import MarketSnapshot
from core.prompt import Glances, Sheet, sheet

Write = Callable[[Sheet], Prompt]

KEPT = 12


@dataclass(frozen=True, slots=True)
class Written:
    """A sheet, what it is about, and the prompts that show it."""

    questions: tuple[Question, ...]
    aliased: bool
    sheet: Sheet
    prompts: dict[Write, Prompt] = field(default_factory=dict)

    def prompt(self, write: Write) -> Prompt:
        if write not in self.prompts:
            self.prompts[write] = write(self.sheet)
        return self.prompts[write]

    def answers(self, questions: Sequence[Question], language: Language, *, aliased: bool) -> bool:
        """These very questions: two that are equal may be about other candles."""
        if len(questions) != len(self.questions) or (language, aliased) != self._style:
            return False
        return all(a is b for a, b in zip(questions, self.questions, strict=True))

    @property
    def _style(self) -> tuple[Language, bool]:
        return self.sheet.language, self.aliased


class Sheets:
    """Whoever comes first writes it; the others wait, and go on in the order in which they came. Fifty
    symbols, which are looked at side by side, take some ten milliseconds of the loop: a thread would
    fight for the interpreter with the rules, and both would take longer.
    """

    def __init__(self) -> None:
        self._written: deque[Written] = deque(maxlen=KEPT)
        self._writing = asyncio.Lock()
        self._glances = Glances()

    async def of(
        self,
        snapshots: Sequence[MarketSnapshot],
        questions: Sequence[Question],
        language: Language,
        *,
        aliased: bool,
    ) -> Written:
        async with self._writing:
            for one in self._written:
                if one.answers(questions, language, aliased=aliased):
                    return one
            self._glances.of(snapshots)
            await asyncio.sleep(0)
            shown = sheet(snapshots, questions, language, aliased=aliased, glances=self._glances)
            made = Written(tuple(questions), aliased, shown)
            self._written.append(made)
            await asyncio.sleep(0)
            return made
