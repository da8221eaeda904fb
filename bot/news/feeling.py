"""The fear and greed index: asked every hour, a month of it at a time."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from bot.news.errors import Failed
from bot.news.fetching import Page
from bot.news.moments import since_1970
from core.domain.news import Mood, MoodClass

INDEX = "https://api.alternative.me/fng/?limit=30&format=json"

Fetching = Callable[[str, Mapping[str, str] | None], Awaitable[Page]]


class Day(BaseModel):
    """The index writes its numbers as words."""

    value: str
    value_classification: str
    timestamp: str


class IndexAnswer(BaseModel):
    data: list[Day]


@dataclass(frozen=True, slots=True)
class AskMood:
    """Raises Unheard."""

    fetch: Fetching

    async def __call__(self) -> tuple[Mood, ...]:
        page = await self.fetch(INDEX, None)
        return moods(page.body)


def moods(body: bytes) -> tuple[Mood, ...]:
    try:
        answer = IndexAnswer.model_validate_json(body)
        felt = [_mood(day) for day in answer.data]
    except (ValidationError, ValueError):
        raise Failed("not the index's answer") from None
    if not felt:
        raise Failed("an index without a day")
    return tuple(felt)


def _mood(day: Day) -> Mood:
    time = since_1970(day.timestamp)
    if time is None:
        raise ValueError(f"no time: {day.timestamp!r}")
    kind = MoodClass(day.value_classification.strip().lower().replace(" ", "_"))
    return Mood(time, int(day.value), kind)
