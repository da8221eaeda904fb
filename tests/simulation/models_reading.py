"""What readers may make of a hostile answer: less than was asked, and never anything else."""

from collections.abc import Iterator
from functools import cache
from random import Random

from core.domain.model import Prompt, Said, Source, Usage
from core.domain.objection import SCALES, Objection
from core.domain.opinion import Opinion
from core.domain.people import Language
from core.domain.tiding import Tiding
from core.news.cleaning import clean
from core.prompt import (
    Faults,
    balance,
    case_of,
    indicators,
    market,
    news,
    read_balance,
    read_news,
    read_objections,
    read_opinions,
    risk,
    sheet,
)
from tests.builders import NOON, candidate, decision
from tests.core.voices.markets import asked, seen
from tests.simulation.models_answers import hostile

SYMBOLS = ("BTC/USDT:USDT", "ETH/USDT:USDT", "SOL/USDT:USDT")
COINS = tuple(symbol.partition("/")[0] for symbol in SYMBOLS)
SOURCES = (
    Source("https://www.reuters.com/a", published="2024-01-01T11:05:00Z"),
    Source("https://evil.example/<b>", "<b>title</b>", "9999-99-99"),
    Source("javascript:alert(1)"),
)


class Examiner:
    """One of each question; `judge` reads an answer to it and says what was wrong with the result."""

    def __init__(self, readers=None) -> None:
        snapshots = [seen(symbol) for symbol in SYMBOLS]
        questions = asked(*snapshots)
        self.sheet = sheet(snapshots, questions, Language.EN)
        wishes = [(candidate(symbol=q.symbol), decision(symbol=q.symbol)) for q in questions[:2]]
        self.cases = [case_of(wish, made, self.sheet) for wish, made in wishes]
        self.prompts = (
            market(self.sheet),
            indicators(self.sheet),
            risk(self.cases, [], self.sheet),
            news(COINS, [], NOON, Language.EN),
            balance(self.sheet, {}, Language.EN),
        )
        self.readers = readers or {}

    def judge(self, prompt: Prompt, text: str) -> Iterator[str]:
        reads = {
            "market": self._opinions,
            "indicators": self._opinions,
            "risk": self._objections,
            "news": self._tidings,
            "balance": self._balance,
        }
        return reads[prompt.kind](text)

    def _read(self, name, usual):
        return self.readers.get(name, usual)

    def _opinions(self, text: str) -> Iterator[str]:
        found = self._read("opinions", read_opinions)(text, self.sheet, "voice")
        if isinstance(found, Faults):
            return
        if tuple(view.symbol for view in found) != SYMBOLS:
            yield "legal: not one view for each question"
            return
        for view, row in zip(found, self.sheet.rows, strict=True):
            if isinstance(view, Opinion):
                yield from _opinion(view, row)
            else:
                yield from line(view.note, 280)

    def _objections(self, text: str) -> Iterator[str]:
        found = self._read("objections", read_objections)(text, self.cases, "judge")
        if isinstance(found, Faults):
            return
        if not set(found) <= {case.candidate.symbol for case in self.cases}:
            yield "legal: an objection to what nobody wanted"
        for one in found.values():
            yield from objected(one)

    def _tidings(self, text: str) -> Iterator[str]:
        said = Said(text=text, usage=Usage(), model="m", sources=SOURCES)
        found = self._read("news", read_news)(said, COINS, NOON)
        if not isinstance(found, Faults):
            for one in found:
                yield from _tiding(one)

    def _balance(self, text: str) -> Iterator[str]:
        found = self._read("balance", read_balance)(text, self.sheet)
        if isinstance(found, Faults):
            return
        if set(found.weights) != set(SYMBOLS) or min(found.weights.values()) < 0:
            yield "legal: a weight for what is not held"
        yield from line(found.rationale, 280)


def _opinion(view: Opinion, row) -> Iterator[str]:
    if not all(0.02 <= p <= 0.98 for p in (view.p_up, *view.p_target_first.values())):
        yield f"legal: a probability out of bounds, {view.p_up}"
    cited = {one.code: one.value for one in (*view.evidence, *view.counter)}
    if cited != {code: row.known.get(code) for code in cited}:
        yield "legal: evidence that was never shown"
    yield from line(view.rationale, 280)


def objected(one: Objection) -> Iterator[str]:
    if one.scale not in SCALES or one.scale > 1:
        yield f"shrink: an objection scales by {one.scale}"
    yield from line(one.note, 200)


def _tiding(one: Tiding) -> Iterator[str]:
    if not set(one.coins) <= set(COINS):
        yield "legal: a fact about a coin that nobody asked about"
    if one.materiality > 1 and len(one.domains) < 2:
        yield "legal: one site alone was believed"
    if any(not url.startswith("http") for url in one.urls):
        yield "legal: a link that is none"
    if clean(one.fact) != one.fact:
        yield "clean: a fact that is not clean"
    yield from line(one.fact, 160)


def line(text: str, longest: int) -> Iterator[str]:
    """What is shown is one line of what can be seen."""
    if len(text) > longest or not text.isprintable():
        yield f"clean: not one clean line of {longest}: {text[:60]!r}"


@cache
def examiner() -> Examiner:
    return Examiner()


def readings(dice: Random, count: int, examines: Examiner) -> Iterator[tuple[str, str, str]]:
    """The trick, what was read, and what was wrong with it (or nothing), answer by answer."""
    for _ in range(count):
        prompt = dice.choice(examines.prompts)
        trick, text = hostile(dice, prompt)
        try:
            broken = "; ".join(examines.judge(prompt, text))
        except Exception as error:  # noqa: BLE001 - that nothing raises is one of the laws
            broken = f"alive: {error!r}"
        yield trick, prompt.kind.value, broken
