"""Asks models about the past and writes their answers down, within a budget that is said first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.backtest.answers import Answer, input_of, sight
from core.backtest.history import SymbolHistory
from core.backtest.scenario import Scenario
from core.committee.question import question
from core.domain.market import to_millis
from core.domain.opinion import Opinion, Question
from core.domain.snapshot import MarketSnapshot
from core.indicators import indicators
from core.ports import Analyst
from core.rules.rule import shortest_history


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model that may be asked. `price` is what one question costs, in US dollars."""

    analyst: Analyst
    model: str
    prompt: str
    schema: str
    cutoff: date | None
    price: Decimal


@dataclass(frozen=True, slots=True)
class Estimate:
    """What recording a stretch would take."""

    questions: int
    cost: Decimal


Keep = Callable[[Sequence[Answer]], None]
Moments = Iterator[list[tuple[SymbolHistory, int]]]


def estimate(
    models: Sequence[Model], histories: Mapping[str, SymbolHistory], scenario: Scenario
) -> Estimate:
    """Before anybody is asked anything."""
    questions = sum(len(asked) for asked in _moments(histories, scenario))
    each = sum((model.price for model in models), Decimal(0))
    return Estimate(questions * len(models), questions * each)


async def record(
    models: Sequence[Model],
    histories: Mapping[str, SymbolHistory],
    scenario: Scenario,
    budget: Decimal,
    keep: Keep,
) -> Decimal:
    """Ask at every close, oldest first, until the budget would be overdrawn; what was spent.

    Each close is asked as one batch a model, and kept before the next one is asked.
    """
    spent = Decimal(0)
    for rows in _moments(histories, scenario):
        batch = [_ask(history, row, scenario) for history, row in rows]
        for model in models:
            cost = model.price * len(batch)
            if spent + cost > budget:
                return spent
            spent += cost
            keep(await _answers(model, batch))
    return spent


async def _answers(model: Model, batch: list[tuple[MarketSnapshot, Question]]) -> list[Answer]:
    snapshots, questions = zip(*batch, strict=True)
    views = await model.analyst.views(snapshots, questions)
    return [
        _answer(model, snapshot, asked, view)
        for (snapshot, asked), view in zip(batch, views, strict=True)
        if isinstance(view, Opinion)
    ]


def _answer(model: Model, snapshot: MarketSnapshot, asked: Question, view: Opinion) -> Answer:
    return Answer(
        voice=model.analyst.name,
        model=model.model,
        prompt=model.prompt,
        schema=model.schema,
        sample=0,
        input=input_of(snapshot, asked),
        symbol=asked.symbol,
        as_of=asked.as_of,
        p_up=view.p_up,
        p_target_first=view.p_target_first,
        cutoff=model.cutoff,
    )


def _ask(history: SymbolHistory, row: int, scenario: Scenario) -> tuple[MarketSnapshot, Question]:
    seen = sight(history, row)
    return seen, question(seen, indicators(seen.frame), scenario.settings.tuning)


def _moments(histories: Mapping[str, SymbolHistory], scenario: Scenario) -> Moments:
    """At each close: whose candles ended there, with enough behind them to be asked about."""
    start, end = to_millis(scenario.start), to_millis(scenario.end)
    least = shortest_history(scenario.settings.tuning) - 1
    closes: dict[int, list[tuple[SymbolHistory, int]]] = {}
    for history in histories.values():
        step = history.frame.timeframe.milliseconds
        for row, opened in enumerate(history.frame.time.tolist()):
            if row >= least and start < opened + step <= end:
                closes.setdefault(opened + step, []).append((history, row))
    for close in sorted(closes):
        yield closes[close]
