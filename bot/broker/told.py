"""What venues tell, read strictly: what is missing, or is no number, is no answer at all."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Any

from core.domain.market import from_millis
from core.errors import BrokerUnavailable

Told = Mapping[str, Any]
NONSENSE = (LookupError, TypeError, ValueError, ArithmeticError, AttributeError)


@contextmanager
def told_by(title: str) -> Iterator[None]:
    """An answer that cannot be read is none."""
    try:
        yield
    except NONSENSE as error:
        raise BrokerUnavailable(venue=title, why=f"nonsense, {type(error).__name__}") from error


def row(answer: object) -> Told:
    if not isinstance(answer, Mapping):
        raise TypeError("a venue told no object")
    return answer


def rows(answer: object) -> list[Told]:
    if not isinstance(answer, list):
        raise TypeError("a venue told no list")
    return [row(each) for each in answer]


def text(told: Told, key: str) -> str:
    """A word or a whole number; an empty one is nonsense."""
    found = told[key]
    if isinstance(found, bool) or not isinstance(found, str | int) or found == "":
        raise ValueError(f"{key} is no word")
    return str(found)


def number(told: Told, key: str) -> Decimal:
    found = told[key]
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        raise TypeError(f"{key} is no number")
    told_as = Decimal(str(found))
    if not told_as.is_finite():
        raise ValueError(f"{key} is no number")
    return told_as


def number_or(told: Told, key: str, otherwise: Decimal) -> Decimal:
    """Where a venue leaves a cell empty that it has nothing to say in."""
    return number(told, key) if told.get(key) not in {None, ""} else otherwise


def flag(told: Told, key: str) -> bool:
    """Some venues write a truth as a word."""
    found = told[key]
    if isinstance(found, bool):
        return found
    if found in {"true", "false"}:
        return bool(found == "true")
    raise ValueError(f"{key} is neither true nor false")


def moment(told: Told, key: str) -> datetime:
    return from_millis(int(text(told, key)))


VENUES_OWN = "id:"


def name_or_id(told: Told, name: str, own: str) -> str:
    """Ours for an order; where a venue gave it none, its own behind a mark that no name has."""
    return str(told.get(name) or "") or f"{VENUES_OWN}{text(told, own)}"


def venues_own(client_order_id: str) -> str | None:
    """The venue's id, if that is what an order is called by."""
    is_own = client_order_id.startswith(VENUES_OWN)
    return client_order_id.removeprefix(VENUES_OWN) if is_own else None
