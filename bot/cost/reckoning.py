"""A month's bill for a profile: how often each model is asked, how much it reads and says."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot.analysts.catalogue import Catalogue, Profile, Provider, Voice
from bot.cost.assuming import MONTH_HOURS, TOKENIZERS, Assumptions
from bot.cost.sizing import Size
from core.domain.market import Timeframe
from core.domain.model import PromptKind, Usage
from core.spending.likely import REASONING

ONE = Decimal(1)
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Habit:
    """What so many real calls of a kind have come to on average; `usage` is of the one."""

    calls: int
    usage: Usage
    cost: Decimal


@dataclass(frozen=True, slots=True)
class Past:
    """What the ledger knows: habits by (model, kind), and how often the verifier was asked."""

    habits: Mapping[tuple[str, PromptKind], Habit]
    verified: Decimal | None = None


UNTRIED = Past({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One model in one part. Tokens are of one call; `recorded` real calls stand behind them."""

    voice: Voice
    calls: Decimal
    usage: Usage
    each: Decimal
    recorded: int = 0

    @property
    def month(self) -> Decimal:
        return self.calls * self.each


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """US dollars a month, at prices as of a day."""

    profile: str
    symbols: int
    every: Timeframe
    prices: date
    lines: tuple[Line, ...]
    assumed: Assumptions
    verified_from_record: bool

    @property
    def month(self) -> Decimal:
        return sum((line.month for line in self.lines), NOTHING)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The numbers behind every line."""

    catalogue: Catalogue
    sizes: Mapping[PromptKind, Size]
    assumed: Assumptions
    past: Past

    def cost(self, name: str, symbols: int, every: Timeframe) -> Cost:
        """Raises WrongSetting for an unknown profile."""
        return Cost(
            profile=name,
            symbols=symbols,
            every=every,
            prices=self.catalogue.as_of,
            lines=tuple(self._lines(self.catalogue.profile(name), every)),
            assumed=replace(self.assumed, verified=self._verified),
            verified_from_record=self.past.verified is not None,
        )

    @property
    def _verified(self) -> Decimal:
        return self.assumed.verified if self.past.verified is None else self.past.verified

    def _lines(self, profile: Profile, every: Timeframe) -> Iterator[Line]:
        closes = closes_a_month(every) * self.assumed.asked
        for voice in profile.voices:
            yield self.line(voice, closes)
        if profile.verifier:
            yield self.line(profile.verifier, closes * self._verified)
        if profile.news:
            yield self.line(profile.news, min(closes, Decimal(MONTH_HOURS)))

    def line(self, voice: Voice, calls: Decimal) -> Line:
        """So many calls to one model."""
        habit = self.past.habits.get((voice.name, voice.kind))
        if habit:
            return Line(
                voice=voice, calls=calls, usage=habit.usage, each=habit.cost, recorded=habit.calls
            )
        usage = self._usage(voice)
        each = voice.model.price.of(usage) * (ONE + self.assumed.repairs)
        return Line(voice=voice, calls=calls, usage=usage, each=each)

    def _usage(self, voice: Voice) -> Usage:
        """Thinking is paid like speaking; both together end where an answer is cut off."""
        size = self.sizes[voice.kind]
        counts = _tokenizer(self.catalogue.providers.get(voice.model.provider))
        reasoning = REASONING[voice.model.effort]
        output = min(round(size.said * counts) + reasoning, voice.model.max_output)
        found = voice.searches * self.assumed.search_tokens
        return Usage(
            input=round(size.asked * counts) + found,
            output=output,
            reasoning=min(reasoning, output),
            searches=voice.searches,
        )


def closes_a_month(every: Timeframe) -> Decimal:
    hours = Decimal(every.milliseconds) / Decimal(Timeframe.H1.milliseconds)
    return MONTH_HOURS / hours


def by_model(lines: Iterable[Line]) -> dict[str, Decimal]:
    return _summed((line.voice.name, line.month) for line in lines)


def by_purpose(lines: Iterable[Line]) -> dict[str, Decimal]:
    return _summed((line.voice.kind.value, line.month) for line in lines)


def _summed(parts: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for name, amount in parts:
        sums[name] = sums.get(name, NOTHING) + amount
    return sums


def _tokenizer(provider: Provider | None) -> Decimal:
    return TOKENIZERS.get(provider.kind, ONE) if provider else ONE
