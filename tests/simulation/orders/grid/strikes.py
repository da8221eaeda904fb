"""What each fault does, and at which moments it can be done; one cell does all that fit it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.simulation.orders.grid import deeds
from tests.simulation.orders.grid.cells import Cell, Fault, Operation, Phase
from tests.simulation.orders.grid.profiles import BY_NAME, Profile
from tests.venues.answers import Answer
from tests.venues.faults import Http, Reach
from tests.venues.trading.accidents import Mishap
from tests.venues.trading.orders import Refusal

P0, P1, P2, P3, P4, P5 = Phase
EVERY = frozenset(Phase)
GONE = Answer(
    504, "<html><head><title>504 Gateway Time-out</title></head></html>", {}, "text/html"
)
BUSY = Answer(503, "Service Unavailable.", {}, "text/plain")

Deed = Callable[[Any], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strike:
    """`deed` is done at the cell's moment; a `mishap` befalls the request itself. `undone`: the
    venue says `answer`, or nothing, instead of acting.
    """

    name: str
    phases: frozenset[Phase] = EVERY
    deed: Deed | None = None
    mishap: Mishap | None = None
    lag: int = 0
    refusal: Refusal | None = None
    answer: Answer | None = None
    throttled: Http | None = None
    undone: bool = False
    fits: Callable[[Cell, Profile], bool] = lambda cell, profile: True


def _on_wire(name: str, phase: Phase, mishap: Mishap, **more: Any) -> Strike:
    return Strike(name=name, phases=frozenset({phase}), mishap=mishap, **more)


def _deeds(*named: tuple[str, Deed], **more: Any) -> tuple[Strike, ...]:
    return tuple(Strike(name=name, deed=deed, **more) for name, deed in named)


PERPETUAL = {"fits": lambda cell, profile: profile.leverage > 1}
STRIKES: Mapping[Fault, tuple[Strike, ...]] = {
    Fault.KILL: _deeds(("kill", deeds.kill)),
    Fault.TERM: _deeds(("term", deeds.term)),
    Fault.REFUSED: _deeds(("refused", deeds.unreachable(Reach.REFUSED))),
    Fault.DNS: _deeds(("dns", deeds.unreachable(Reach.NAMELESS))),
    Fault.TLS: _deeds(("tls", deeds.unreachable(Reach.UNTRUSTED))),
    Fault.RESET: (
        _on_wire("lost", P2, Mishap.LOST),
        _on_wire("unheard", P3, Mishap.UNHEARD),
    ),
    Fault.TIMEOUT: (
        _on_wire("swallowed in silence", P2, Mishap.MUTE, undone=True),
        _on_wire("mute", P3, Mishap.MUTE),
    ),
    Fault.LATE: (
        _on_wire("2 s late", P2, Mishap.LATE, lag=2_000),
        _on_wire("14 s late", P2, Mishap.LATE, lag=14_000),
    ),
    Fault.TWICE: (_on_wire("twice", P2, Mishap.TWICE),),
    Fault.TRUNCATED: (
        _on_wire("cut", P3, Mishap.CUT),
        _on_wire("torn", P3, Mishap.TORN),
    ),
    Fault.PAGE: (_on_wire("page", P3, Mishap.PAGE),),
    Fault.EMPTY: (
        _on_wire("empty", P3, Mishap.EMPTY),
        _on_wire("hollow", P3, Mishap.HOLLOW),
        _on_wire("null", P3, Mishap.NULL),
    ),
    Fault.GATEWAY: (
        _on_wire("503 failed", P2, Mishap.BUSY, undone=True, answer=BUSY),
        _on_wire("504 before", P2, Mishap.BUSY, undone=True, answer=GONE),
        _on_wire("502", P3, Mishap.GATEWAY),
        _on_wire("503 unknown", P3, Mishap.UNSURE),
        _on_wire("504", P3, Mishap.GATEWAY, answer=GONE),
    ),
    Fault.UNKNOWN: (
        _on_wire("unknown, not done", P2, Mishap.SWALLOWED),
        _on_wire("unknown, done", P3, Mishap.UNKNOWN),
    ),
    Fault.BUSY: (
        _on_wire("429", P2, Mishap.BUSY, undone=True, throttled=Http.TOO_MANY),
        _on_wire("418", P2, Mishap.BUSY, undone=True, throttled=Http.BANNED),
    ),
    Fault.CLOCK: _deeds(
        ("an hour ahead", deeds.clock(3600)), ("an hour behind", deeds.clock(-3600))
    ),
    Fault.PARTIAL: _deeds(("thin", deeds.thin)),
    Fault.INSTANT: _deeds(("at once", deeds.at_once)),
    Fault.LAG: _deeds(("lag", deeds.lag)),
    Fault.STALE: _deeds(("stale", deeds.stale)),
    Fault.HAND: (
        *_deeds(
            ("close", deeds.close_by_hand), ("flip", deeds.flip_by_hand), fits=deeds.has_position
        ),
        *_deeds(("cancel the stop", deeds.cancel_by_hand), fits=deeds.has_stop),
        *_deeds(("leverage", deeds.leverage_by_hand), **PERPETUAL),
        *_deeds(("money", deeds.take_money_out), fits=deeds.buys_for_cash),
    ),
    Fault.FATE: (
        *_deeds(
            ("liquidation", deeds.liquidate), ("adl", deeds.deleverage), fits=deeds.has_position
        ),
        *_deeds(("delisting", deeds.delist)),
    ),
    Fault.DATABASE: _deeds(
        ("locked", deeds.wound("database is locked")),
        ("full", deeds.wound("database or disk is full")),
        ("corrupt", deeds.wound("database disk image is malformed")),
    ),
    Fault.SECOND: _deeds(("second", deeds.second)),
}


def strikes(cell: Cell) -> list[Strike]:
    """All that this cell does, one after the other."""
    profile = BY_NAME[cell.profile]
    known = [*STRIKES.get(cell.fault, ()), *_said(cell, profile)]
    return [one for one in known if cell.phase in one.phases and one.fits(cell, profile)]


def _said(cell: Cell, profile: Profile) -> Iterable[Strike]:
    """What a venue says in its own codes."""
    if cell.fault is Fault.REJECT and cell.operation in {*deeds.ORDERED}:
        for refusal in profile.refuses(cell.operation):
            name = f"refused with {refusal.code}"
            yield _on_wire(name, P2, Mishap.REJECTED, refusal=refusal)
    if cell.fault is Fault.CLOCK and profile.clock and cell.operation is not Operation.KEYS:
        yield _on_wire("clock refused", P2, Mishap.REJECTED, refusal=profile.clock)
