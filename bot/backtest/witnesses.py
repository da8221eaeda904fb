"""What models are asked about the past: the closes of a stretch, and under what answers are kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.analysts.catalogue import Voice
from core.backtest.answers import Answer, key_of, sight
from core.backtest.history import SymbolHistory
from core.backtest.scenario import Scenario
from core.committee.question import question
from core.domain.market import to_millis
from core.domain.opinion import Opinion, Question, View
from core.domain.snapshot import MarketSnapshot
from core.domain.tuning import Tuning
from core.indicators import indicators
from core.prompt import PROMPT_VERSIONS, SCHEMA_VERSION, input_of
from core.rules.rule import shortest_history

NAMED = "named"


@dataclass(frozen=True, slots=True)
class Asked:
    """One symbol at one close; `input` names all of it."""

    snapshot: MarketSnapshot
    question: Question
    input: str


Moment = Sequence[tuple[SymbolHistory, int]]
Batch = Sequence[Asked]


@dataclass(frozen=True, slots=True)
class Witness:
    """A voice that may be asked about the past, by aliases or by the coins' own names."""

    voice: Voice
    aliased: bool = True

    @property
    def model(self) -> str:
        return f"{self.voice.model.provider}|{self.voice.name}"

    @property
    def prompt(self) -> str:
        """Another wording, and other names, are other questions."""
        kind = self.voice.kind
        parts = (kind.value, PROMPT_VERSIONS[kind], *(() if self.aliased else (NAMED,)))
        return "-".join(parts)

    def key(self, asked: Asked) -> str:
        return key_of(self.model, self.prompt, SCHEMA_VERSION, asked.input)

    def answer(self, asked: Asked, view: View) -> Answer:
        opinion = view if isinstance(view, Opinion) else None
        return Answer(
            voice=self.voice.name,
            model=self.model,
            prompt=self.prompt,
            schema=SCHEMA_VERSION,
            sample=0,
            input=asked.input,
            symbol=asked.question.symbol,
            as_of=asked.question.as_of,
            p_up=opinion.p_up if opinion else None,
            p_target_first=opinion.p_target_first if opinion else {},
            cutoff=self.voice.model.cutoff,
        )


def moments(
    histories: Mapping[str, SymbolHistory], scenario: Scenario
) -> Iterator[list[tuple[SymbolHistory, int]]]:
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


def batch(moment: Moment, tuning: Tuning) -> list[Asked]:
    """What the desk would have asked about all of them at once."""
    return [_asked(history, row, tuning) for history, row in moment]


def _asked(history: SymbolHistory, row: int, tuning: Tuning) -> Asked:
    seen = sight(history, row)
    about = question(seen, indicators(seen.frame), tuning)
    return Asked(seen, about, input_of(seen, about))
