"""Letting things happen to an account after the price or the time has moved."""

from tests.venues.trading import acknowledged, conditional, fate, guarding, matching
from tests.venues.trading.ledger import Ledger


def turn(ledger: Ledger) -> None:
    """What ends, funding, who is liquidated, what rests, then what is triggered."""
    fate.deliver(ledger)
    fate.fund(ledger)
    fate.liquidate(ledger)
    acknowledged.work(ledger)
    matching.match(ledger)
    conditional.trigger(ledger)
    settle(ledger)


def settle(ledger: Ledger) -> None:
    """Clear away what an event has made pointless; after every order too."""
    matching.trim(ledger)
    guarding.arm(ledger)
    conditional.follow_up(ledger)
