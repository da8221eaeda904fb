"""Models that mean harm, and strangers who publish orders: everything that they say is drawn from a seed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from core.domain.model import (
    Failure,
    Model,
    Prompt,
    PromptKind,
    Repair,
    Reply,
    Said,
    Source,
    Unsaid,
    Usage,
)
from core.domain.news import Item, NewsFact, Publisher, Tier
from core.news.facts import fact_of
from tests.model_fakes import PRICE
from tests.simulation.models_answers import (
    TRICKS,
    good,
    hostile,
    item,
    names_in,
    objection,
    opinion,
    written,
)
from tests.simulation.models_words import INJECTIONS

SECRET = "sk-planted-9f8e7d6c5b4a"
USAGE = Usage(input=1_000, output=500)
SOURCES = (
    Source("https://www.reuters.com/a", published="2024-01-01T11:05:00Z"),
    Source("https://www.coindesk.com/b"),
)
HEADLINES = 8
CALM = 0.6
FORECASTS = {PromptKind.MARKET, PromptKind.INDICATORS}

Answers = Callable[[Random, Prompt], str]


@dataclass
class HostileOracle:
    """The same question gets the same answer, so that two lives can be compared."""

    seed: str
    says: Answers
    asked: list[Prompt] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)

    async def ask(self, prompt: Prompt, repair: Repair | None = None) -> Reply:
        self.asked.append(prompt)
        dice = Random(f"{self.seed}|{prompt.kind}|{repair is not None}")
        if dice.random() < 0.05:
            failure = dice.choice((Failure.REFUSED, Failure.TIMEOUT, Failure.REJECTED))
            return Unsaid(failure=failure, detail=f"401: Incorrect API key provided: {SECRET}")
        text = self.says(dice, prompt)
        self.outputs.append(text)
        return Said(text=text, usage=USAGE, model="who knows", sources=SOURCES)


def forecasts(long: bool) -> Answers:
    """Mostly a strong view on which all agree, so that there is something to trade."""

    def says(dice: Random, prompt: Prompt) -> str:
        if dice.random() > CALM:
            return hostile(dice, prompt)[1]
        whole = good(dice, prompt)
        names = [one["symbol"] for one in whole["opinions"]]
        whole["opinions"] = [opinion(dice, name, long) for name in names]
        return written(whole)

    return says


def verdicts(seed: str) -> Answers:
    """About each symbol by itself, whatever else is asked about; or nothing that can be read."""

    def says(dice: Random, prompt: Prompt) -> str:
        if Random(f"{seed}|read").random() < 0.15:
            return dice.choice(TRICKS[7:])(Random(f"{seed}|noise"), prompt)[:50]
        names = [one["symbol"] for one in good(dice, prompt)["objections"]]
        said = [objection(Random(f"{seed}|{name}"), name) for name in names]
        return written({"schema_version": "1", "objections": said})

    return says


def facts(dice: Random, prompt: Prompt) -> str:
    """Half of the time as loud as it can be said."""
    if dice.random() < 0.4:
        return hostile(dice, prompt)[1]
    said = [loud(dice, name) for name in names_in(prompt) if dice.random() < 0.7]
    return written({"schema_version": "1", "items": said})


def loud(dice: Random, name: str):
    """What would be believed: two known sites, an hour ago."""
    return item(dice, name) | {
        "coins": [name],
        "published_at": "2024-01-01T11:00:00Z",
        "source_idx": [0, 1],
        "event_type": dice.choice(("hack", "regulation", "listing", "liquidation")),
        "direction": dice.choice(("up", "down", "unclear")),
        "materiality": dice.choice(("1", "2", "3")),
    }


def model(name: str) -> Model:
    return Model(provider=name, name=name, price=PRICE)


def headlines(seed: int, now) -> tuple[NewsFact, ...]:
    """Eight texts of strangers a seed, in turn, as far as the desk's cleaning lets them through."""
    start = seed * HEADLINES
    texts = [INJECTIONS[(start + n) % len(INJECTIONS)] for n in range(HEADLINES)]
    told = (
        Item(text, f"https://evil.example/{n}?q=<b>", now - timedelta(minutes=n + 1))
        for n, text in enumerate(texts)
    )
    by = Publisher("Wire <b>&", Tier.PRIMARY)
    return tuple(fact for one in told if (fact := fact_of(one, by, now)) is not None)


@dataclass
class Strangers:
    """`core.ports.News` and `core.ports.Tidings` in memory."""

    titles: Sequence[NewsFact]
    kept: list = field(default_factory=list)

    async def facts(self, symbol, since, limit, until=None):
        return tuple(self.titles)[:limit]

    async def keep(self, tidings) -> None:
        self.kept += tidings

    async def recent(self, since):
        return tuple(one for one in self.kept if one.seen_at >= since)
