"""Both languages have every word that the code asks for, and no other."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from bot.backtest.parts import TRADE_COLUMNS
from bot.doctor.examining import Step
from bot.market.quality import Reason
from bot.telling import AT_THE_VENUE
from core.alerts.gauges import GAUGES
from core.backtest.filed import Status
from core.backtest.record import Banner, Kind, ModelUse
from core.chart import Remark, Trend
from core.domain.account import Mode
from core.domain.alert import Way
from core.domain.event import EventKind
from core.domain.market import Origin, Timeframe
from core.domain.model import Failure, PromptKind
from core.domain.news import MoodClass
from core.domain.notice import NoticeKind
from core.domain.objection import Ground, Objector
from core.domain.opinion import Silence, Verdict
from core.domain.people import Absence, Approval, Language, Profile
from core.domain.proposal import ProposalStatus, Rule
from core.domain.quality import Fault, Grade
from core.domain.restraint import Reason as Restrained
from core.domain.restraint import TradingState
from core.domain.secret import Field
from core.domain.tiding import Direction, TidingKind
from core.domain.trade import Exit
from core.domain.trading import OrderType, Side
from core.domain.tuning import Tuning
from core.errors import DeskError
from core.guard.entering import Barred
from core.owner import STEPS
from core.prompt import FEATURES
from core.rules.analyst import rule_analysts
from core.scoring.answering import Answered
from core.scoring.objecting import Word
from core.scoring.reliability import Event
from core.spending.caps import Bound
from core.spending.ladder import Rung, Stretch
from handlers.start import COMMANDS
from handlers.views.analysts.scorecards import SENTENCES
from handlers.views.backtest.comparison import FIGURES
from handlers.views.backtest.progress import STAGES
from handlers.views.chart.looks import Overlay, Study

ROOT = Path(__file__).parents[1]
SAID_PLAINLY = (
    NoticeKind.RESTARTED,
    NoticeKind.ACCOUNT_AWAY,
    NoticeKind.ACCOUNT_BACK,
    NoticeKind.JOB_FAILED,
    NoticeKind.DATA_ENDED,
    NoticeKind.DATA_AWAY,
    NoticeKind.DATA_BACK,
    NoticeKind.MODEL_ENDING,
    NoticeKind.MODEL_GONE,
    *AT_THE_VENUE,
    NoticeKind.LEASE_LOST,
)
FAMILIES = {
    "absence": Absence,
    "agrees": [approval for approval in Approval if approval is not Approval.SMALL],
    "analyst": [analyst.name for analyst in rule_analysts()],
    "answer": ProposalStatus,
    "answered": Answered,
    "approval": Approval,
    "banner": Banner,
    "check": [f"{k}.{o}" for k in ("lookahead", "recursion") for o in ("clean", "found", "none")],
    "command": COMMANDS,
    "crosses": Way,
    "doctor": Step,
    "event": EventKind,
    "events.wrong": (
        "date",
        "header",
        "importance",
        "minutes",
        "not_ics",
        "row",
        "time",
        "title",
        "too_large",
        "unreadable",
        "zone",
    ),
    "bound": Bound,
    "event_asked": Event,
    "direction": Direction,
    "exit": Exit,
    "me": [f"{a}.{v}" for a in SENTENCES for v in ("saved", "cost")],
    "objected": Word,
    "failure": Failure,
    "fault": [
        *(fault for fault in Fault if fault is not Fault.GAP),
        *("gap_stale", "gap_thin"),
    ],
    "feature": {name.removesuffix("_mid").removesuffix("_long") for name in FEATURES},
    "form": Kind,
    "frame": ("mid", "long"),
    "grade": Grade,
    "ground": Ground,
    "gate": Barred,
    "gauge": GAUGES,
    "keys.field": Field,
    "kind": Kind,
    "leaning": ("long", "flat", "short"),
    "limit": Rule,
    "limits": STEPS,
    "hello": Mode,
    "mode": Mode,
    "models": ModelUse,
    "mood": MoodClass,
    "notice": SAID_PLAINLY,
    "objection": Objector,
    "scale": ("whole", "half", "quarter", "none"),
    "objector": Objector,
    "opposer": Objector,
    "order": OrderType,
    "overlay": Overlay,
    "placebo": ("real", "alias", "flipped"),
    "origin": [origin for origin in Origin if origin is not Origin.LIVE],
    "profile": Profile,
    "purpose": PromptKind,
    "quality.reason": Reason,
    "reason": Restrained,
    "refusal": Rule,
    "remark": [remark for remark in Remark if remark is not Remark.STRONG],
    "rescue.status.lock": ("lives", "dead", "unseen"),
    "rescue.status.state": TradingState,
    "rung": [rung.name.lower() for rung in Rung],
    "settings.page": ("limits", "approval", "symbols", "language"),
    "side": Side,
    "silence": Silence,
    "short": FIGURES,
    "stage": STAGES,
    "stretch": Stretch,
    "study": Study,
    "test": (Status.FAILED, Status.STOPPED),
    "tiding": TidingKind,
    "tuning": [field.name for field in fields(Tuning)],
    "span": ("day", "week", "month", "all", "range"),
    "timeframe": Timeframe,
    "trade": TRADE_COLUMNS,
    "trend": Trend,
    "verdict": Verdict,
    "way": ("up", "down", "still"),
    "weekday": range(7),
    "won": {name for language in Language for name, _ in language.won_units} | {"small"},
}
KEY = re.compile(r"[a-z_]+(\.[a-z_0-9]+)+")


def catalogue(language: Language) -> dict[str, str]:
    path = ROOT / "locales" / language / "LC_MESSAGES" / "desk.po"
    with path.open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file, locale=language) if m.id}


WORDS = {language: catalogue(language) for language in Language}
TREES = [
    ast.parse(path.read_text(encoding="utf-8"))
    for folder in ("handlers", "bot")
    for path in sorted((ROOT / folder).rglob("*.py"))
]


@cache
def calls() -> tuple[tuple[str, ast.expr], ...]:
    return tuple(_calls())


def _calls() -> Iterator[tuple[str, ast.expr]]:
    """Every t(...) and t.of(...), with what it is asked first."""
    for tree in TREES:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args:
                name = ast.unparse(node.func).rpartition("reader.")[2]
                if name in {"t", "self.t", "t.of"}:
                    yield name.removeprefix("self."), node.args[0]


def literals(node: ast.expr) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value


def asked_families() -> set[str]:
    found = {literal for name, first in calls() if name == "t.of" for literal in literals(first)}
    for name, first in calls():
        if name == "t" and isinstance(first, ast.JoinedStr):
            found.add(next(literals(first)).removesuffix("."))
    return found


def asked_keys() -> set[str]:
    plain = {
        key
        for name, first in calls()
        if name == "t" and not isinstance(first, ast.JoinedStr)
        for key in literals(first)
        if KEY.fullmatch(key) or key in WORDS[Language.EN]
    }
    return plain | errors() | families()


def families() -> set[str]:
    used = asked_families()
    return {f"{name}.{m}" for name, members in FAMILIES.items() if name in used for m in members}


def errors() -> set[str]:
    return {kind.code for kind in DeskError.__subclasses__()}


def mentioned() -> set[str]:
    """Every string in the code that could be a key, also one that reaches t(...) in a variable."""
    return {text for tree in TREES for text in literals(tree)}  # type: ignore[arg-type]


@pytest.mark.parametrize("language", Language)
def test_every_word_that_is_asked_for_exists(language):
    assert asked_keys() - WORDS[language].keys() == set()


@pytest.mark.parametrize("language", Language)
def test_no_word_is_kept_that_nobody_asks_for(language):
    assert WORDS[language].keys() - asked_keys() - mentioned() == set()


def test_every_family_of_words_is_known_to_these_tests():
    assert asked_families() - FAMILIES.keys() == set()


def test_the_tests_find_the_words_at_all():
    assert len(asked_keys()) > 150
    assert {"refusal.paused", "error.not_found", "flat.title", "exit.stop"} <= asked_keys()


def test_both_languages_have_the_same_keys():
    assert WORDS[Language.KO].keys() == WORDS[Language.EN].keys()


@pytest.mark.parametrize("language", Language)
def test_no_word_is_empty(language):
    assert [key for key, text in WORDS[language].items() if not text.strip()] == []


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", sorted(WORDS[Language.EN]))
def test_both_languages_use_the_same_numbers(key):
    english, korean = (
        placeholders(WORDS[each].get(key, "")) for each in (Language.EN, Language.KO)
    )
    loose = key.startswith("won.")  # each language writes sums of won in its own units
    assert loose or english == korean


@pytest.mark.parametrize("language", Language)
def test_only_markup_that_telegram_knows_is_used(language):
    tags = {tag for text in WORDS[language].values() for tag in re.findall(r"</?(\w+)", text)}
    assert tags <= {"b", "i", "code", "pre"}
