"""From a model's answer to one view for each question: an opinion, or a reason why there is none.

A symbol that was answered badly costs that symbol only; what cannot be read at all is a fault, and
gives the model its second chance. `clash` says which probabilities contradict each other.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from core.domain.opinion import (
    Abstention,
    Doubt,
    Evidence,
    Invalidation,
    InvalidationKind,
    Opinion,
    Silence,
    View,
)
from core.domain.trading import Side
from core.prompt.parsing import Faults, has_keys, number, objects, read_object, words
from core.prompt.schemas import REASONS, VERSION
from core.prompt.sheet import Row, Sheet
from core.prompt.wording import plain

LOWEST, HIGHEST = 0.02, 0.98
FARTHEST = 100_000  # basis points, or candles
CLEARLY = 0.05
LONGEST_RATIONALE = 280
SIDE_KEYS: Mapping[Side, str] = {
    Side.BUY: "p_long_target_first",
    Side.SELL: "p_short_target_first",
}
KEYS = frozenset(
    {
        "symbol",
        "abstain",
        "abstain_reason",
        "p_up",
        *SIDE_KEYS.values(),
        "invalidation",
        "evidence",
        "counter_evidence",
        "doubts",
        "rationale",
    }
)
LEVEL = frozenset({"kind", "level"})
DOUBTS, KINDS = tuple(Doubt), tuple(InvalidationKind)
Entry = dict[str, object]


def read_opinions(text: str, sheet: Sheet, analyst: str) -> tuple[View, ...] | Faults:
    """One view a question, in the order they were asked."""
    entries = _entries(text)
    if isinstance(entries, Faults):
        return entries
    by_alias = defaultdict(list)
    for entry in entries:
        by_alias[str(entry.get("symbol"))].append(entry)
    return tuple(_view(by_alias[row.alias], row, analyst) for row in sheet.rows)


def hallucinated(text: str, sheet: Sheet) -> int:
    """How many ids an answer cites that were not shown: symbols, features, unknown numbers."""
    entries = _entries(text)
    if isinstance(entries, Faults):
        return 0
    shown = {row.alias: row.known for row in sheet.rows}
    return sum(_invented(entry, shown) for entry in entries)


def clash(p_up: float, sides: Mapping[Side, float], row: Row) -> bool:
    """Do the probabilities contradict each other?

    They do if p_up leans clearly one way (by 0.05 from one half) while the target of that side is
    clearly less likely than chance and the other side's clearly more. Where the targets lie beyond
    the stops, long and short cannot both win either, so their sum is at most 1.
    """
    long, short = (sides[side] for side in SIDE_KEYS)
    fair_long, fair_short = (row.fair[side] for side in SIDE_KEYS)
    if fair_long + fair_short <= 1 < long + short:
        return True
    lean, edge_long, edge_short = p_up - 0.5, long - fair_long, short - fair_short
    ahead, behind = (edge_long, edge_short) if lean > 0 else (edge_short, edge_long)
    return abs(lean) > CLEARLY and ahead < -CLEARLY and behind > CLEARLY


def _entries(text: str) -> list[Entry] | Faults:
    whole = read_object(text, ("schema_version", "opinions"), VERSION)
    return whole if isinstance(whole, Faults) else objects(whole, "opinions")


def _view(entries: Sequence[Entry], row: Row, analyst: str) -> View:
    if not entries:
        return Abstention(analyst, row.symbol, Silence.LEFT_OUT)
    entry = entries[0]
    if len(entries) > 1 or not has_keys(entry, KEYS):
        return Abstention(analyst, row.symbol, Silence.INVALID)
    abstains, rationale = entry["abstain"], entry["rationale"]
    if not isinstance(abstains, bool) or not isinstance(rationale, str):
        return Abstention(analyst, row.symbol, Silence.INVALID)
    note = plain(rationale, LONGEST_RATIONALE)
    if abstains:
        return Abstention(analyst, row.symbol, _reason(entry), note=note)
    return _opinion(entry, row, analyst, note)


def _opinion(entry: Entry, row: Row, analyst: str, rationale: str) -> View:
    p_up = number(entry["p_up"], LOWEST, HIGHEST)
    sides = _sides(entry)
    evidence, counter = words(entry["evidence"]), words(entry["counter_evidence"])
    doubts, invalidation = words(entry["doubts"]), _invalidation(entry["invalidation"])
    if p_up is None or sides is None or evidence is None or counter is None or doubts is None:
        return Abstention(analyst, row.symbol, Silence.INVALID, note=rationale)
    if entry["abstain_reason"] is not None or clash(p_up, sides, row):
        return Abstention(analyst, row.symbol, Silence.INCONSISTENT, note=rationale)
    return Opinion(
        analyst=analyst,
        symbol=row.symbol,
        p_up=p_up,
        p_target_first=sides,
        evidence=_shown(evidence, row),
        rationale=rationale,
        counter=_shown(counter, row),
        invalidation=invalidation,
        doubts=tuple(doubt for doubt in DOUBTS if doubt in doubts) if doubts else (),
    )


def _sides(entry: Entry) -> dict[Side, float] | None:
    sides: dict[Side, float] = {}
    for side, key in SIDE_KEYS.items():
        stated = number(entry[key], LOWEST, HIGHEST)
        if stated is None:
            return None
        sides[side] = stated
    return sides


def _reason(entry: Entry) -> Silence:
    """An abstention stays one, whatever else is said."""
    stated = entry["abstain_reason"]
    return next((reason for reason in REASONS if reason == stated), Silence.INVALID)


def _invalidation(stated: object) -> Invalidation | None:
    """None where there is none, or none that means anything: it is shown, and decides nothing."""
    if not isinstance(stated, dict) or not has_keys(stated, LEVEL):
        return None
    kind = next((kind for kind in KINDS if kind == stated["kind"]), None)
    level = number(stated["level"], -FARTHEST, FARTHEST)
    return None if kind is None or level is None else Invalidation(kind, level)


def _shown(ids: Sequence[str], row: Row) -> tuple[Evidence, ...]:
    known = row.known
    return tuple([Evidence(each, known[each]) for each in ids if each in known])


def _invented(entry: Entry, shown: Mapping[str, Mapping[str, float]]) -> int:
    known = shown.get(str(entry.get("symbol")))
    if known is None:
        return 1
    cited = (words(entry.get(key)) or () for key in ("evidence", "counter_evidence"))
    return sum(each not in known for ids in cited for each in ids)
