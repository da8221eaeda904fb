"""Asks how a portfolio might be spread over the symbols. A suggestion to look at: nothing acts on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.domain.model import Prompt, PromptKind
from core.domain.people import Language
from core.prompt import texts
from core.prompt.asking import NAMES, fenced, told
from core.prompt.opinions import LONGEST_RATIONALE
from core.prompt.parsing import Faults, has_keys, objects, read_object
from core.prompt.schemas import CASH, STEPS, VERSION, balance_schema
from core.prompt.sheet import Sheet, digest_of, nonce_of
from core.prompt.versions import PROMPT_VERSIONS
from core.prompt.wording import plain

WHOLE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Percents by symbol, and of cash; together exactly 100."""

    weights: Mapping[str, int]
    cash: int
    rationale: str = ""

    def __post_init__(self) -> None:
        if sum(self.weights.values()) + self.cash != WHOLE or self.cash < 0:
            raise ValueError("weights and cash must make 100")


def balance(sheet: Sheet, weights: Mapping[str, int], language: Language) -> Prompt:
    """`weights` is what is held now, in percent; what it leaves to 100 is cash."""
    held = [f"{row.alias} {weights.get(row.symbol, 0)}" for row in sheet.shown]
    digest = digest_of((sheet.hash, *held, language))
    parts = ("\n".join(("HELD NOW, PERCENT", *held)), *map(told, sheet.shown))
    aliases = [row.alias for row in sheet.shown]
    ending = (
        f"Spread 100 percent over {', '.join(aliases)} and {CASH}."
        f" Write the rationale in {NAMES[language]}."
    )
    return Prompt(
        kind=PromptKind.BALANCE,
        version=PROMPT_VERSIONS[PromptKind.BALANCE],
        schema_version=VERSION,
        system=texts.BALANCE,
        user=f"{fenced(nonce_of(digest), parts)}\n\n{ending}",
        schema=balance_schema(aliases),
        input=digest,
    )


def read_balance(text: str, sheet: Sheet) -> Balance | Faults:
    """A symbol left out weighs nothing, and what is missing to 100 is cash; more than 100, an
    unknown name or a name twice is a fault.
    """
    whole = read_object(text, ("schema_version", "weights", "rationale"), VERSION)
    entries = whole if isinstance(whole, Faults) else objects(whole, "weights")
    if isinstance(whole, Faults) or isinstance(entries, Faults):
        return whole if isinstance(whole, Faults) else Faults(("`weights` must hold objects.",))
    stated = _stated(entries, (*(row.alias for row in sheet.rows), CASH))
    if isinstance(stated, Faults):
        return stated
    rationale = whole["rationale"]
    weights = {row.symbol: stated.get(row.alias, 0) for row in sheet.rows}
    return Balance(
        weights=weights,
        cash=WHOLE - sum(weights.values()),
        rationale=plain(rationale, LONGEST_RATIONALE) if isinstance(rationale, str) else "",
    )


def _stated(entries: list[dict[str, object]], names: Sequence[str]) -> dict[str, int] | Faults:
    found: dict[str, int] = {}
    for entry in entries:
        name, percent = entry.get("symbol"), entry.get("percent")
        if not has_keys(entry, ("symbol", "percent")) or name not in names:
            return Faults(("Every weight needs a `symbol` that was listed, and a `percent`.",))
        if percent not in STEPS or name in found:
            return Faults((f"`percent` must be one of {', '.join(STEPS)}, each symbol once.",))
        found[str(name)] = int(str(percent))
    if sum(found.values()) > WHOLE:
        return Faults((f"The weights sum to {sum(found.values())}, more than 100.",))
    return found
