"""The words in which tables are written: one metadata, and short ways to say a column."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Index, MetaData, Text

from bot.storage.columns import Moment, Money

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def key(name: str, kind: Any = Text, *, counted: bool = False) -> Column[Any]:
    return Column(name, kind, primary_key=True, autoincrement=counted)


def some(kind: Any, *names: str) -> Iterator[Column[Any]]:
    return (Column(name, kind, nullable=False) for name in names)


def maybe(kind: Any, *names: str) -> Iterator[Column[Any]]:
    return (Column(name, kind, nullable=True) for name in names)


def index(*names: str) -> Index:
    return Index(None, *names)


def activity() -> Iterator[Column[Any]]:
    """A fill has amount, price and fee; a funding payment has funding and rate."""
    yield from some(Text, "type", "symbol")
    yield from maybe(Text, "client_order_id", "side", "liquidity", "cause")
    yield from maybe(Money, "amount", "price", "fee", "realized", "funding", "rate")
    yield from some(Moment, "time")
    yield from some(Text, "body")
