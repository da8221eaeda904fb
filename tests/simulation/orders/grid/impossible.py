"""Which cells there cannot be, and why; whatever no rule names is executed."""

from collections.abc import Callable

from tests.simulation.orders.grid.cells import (
    AROUND,
    ORDERS,
    WRITTEN,
    Cell,
    Fault,
    Operation,
    Phase,
)

P0, P1, P2, P3, P4, P5 = Phase
READS = (Operation.LIST, Operation.KEYS)
WAITING = (Operation.STOP, Operation.TARGET, Operation.MOVE)
CONNECTING = (Fault.REFUSED, Fault.DNS, Fault.TLS)
GARBLED = (Fault.TRUNCATED, Fault.PAGE, Fault.EMPTY)
ON_THE_WAY = (Fault.RESET, Fault.TIMEOUT, Fault.GATEWAY, Fault.UNKNOWN)
SIGHT = (Fault.LAG, Fault.STALE)

RULES: tuple[tuple[str, Callable[[Cell], bool]], ...] = (
    (
        "the desk listens to no stream of an account: what it knows it has asked for",
        lambda c: c.fault is Fault.STREAM,
    ),
    (
        "Upbit is a spot venue: nothing is set there, and neither stops nor targets wait there",
        lambda c: c.profile == "upbit" and c.operation in {*WAITING, Operation.SETTING},
    ),
    (
        "Upbit does not tell what a key may do, so it is not asked",
        lambda c: c.profile == "upbit" and c.operation is Operation.KEYS,
    ),
    (
        "at Upbit nothing waits that the desk could cancel but an entry by hand",
        lambda c: c.profile == "upbit" and c.operation is Operation.CANCEL,
    ),
    (
        "a setting, a cancellation, a question are no intents: none is written before or after",
        lambda c: c.operation not in WRITTEN and c.phase in AROUND,
    ),
    (
        "a check of a key writes nothing and trades nothing",
        lambda c: (
            c.operation is Operation.KEYS
            and c.fault in {Fault.HAND, Fault.FATE, Fault.DATABASE, Fault.SECOND}
        ),
    ),
    (
        "a connection is made between the writing and the sending, at no other moment",
        lambda c: c.fault in CONNECTING and c.phase is not P1,
    ),
    (
        "only what is on its way, or its answer, can be lost, broken off or told as unknown",
        lambda c: c.fault in ON_THE_WAY and c.phase not in {P2, P3},
    ),
    (
        "only an answer can be garbled, and there is one only when the venue has acted",
        lambda c: c.fault in GARBLED and c.phase is not P3,
    ),
    (
        "only what was sent, and was not acted on yet, comes late, or comes twice",
        lambda c: c.fault in {Fault.LATE, Fault.TWICE} and c.phase is not P2,
    ),
    (
        "a question that comes late is one that got lost: nobody waits for its answer any more",
        lambda c: c.fault is Fault.LATE and c.operation in READS,
    ),
    (
        "a venue that is too busy, or refuses, says so instead of acting",
        lambda c: c.fault in {Fault.BUSY, Fault.REJECT} and c.phase is not P2,
    ),
    (
        "only an order can be refused for its size, its price, its money or its mode",
        lambda c: c.fault is Fault.REJECT and c.operation not in ORDERS,
    ),
    (
        "only what trades at once fills in part",
        lambda c: (
            c.fault is Fault.PARTIAL and c.operation not in {Operation.ENTRY, Operation.CLOSE}
        ),
    ),
    (
        "only an order fills",
        lambda c: c.fault is Fault.INSTANT and c.operation not in ORDERS,
    ),
    (
        "how much fills, and how soon, is decided as the venue acts",
        lambda c: c.fault in {Fault.PARTIAL, Fault.INSTANT} and c.phase is not P2,
    ),
    (
        "what has not been done yet cannot be out of sight; a question is answered when it is asked",
        lambda c: (
            c.fault in SIGHT and c.phase not in ({P2} if c.operation in READS else {P3, P4, P5})
        ),
    ),
    (
        "a key has no past that an answer could lag behind",
        lambda c: c.fault in SIGHT and c.operation is Operation.KEYS,
    ),
    (
        "before an entry has filled there is no position that could be liquidated",
        lambda c: (
            c.fault is Fault.FATE
            and (
                (c.operation is Operation.ENTRY and c.phase in {P0, P1, P2})
                or c.operation is Operation.SETTING
            )
        ),
    ),
    (
        "once coins are sold there is nothing left of them to touch",
        lambda c: (
            c.profile == "upbit"
            and c.fault is Fault.HAND
            and c.operation is Operation.CLOSE
            and c.phase in {P3, P4, P5}
        ),
    ),
    (
        "coins that are owned outright are neither liquidated nor deleveraged",
        lambda c: c.fault is Fault.FATE and c.profile == "upbit",
    ),
)


def reason(cell: Cell) -> str:
    """Why there cannot be such a cell; empty for one that there is."""
    return next((why for why, holds in RULES if holds(cell)), "")
