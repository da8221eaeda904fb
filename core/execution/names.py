"""Order ids that a restart recomputes: the trade's id, a letter for the role, a running number.

All of them match [a-z0-9]{1,28}, which every venue accepts.
"""

from collections.abc import Sequence

from core.domain.intent import Intent, Role

LETTERS = {Role.ENTRY: "e", Role.STOP: "s", Role.TARGET: "t", Role.CLOSE: "c"}
TRADE_ID_LENGTH = 6


def order_id(trade_id: str, role: Role, before: Sequence[Intent]) -> str:
    """The next id for a role; `before` are the trade's intents so far."""
    number = sum(intent.role is role for intent in before) + 1
    return f"{trade_id}{LETTERS[role]}{number}"


def trade_of(client_order_id: str) -> str:
    """Which trade an order belongs to."""
    return client_order_id[:TRADE_ID_LENGTH]


def role_of(client_order_id: str) -> Role:
    letter = client_order_id[TRADE_ID_LENGTH : TRADE_ID_LENGTH + 1]
    return next(role for role, known in LETTERS.items() if known == letter)
