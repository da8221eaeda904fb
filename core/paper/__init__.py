"""Trading on paper: a broker that fills orders from real prices and keeps invented money."""

from core.paper.broker import PaperBroker
from core.paper.costs import Costs

__all__ = ["Costs", "PaperBroker"]
