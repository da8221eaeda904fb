"""What asking about a stretch would cost, from the real prompts and the price table."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from bot.analysts.catalogue import Catalogue
from bot.backtest.witnesses import Batch, Moment, Witness, batch
from bot.cost.answers import opinions
from bot.cost.assuming import USUAL
from bot.cost.reckoning import UNTRIED, Reckoning
from bot.cost.sizing import Size
from core.domain.people import Language
from core.domain.tuning import Tuning
from core.prompt import FORECASTS, sheet, size_of, tokens
from core.voices.analyst import MOST_SYMBOLS

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Part:
    """What one model would be asked, and its price in US dollars."""

    witness: Witness
    calls: int = 0
    questions: int = 0
    cost: Decimal = NOTHING


@dataclass(frozen=True, slots=True)
class Pricing:
    """Prompts about equally many symbols are about equally long, so one of each is written."""

    catalogue: Catalogue
    language: Language
    known: dict[tuple[Witness, int], Decimal] = field(default_factory=dict)

    def of(self, witness: Witness, count: int, example: Callable[[], Batch]) -> Decimal:
        """A call about so many symbols."""
        if (witness, count) not in self.known:
            self.known[witness, count] = self._price(witness, example()[:count])
        return self.known[witness, count]

    def _price(self, witness: Witness, asked: Batch) -> Decimal:
        voice = witness.voice
        shown = sheet(
            [one.snapshot for one in asked],
            [one.question for one in asked],
            self.language,
            aliased=witness.aliased,
        )
        said = tokens(opinions(shown, self.language))
        size = Size(size_of(FORECASTS[voice.kind](shown)), said)
        return (
            Reckoning(self.catalogue, {voice.kind: size}, USUAL, UNTRIED)
            .line(voice, Decimal(1))
            .each
        )


def more(part: Part, count: int, pricing: Pricing, example: Callable[[], Batch]) -> Part:
    """With one more question about so many symbols, in as many calls as that takes."""
    calls = -(-count // MOST_SYMBOLS)
    lengths = [count * (n + 1) // calls - count * n // calls for n in range(calls)]
    costs = (pricing.of(part.witness, length, example) for length in lengths)
    return Part(part.witness, part.calls + calls, part.questions + count, sum(costs, part.cost))


def estimate(
    witnesses: Sequence[Witness],
    closes: Sequence[Moment],
    tuning: Tuning,
    pricing: Pricing,
    known: Collection[str] = (),
) -> tuple[Part, ...]:
    """Before anybody is asked anything; what is known already costs nothing."""
    parts = {witness: Part(witness) for witness in witnesses}
    for moment in closes:
        asked = batch(moment, tuning) if known else []
        for witness, part in parts.items():
            heard = sum(witness.key(one) in known for one in asked)
            left = len(moment) - heard
            parts[witness] = more(part, left, pricing, partial(batch, moment, tuning))
    return tuple(parts.values())
