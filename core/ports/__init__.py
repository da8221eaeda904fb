"""What the desk asks of the outside world, one protocol per question."""

from core.ports.committee import Duty, Fates, Opposition, Trusts
from core.ports.desk import Analyst, Broker, Fence, Gate, PaperStore, Presence, Transfers, Truth
from core.ports.ledger import Ledger
from core.ports.market import Clock, MarketData, Quotes, Sights, Tape, Won
from core.ports.models import Minutes, Oracle, Purse
from core.ports.scores import Scores
from core.ports.strangers import Calendar, News, Rounds, Tidings
from core.ports.vault import Inspector, Vault

__all__ = [
    "Analyst",
    "Broker",
    "Calendar",
    "Clock",
    "Duty",
    "Fates",
    "Fence",
    "Gate",
    "Inspector",
    "Ledger",
    "MarketData",
    "Minutes",
    "News",
    "Opposition",
    "Oracle",
    "PaperStore",
    "Presence",
    "Purse",
    "Quotes",
    "Rounds",
    "Scores",
    "Sights",
    "Tape",
    "Tidings",
    "Transfers",
    "Trusts",
    "Truth",
    "Vault",
    "Won",
]
