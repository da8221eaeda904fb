"""What the desk means to send, written down before a byte leaves."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.trading import Order


class IntentStatus(StrEnum):
    NEW = "new"
    SENDING = "sending"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    ABSENT = "absent"


class Role(StrEnum):
    ENTRY = "entry"
    STOP = "stop"
    TARGET = "target"
    CLOSE = "close"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """One order of one trade. SENDING stays until somebody has proven what became of it."""

    account: str
    trade_id: str
    role: Role
    order: Order
    status: IntentStatus
    created_at: datetime
    sent_at: datetime | None = None
    code: str = ""

    @property
    def id(self) -> str:
        return self.order.client_order_id
