"""One message to be: its words in Telegram's HTML, its buttons, and perhaps a picture."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.picture import Picture


class Verb(StrEnum):
    """What a button does; together with a row's id it is all that Telegram carries."""

    APPROVE = "ok"
    HALF = "half"
    ADJUST = "adj"
    SIZE = "size"
    STOP = "stop"
    TARGET = "tgt"
    CARD = "card"
    WAITING = "wait"
    WHY = "why"
    REJECT = "no"
    REPRICE = "new"
    LONG = "long"
    SHORT = "short"
    ANALYZE = "look"
    POSITION = "pos"
    POSITIONS = "list"
    BREAK_EVEN = "be"
    TRAIL = "trail"
    EDIT = "edit"
    MOVE_STOP = "sl"
    MOVE_TARGET = "tp"
    ASK_HALF = "half?"
    ASK_CLOSE = "all?"
    CLOSE = "close"
    REPORT = "rep"
    TRADES = "trades"
    CSV = "csv"
    SETTINGS = "set"
    PROFILE = "prof"
    LIMIT = "lim"
    APPROVAL = "appr"
    SMALL = "small"
    ABSENCE = "abs"
    SYMBOL = "sym"
    TIMEFRAME = "tf"
    LANGUAGE = "lang"
    TARGETS = "two"
    RESUME = "go"
    FLATTEN = "flat"
    KEEP_STOPS = "keep"
    ADOPT = "adopt"
    STRANGER = "found"
    ASK_SELL = "sell?"
    SELL = "sell"
    MINE = "mine"
    FORM = "ask"
    TEST = "test"
    STOP_TEST = "halt"
    TESTS = "tests"
    TICK = "tick"
    RESULT = "made"
    MONTHS = "mon"
    ASKED = "how"
    PAPER = "file"
    PARAMETERS = "set2"
    ASK_TUNE = "tune?"
    TUNE = "tune"
    UNTUNE = "back"
    MARKET = "mkt"
    MARKETS = "mkts"
    CHART = "chart"
    MUTE = "mute"
    DROP_EVENT = "ev-"
    DROP_ALERT = "al-"
    SET_ALERT = "al+"
    LEAVE = "leave"
    NEWS = "news"
    NEWS_NOTE = "news?"
    CALIBRATION = "cal"
    SUGGESTED = "say"
    STOP_ANSWER = "hush"
    ASK_BALANCE = "bal?"


@dataclass(frozen=True, slots=True)
class Key:
    """A button to be: `once` keys move money and are spent by their first press."""

    label: str
    verb: Verb
    subject: str = ""
    argument: str = ""
    once: bool = False
    seconds: int | None = None


Keyboard = tuple[tuple[Key, ...], ...]


@dataclass(frozen=True, slots=True)
class View:
    text: str
    keyboard: Keyboard = ()
    picture: Picture | None = None
