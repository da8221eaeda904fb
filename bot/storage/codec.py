"""How a value of the desk becomes JSON and comes back equal: exact decimals, times, enums."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from bot.storage.errors import DeskStorageError
from core.domain.notice import Notice, NoticeKind

T = TypeVar("T", bound=Hashable)


def encode(value: Hashable) -> str:
    return _adapter(type(value)).dump_json(value).decode()


def decode(kind: type[T], body: str) -> T:
    try:
        value = _adapter(kind).validate_json(body)
    except ValidationError as error:
        raise DeskStorageError(f"a stored {kind.__name__} cannot be read: {error}") from error
    if not isinstance(value, kind):
        raise DeskStorageError(f"a stored {kind.__name__} is empty")
    return value


@cache
def _adapter(kind: type[Hashable]) -> TypeAdapter[Any]:
    """Built on first use: each costs a few milliseconds.

    The None is there because a bare dataclass would not take the config.
    """
    return TypeAdapter(kind | None, config=ConfigDict(ser_json_inf_nan="strings"))


@dataclass(frozen=True, slots=True)
class _Exact:
    decimal: Decimal


@dataclass(frozen=True, slots=True)
class _Time:
    time: datetime


@dataclass(frozen=True, slots=True)
class _StoredNotice:
    """A notice whose numbers say what they are: "5" may be text, a decimal or neither."""

    account: str
    kind: NoticeKind
    at: datetime
    subject: str
    numbers: Mapping[str, _Exact | _Time | int | str]
    silent: bool


def encode_notice(notice: Notice) -> str:
    numbers = {name: _named(number) for name, number in notice.numbers.items()}
    return encode(
        _StoredNotice(
            notice.account, notice.kind, notice.at, notice.subject, numbers, notice.silent
        )
    )


def decode_notice(body: str) -> Notice:
    stored = decode(_StoredNotice, body)
    numbers = {name: _plain(number) for name, number in stored.numbers.items()}
    return Notice(stored.account, stored.kind, stored.at, stored.subject, numbers, stored.silent)


def _named(number: Decimal | datetime | int | str) -> _Exact | _Time | int | str:
    match number:
        case Decimal():
            return _Exact(number)
        case datetime():
            return _Time(number)
    return number


def _plain(number: _Exact | _Time | int | str) -> Decimal | datetime | int | str:
    match number:
        case _Exact():
            return number.decimal
        case _Time():
            return number.time
    return number
