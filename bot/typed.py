"""What people type, read into values; what cannot be read is refused in one sentence."""

import argparse
import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import NoReturn, TypeVar

from bot.errors import WrongQuestion
from core.domain.market import Timeframe
from core.domain.people import Language

CENTURY = 36_500
THOUSANDS = re.compile(r"k[A-Z0-9]+(?:/[A-Z:]+)?$")
UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
Choice = TypeVar("Choice", bound=StrEnum)


class Parser(argparse.ArgumentParser):
    """Refuses in one sentence, as every command of the desk does."""

    def error(self, message: str) -> NoReturn:
        raise WrongQuestion(f"{message} ({self.prog} --help)")


def day(text: str) -> date:
    """Between 1970 and 2199, so that nothing counted from it leaves the calendar."""
    try:
        read = date.fromisoformat(text)
    except ValueError:
        read = date.min
    if not 1970 <= read.year < 2200:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2024-01-31")
    return read


def days(text: str) -> int:
    number = count(text)
    if number > CENTURY:
        raise argparse.ArgumentTypeError(f"{text} days are more than a century")
    return number


def length(text: str) -> timedelta:
    """90m, 6h or 3d."""
    number, unit = _whole(text[:-1]), UNITS.get(text[-1:])
    if not number or unit is None or number * unit > timedelta(days=CENTURY):
        raise argparse.ArgumentTypeError(f"{text!r} is no length such as 90m, 6h or 3d")
    return number * unit


def one_of(choices: type[Choice], *left_out: Choice) -> Callable[[str], Choice]:
    """A reader of an enumeration's values."""
    known = {choice.value: choice for choice in choices if choice not in left_out}

    def read(text: str) -> Choice:
        if text not in known:
            raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(known)}")
        return known[text]

    return read


timeframe = one_of(Timeframe)
language = one_of(Language)


def speed(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number < 1e7:
        raise argparse.ArgumentTypeError(f"{text!r} is no speed: a number from 0 up")
    return number


def port(text: str) -> int:
    number = _whole(text)
    if number is None or number > 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: a number from 0 to 65535")
    return number


def count(text: str) -> int:
    number = _whole(text)
    if not number:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 up")
    return number


def seed(text: str) -> int:
    number = _whole(text)
    if number is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no seed: a whole number from 0 up")
    return number


def _whole(text: str) -> int | None:
    """Nine digits are enough for everything that is counted here."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def sum_of_money(text: str) -> Decimal:
    number = _decimal(text)
    if number is None or not 0 < number < 10**12:
        raise argparse.ArgumentTypeError(f"{text!r} is no sum of money above 0")
    return number


def fraction(text: str) -> Decimal:
    """0.0002 and 0.02% are the same."""
    number = _decimal(text.removesuffix("%"))
    if number is not None and text.endswith("%"):
        number /= 100
    if number is None or not 0 <= number < Decimal("0.5"):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no fraction such as 0.0002 or 0.02%, and below 50%"
        )
    return number


def share(text: str) -> Decimal:
    """0.25 and 25% are the same; everything is 1."""
    number = _decimal(text.removesuffix("%"))
    if number is not None and text.endswith("%"):
        number /= 100
    if number is None or not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no share such as 0.25 or 25%")
    return number


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def named(text: str) -> tuple[str, str]:
    """NAME=VALUE."""
    name, equals, value = text.partition("=")
    if not (name.strip() and equals and value.strip()):
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name.strip(), value.strip()


def symbols(text: str) -> tuple[str, ...]:
    """BTC, BTCUSDT and BTC/USDT are taken for BTC/USDT:USDT; BTC/KRW says what it is."""
    return tuple(_symbol(word) for word in text.split(",") if word.strip())


def _symbol(word: str) -> str:
    """The k of kPEPE, a thousand, is small where venues write it so."""
    name = word.strip() if THOUSANDS.match(word.strip()) else word.strip().upper()
    if ":" in name or name.partition("/")[2] not in {"", "USDT"}:
        return name
    base = name.partition("/")[0].removesuffix("USDT") or name
    return f"{base}/USDT:USDT"
