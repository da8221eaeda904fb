"""Asks for opinions: one prompt for all symbols, what never changes first, the numbers last."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from core.domain.model import Prompt, PromptKind
from core.domain.opinion import Distances
from core.domain.people import Language
from core.domain.trading import Side
from core.prompt import texts
from core.prompt.features import FEATURES
from core.prompt.schemas import VERSION, opinion_schema
from core.prompt.sheet import Row, Sheet
from core.prompt.versions import PROMPT_VERSIONS

SIDES: Mapping[Side, str] = MappingProxyType({Side.BUY: "long", Side.SELL: "short"})
NAMES: Mapping[Language, str] = MappingProxyType({Language.KO: "Korean", Language.EN: "English"})


def market(sheet: Sheet) -> Prompt:
    """Candles and features."""
    parts = ("\n".join((told(row), *(t.text for t in row.tables))) for row in sheet.shown)
    return _opinions(PromptKind.MARKET, texts.MARKET, parts, sheet)


def indicators(sheet: Sheet) -> Prompt:
    """The same question about the features alone."""
    return _opinions(PromptKind.INDICATORS, texts.INDICATORS, map(told, sheet.shown), sheet)


FORECASTS: Mapping[PromptKind, Callable[[Sheet], Prompt]] = MappingProxyType(
    {PromptKind.MARKET: market, PromptKind.INDICATORS: indicators}
)


def told(row: Row) -> str:
    """What is asked about a symbol, and its features."""
    asked = f"{row.alias}: horizon {row.horizon:g} h; {_distances(row)}; data {row.grade}"
    return f"{asked}\nfeatures: {row.cited}"


def _distances(row: Row) -> str:
    """Once, where both sides are asked the same."""
    long, short = (_far(row.distances[side]) for side in SIDES)
    return f"long and short {long}" if long == short else f"long {long}; short {short}"


def _far(distances: Distances) -> str:
    stop, target = distances.stop, distances.target
    return f"stop {stop:g} target {target:g} chance {distances.fair:.2f}"


def fenced(nonce: str, parts: Iterable[str]) -> str:
    """A block of data that nothing inside it can close."""
    return "\n".join((f"DATA {nonce} begins", "\n\n".join(parts), f"DATA {nonce} ends"))


def _opinions(kind: PromptKind, system: str, parts: Iterable[str], sheet: Sheet) -> Prompt:
    aliases = [row.alias for row in sheet.shown]
    ending = (
        f"Answer for each of these symbols once: {', '.join(aliases)}."
        f" Write every rationale in {NAMES[sheet.language]}."
    )
    return Prompt(
        kind=kind,
        version=PROMPT_VERSIONS[kind],
        schema_version=VERSION,
        system=system,
        user=f"{fenced(sheet.nonce, parts)}\n\n{ending}",
        schema=opinion_schema(aliases, FEATURES),
        input=sheet.hash,
    )
