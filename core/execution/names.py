"""Order ids that a restart recomputes: the trade's id, a letter for the role, a running number.

All of them match [a-z0-9]{1,28}, which every venue accepts.
"""

import re
from collections.abc import Sequence
from string import ascii_lowercase

from core.domain.intent import Intent, Role

LETTERS = {Role.ENTRY: "e", Role.STOP: "s", Role.TARGET: "t", Role.CLOSE: "c"}
TRADE_ID_LENGTH = 6
OURS = re.compile(r"[a-z0-9]{6}(?:[esc]|t[a-z])[0-9]+")


def order_id(trade_id: str, role: Role, before: Sequence[Intent], place: int = 0) -> str:
    """The next id for a role; `before` are the trade's intents so far. A target's order also says
    with a letter which target it is for.
    """
    number = sum(intent.role is role for intent in before) + 1
    return named(trade_id, role, number, place)


def named(trade_id: str, role: Role, number: int, place: int = 0) -> str:
    target = ascii_lowercase[place] if role is Role.TARGET else ""
    return f"{trade_id}{LETTERS[role]}{target}{number}"


def is_ours(client_order_id: str) -> bool:
    return OURS.fullmatch(client_order_id) is not None


def place_of(client_order_id: str) -> int:
    """Which target an order of the role TARGET is for."""
    return ascii_lowercase.index(client_order_id[TRADE_ID_LENGTH + 1])


def trade_of(client_order_id: str) -> str:
    """Which trade an order belongs to."""
    return client_order_id[:TRADE_ID_LENGTH]


def role_of(client_order_id: str) -> Role:
    letter = client_order_id[TRADE_ID_LENGTH : TRADE_ID_LENGTH + 1]
    return next(role for role, known in LETTERS.items() if known == letter)
