"""What people are told, decided in the transaction of the event and worded when it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

Number = Decimal | datetime | int | str


class NoticeKind(StrEnum):
    """Each kind has a view of its own; `subject` is a proposal's or a trade's id, or empty."""

    PROPOSAL = "proposal"
    PROPOSAL_OUTCOME = "proposal_outcome"
    ENTRY_FILLED = "entry_filled"
    ENTRY_MISSED = "entry_missed"
    ENTRY_REFUSED = "entry_refused"
    TARGET_HIT = "target_hit"
    TRADE_CLOSED = "trade_closed"
    PANIC_DONE = "panic_done"
    ACCOUNT_AWAY = "account_away"
    ACCOUNT_BACK = "account_back"
    PANIC_LATE = "panic_late"
    CLOSE_STUCK = "close_stuck"
    STOP_RESTORED = "stop_restored"
    POSITION_FOUND = "position_found"
    POSITION_MIXED = "position_mixed"
    POSITION_SHRANK = "position_shrank"
    MONEY_FOUND = "money_found"
    MONEY_IN = "money_in"
    MONEY_OUT = "money_out"
    RESTARTED = "restarted"
    JOB_FAILED = "job_failed"
    REPORT = "report"
    DATA_ENDED = "data_ended"
    DATA_AWAY = "data_away"
    DATA_BACK = "data_back"
    ALERT = "alert"
    MODELS_OFF = "models_off"
    MODELS_BUDGET = "models_budget"
    MODEL_ENDING = "model_ending"
    MODEL_GONE = "model_gone"
    HALTED = "halted"
    REDUCING = "reducing"
    LEASE_LOST = "lease_lost"


@dataclass(frozen=True, slots=True)
class Notice:
    """One event for every person of the desk. Numbers are as of the event."""

    account: str
    kind: NoticeKind
    at: datetime
    subject: str = ""
    numbers: Mapping[str, Number] = field(default_factory=dict)
    silent: bool = False
