"""How a reserved call ends: what it has cost, and what is assumed where nobody can know."""

from dataclasses import replace
from decimal import Decimal

from core.domain.model import Call, CallStatus, Failure, Price, Reply, Said, Unsaid, Usage

NOTHING = Usage()
LEAST, ABSURD = Decimal(1), 100
MAY_BE_CHARGED = {Failure.TIMEOUT, Failure.MALFORMED}


def settled(call: Call, reply: Reply, price: Price, *, late: bool = False) -> Call:
    """An answer costs its usage; so does a failure, if the provider counted."""
    answered = isinstance(reply, Said)
    end = replace(
        call,
        status=CallStatus.ANSWERED if answered else CallStatus.FAILED,
        cost=_believable(price.of(reply.usage), call.reserved),
        usage=_countable(reply.usage),
        failure=None if isinstance(reply, Said) else reply.failure,
    )
    if isinstance(reply, Unsaid) and _is_unknown(reply):
        end = replace(end, cost=call.reserved)
    return replace(end, status=CallStatus.LATE) if late else end


def unsent(call: Call) -> Call:
    """Nothing has left the house, so it costs nothing."""
    return replace(call, status=CallStatus.FAILED)


def abandoned(call: Call) -> Call:
    """Nobody heard the answer: it may have cost its worst."""
    return replace(call, status=CallStatus.FAILED, cost=call.reserved)


def _believable(cost: Decimal, reserved: Decimal) -> Decimal:
    """A bill that is no sum of money, or gives some back, is taken for the worst case; one beyond
    all measure must not stop the books.
    """
    if not (cost.is_finite() and cost >= 0):
        return reserved
    return min(cost, max(reserved, LEAST) * ABSURD)


def _countable(usage: Usage) -> Usage:
    """What no ledger can read back is left out."""
    unread = usage.billed is not None and not usage.billed.is_finite()
    return replace(usage, billed=None) if unread else usage


def _is_unknown(reply: Unsaid) -> bool:
    return reply.failure in MAY_BE_CHARGED and reply.usage == NOTHING
