"""Asks a second model what speaks against the trades that the desk is about to propose.

It sees the candidate, the features and the open positions, but neither money nor who wanted the
trade; all that it can do is to let pass, to make smaller, or to veto.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.domain.model import Prompt, PromptKind
from core.domain.objection import LONGEST_NOTE, Objection, Objector
from core.domain.opinion import Decision
from core.domain.proposal import Candidate
from core.domain.trading import Side
from core.prompt import texts
from core.prompt.asking import NAMES, SIDES, fenced, told
from core.prompt.features import BP
from core.prompt.opinions import HIGHEST, LOWEST
from core.prompt.parsing import Faults, has_keys, number, objects, read_object, words
from core.prompt.schemas import GROUNDS, MULTIPLIERS, VERDICTS, VERSION, objection_schema
from core.prompt.sheet import Row, Sheet, digest_of, nonce_of
from core.prompt.versions import PROMPT_VERSIONS
from core.prompt.wording import plain

KEYS = frozenset({"symbol", "verdict", "size_mult", "reasons", "p_target_first", "note"})
MOST = dict(zip(VERDICTS, (Decimal(1), Decimal("0.5"), Decimal(0)), strict=True))
ELSEWHERE = "OTHER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """An open position, without its size. Basis points count from the price now; `age` is hours,
    a level that is not set is None.
    """

    symbol: str
    side: Side
    entry_bps: float
    age: float
    stop_bps: float | None = None
    target_bps: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A candidate, what the committee came to, and the numbers behind it; not who said what."""

    candidate: Candidate
    row: Row
    p_up: float
    p_target_first: float
    break_even: float
    expected: float
    disagreement: float

    @property
    def text(self) -> str:
        side = SIDES[self.candidate.side]
        return (
            f"CANDIDATE {self.row.alias} {side}: p_up {self.p_up:.3f}"
            f" p_target_first {self.p_target_first:.3f} break_even {self.break_even:.3f}"
            f" expected {self.expected * BP:.1f} disagreement {self.disagreement:.3f}"
        )


def case_of(candidate: Candidate, decision: Decision, sheet: Sheet) -> Case:
    return Case(
        candidate=candidate,
        row=sheet.row(candidate.symbol),
        p_up=decision.p_up,
        p_target_first=decision.best.p_target_first,
        break_even=decision.best.break_even,
        expected=decision.best.expected,
        disagreement=decision.disagreement,
    )


def risk(cases: Sequence[Case], holdings: Sequence[Holding], sheet: Sheet) -> Prompt:
    """One prompt for all candidates; in whatever order they come, it is the same."""
    shown = sorted(cases, key=lambda case: case.row.place)
    positions = sorted(_held(holding, sheet) for holding in holdings)
    digest = digest_of((sheet.hash, *(case.text for case in shown), "", *positions))
    parts = (_open(positions), *(f"{case.text}\n{told(case.row)}" for case in shown))
    aliases = [case.row.alias for case in shown]
    ending = (
        f"Judge each of these candidates once: {', '.join(aliases)}."
        f" Write every note in {NAMES[sheet.language]}."
    )
    return Prompt(
        kind=PromptKind.RISK,
        version=PROMPT_VERSIONS[PromptKind.RISK],
        schema_version=VERSION,
        system=texts.RISK,
        user=f"{fenced(nonce_of(digest), parts)}\n\n{ending}",
        schema=objection_schema(aliases),
        input=digest,
    )


def read_objections(text: str, cases: Sequence[Case], model: str) -> dict[str, Objection] | Faults:
    """By symbol. One that was not judged, or not as asked, is absent; of several the smallest
    counts, and so does the smaller of a verdict and a multiplier that contradict each other.
    """
    whole = read_object(text, ("schema_version", "objections"), VERSION)
    entries = whole if isinstance(whole, Faults) else objects(whole, "objections")
    if isinstance(entries, Faults):
        return entries
    symbols = {case.row.alias: case.candidate.symbol for case in cases}
    found: dict[str, Objection] = {}
    for entry in entries:
        symbol, objection = symbols.get(str(entry.get("symbol"))), _objection(entry, model)
        if symbol is None or objection is None:
            continue
        found[symbol] = min(objection, found.get(symbol, objection), key=lambda one: one.scale)
    return found


def _objection(entry: dict[str, object], model: str) -> Objection | None:
    scale = _scale(entry)
    if scale is None:
        return None
    stated, note = words(entry["reasons"]) or (), entry["note"]
    return Objection(
        by=Objector.VERIFIER,
        scale=scale,
        grounds=tuple(ground for ground in GROUNDS if ground in stated),
        note=plain(note, LONGEST_NOTE) if isinstance(note, str) else "",
        model=model,
        p_target_first=number(entry["p_target_first"], LOWEST, HIGHEST),
    )


def _scale(entry: dict[str, object]) -> Decimal | None:
    """What verdict and multiplier both allow."""
    verdict, multiplier = entry.get("verdict"), entry.get("size_mult")
    if not has_keys(entry, KEYS) or verdict not in VERDICTS or multiplier not in MULTIPLIERS:
        return None
    return min(MOST[str(verdict)], Decimal(str(multiplier)))


def _open(positions: Sequence[str]) -> str:
    return "\n".join(("OPEN POSITIONS", *(positions or ("none",))))


def _held(holding: Holding, sheet: Sheet) -> str:
    aliases = {row.symbol: row.alias for row in sheet.rows}
    name = aliases.get(holding.symbol, ELSEWHERE)
    return f"{name} {SIDES[holding.side]}: {' '.join(_levels(holding))}"


def _levels(holding: Holding) -> Iterator[str]:
    yield f"entry {holding.entry_bps:.0f} age {holding.age:.1f}"
    for name, level in (("stop", holding.stop_bps), ("target", holding.target_bps)):
        yield f"{name} none" if level is None else f"{name} {level:.0f}"
