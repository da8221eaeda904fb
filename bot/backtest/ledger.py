"""What a desk's own models said when it lived, heard again: questions are written anew, nobody is asked.

The ledger knows who was asked about what, and the market as it was seen then; the minutes know the
answer to that very prompt. An answer counts in a backtest whose question is the same event: the same
close and price, the same distances and horizon.
"""

import asyncio
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import groupby

from bot.analysts.catalogue import Catalogue, Voice
from bot.analysts.models_file import load_catalogue
from bot.backtest.room import Room, opened
from bot.backtest.stretch import Stretch
from bot.backtest.witnesses import Asked, Witness, batch
from bot.errors import WrongQuestion
from bot.settings import Settings, database_url, load_settings
from bot.storage.calls import read_calls
from bot.storage.database import Database
from bot.storage.minutes import SqlMinutes
from bot.storage.sights import SqlSights
from core.backtest.answers import Answer
from core.backtest.history import SymbolHistory
from core.committee.question import question
from core.domain.model import Call, Failure, Model, Price, PromptKind
from core.domain.opinion import Abstention, Question, View
from core.domain.people import Language
from core.domain.snapshot import MarketSnapshot
from core.domain.trading import Side
from core.domain.tuning import Tuning
from core.indicators import indicators

FORECASTS = (PromptKind.MARKET, PromptKind.INDICATORS)
BEGINNING, END = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
PROMPTLY = timedelta(minutes=5)
LOOSE, TIGHT = 1e-3, 1e-9
FREE = Price(input=Decimal(0), output=Decimal(0), cached=Decimal(0), cache_write=Decimal(0))


def ledger_answers(market: Stretch, tuning: Tuning) -> tuple[Answer, ...]:
    """Raises WrongQuestion where there is no ledger, and WrongSetting."""
    settings = load_settings()
    if not settings.database_url and not settings.database_file.exists():
        raise WrongQuestion(f"--answers ledger: there is none in {settings.data_dir}")
    catalogue = load_catalogue(settings.models_file)
    return asyncio.run(_heard(market, tuning, settings, catalogue))


async def _heard(
    market: Stretch, tuning: Tuning, settings: Settings, catalogue: Catalogue
) -> tuple[Answer, ...]:
    async with opened(database_url(settings.database_url, settings.data_dir)) as database:
        calls = await database.read(read_calls, BEGINNING, END)
        again = HearAgain(market, tuning, catalogue, database, settings.symbol_aliases)
        last = market.end + market.timeframe.duration
        inside = (call for call in calls if market.start < call.as_of < last)
        return tuple([one for each in grouped(inside) for one in await again(each)])


def grouped(calls: Iterable[Call]) -> list[list[Call]]:
    """The calls of each question: a second turn belongs to the first."""

    def about(call: Call) -> tuple[datetime, str, str, str, tuple[str, ...]]:
        return call.as_of, call.provider, call.model, call.kind.value, call.symbols

    asked = (call for call in calls if call.kind in FORECASTS and call.symbols)
    return [list(group) for _, group in groupby(sorted(asked, key=about), about)]


@dataclass(frozen=True, slots=True)
class HearAgain:
    """One question of the ledger; `aliased` is tried first. Who was asked long after the close knew
    more than a backtest may tell.
    """

    market: Stretch
    tuning: Tuning
    catalogue: Catalogue
    database: Database
    aliased: bool

    async def __call__(self, calls: Sequence[Call]) -> list[Answer]:
        call, cost = calls[0], sum((one.cost for one in calls), Decimal(0))
        seen = [await self._seen(symbol, call.as_of) for symbol in call.symbols]
        shown = [one for one in seen if one is not None]
        if len(shown) < len(seen):
            return []
        questions = [question(one, indicators(one.frame), self.tuning) for one in shown]
        if any(call.as_of - about.began_at > PROMPTLY for about in questions):
            return []
        witness, views = await self._views(_voice(call, self.catalogue), shown, questions)
        pairs = zip(questions, views, strict=True)
        answers = [self._answer(witness, about, view) for about, view in pairs]
        share = cost / len(call.symbols)
        return [replace(answer, cost=share) for answer in answers if answer]

    async def _views(
        self, voice: Voice, seen: Sequence[MarketSnapshot], questions: Sequence[Question]
    ) -> tuple[Witness, Sequence[View]]:
        """In whichever language, and by whichever names, it was asked."""
        minutes = SqlMinutes(self.database)
        witness = Witness(voice, self.aliased)
        views: Sequence[View] = ()
        for aliased in (self.aliased, not self.aliased):
            for language in Language:
                analyst = Room(language, minutes).analyst(voice, aliased=aliased)
                witness, views = Witness(voice, aliased), await analyst.views(seen, questions)
                if not any(map(_is_unrecorded, views)):
                    return witness, views
        return witness, views

    async def _seen(self, symbol: str, as_of: datetime) -> MarketSnapshot | None:
        """As it was kept; a desk over a record keeps none, and saw what the record says."""
        history = self.market.histories.get(symbol)
        if history is None:
            return None
        within = history.frame.timeframe.duration
        kept = await SqlSights(self.database).near(symbol, as_of, within)
        if kept is not None:
            return kept
        asked = self._asked(history, as_of)
        return asked.snapshot if asked else None

    def _answer(self, witness: Witness, about: Question, view: View) -> Answer | None:
        if isinstance(view, Abstention) and view.failure:
            return None
        asked = self._asked(self.market.histories[about.symbol], about.as_of)
        if asked is None or not is_same(about, asked.question):
            return None
        return witness.answer(asked, view)

    def _asked(self, history: SymbolHistory, as_of: datetime) -> Asked | None:
        """What a backtest asks at the close before a moment."""
        row = history.frame.closed_by(as_of) - 1
        if row < 0 or not math.isfinite(indicators(history.frame).atr[row]):
            return None
        return batch([(history, row)], self.tuning)[0]


def is_same(lived: Question, asked: Question) -> bool:
    """The same event: a living desk remembers fewer candles, which moves an ATR by a hair."""
    return (
        lived.horizon == asked.horizon
        and lived.began_at == asked.began_at
        and math.isclose(lived.price, asked.price, rel_tol=TIGHT)
        and all(
            math.isclose(mine, other, rel_tol=LOOSE)
            for side in Side
            for mine, other in (
                (lived.distances[side].stop, asked.distances[side].stop),
                (lived.distances[side].target, asked.distances[side].target),
            )
        )
    )


def _is_unrecorded(view: View) -> bool:
    return isinstance(view, Abstention) and view.failure == Failure.UNRECORDED


def _voice(call: Call, catalogue: Catalogue) -> Voice:
    """Of a model that the file no longer lists nobody knows the cut-off."""
    known = catalogue.models.get(call.model)
    model = known or Model(provider=call.provider, name=call.model, price=FREE)
    return Voice(replace(model, provider=call.provider), call.kind)
