"""Any value of the desk, drawn from what its fields say they may hold."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import EnumMeta
from functools import cache
from types import NoneType, UnionType
from typing import Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from core.domain.objection import SCALES, Objection
from core.domain.opinion import Distances, Opinion
from core.domain.trading import Order, Side
from core.domain.tuning import VOICES, Tuning

MONEY = st.decimals(allow_nan=False, allow_infinity=False)
CHANCE = st.floats(0, 1)
DISTANCE = st.floats(min_value=0, exclude_min=True)
LEAVES = {
    str: st.text(),
    int: st.integers(-(2**70), 2**70),
    bool: st.booleans(),
    float: st.floats(allow_nan=False),
    Decimal: MONEY,
    datetime: st.datetimes(timezones=st.just(UTC)),
    timedelta: st.timedeltas(timedelta(days=-9999), timedelta(days=9999)),
    NoneType: st.none(),
}
COUNT = st.integers(1, 2**70)
CAREFUL = {
    Tuning: {
        "quorum": COUNT,
        **dict.fromkeys(("horizon", "fresh", "channel"), st.integers(2, 500)),
        **dict.fromkeys(("stop_in_atr", "target_in_stops"), DISTANCE),
        "fixed_stop": st.floats(0, 1, exclude_max=True),
        "prior": st.floats(0),
        "voices": st.lists(st.sampled_from(VOICES), min_size=1, unique=True).map(tuple),
    },
    Order: {
        "amount": MONEY.filter(lambda amount: amount > 0),
        "price": MONEY,
        "stop_price": MONEY.filter(bool),
    },
    Opinion: {
        "p_up": CHANCE,
        "p_target_first": st.fixed_dictionaries(dict.fromkeys(Side, CHANCE)),
    },
    Objection: {"scale": st.sampled_from(SCALES)},
    Distances: {"stop": DISTANCE, "target": DISTANCE},
}


@cache
def anything(kind):
    if kind in LEAVES:
        return LEAVES[kind]
    if isinstance(kind, EnumMeta):
        return st.sampled_from(kind)
    if is_dataclass(kind):
        return _built(kind)
    return _generic(kind)


def _built(kind):
    hints = get_type_hints(kind)
    parts = {field.name: anything(hints[field.name]) for field in fields(kind) if field.init}
    return st.builds(kind, **(parts | CAREFUL.get(kind, {})))


def _generic(kind):
    inner = [part for part in get_args(kind) if part is not ...]
    if get_origin(kind) in {Union, UnionType}:
        return st.one_of(*(anything(part) for part in inner))
    if get_origin(kind) is tuple and ... not in get_args(kind):
        return st.tuples(*map(anything, inner))
    if get_origin(kind) is Mapping:
        return st.dictionaries(anything(inner[0]), anything(inner[1]), max_size=3)
    return st.lists(anything(inner[0]), max_size=2).map(tuple)
