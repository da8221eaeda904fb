"""What is wrong after a cell: the laws of the simulation, and money as this venue tells it."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from core.domain.trading import Fill
from core.execution.names import is_ours
from tests.simulation.orders.laws import CLOSE_ENOUGH, Books, _shares, agree, once, settled, told
from tests.simulation.orders.observer import Share, Watch
from tests.venues.trading.orders import ZERO


class Guarded(Watch):
    """At a venue without stops the desk itself is the stop; whether it sells is tried at the end."""

    def _cover(self, share: Share) -> Decimal:
        return abs(share.held)


def judge(scene: Any, watch: Watch) -> None:
    books = Books(scene)
    for law, broken in (
        ("I1", once(scene, books)),
        ("I4", settled(scene, books)),
        ("I4", _agreed(scene, watch, books)),
        ("I6", told(books)),
        ("I7", _money(scene, watch, books)),
    ):
        for how in broken:
            scene.breaks(law, how)


def _agreed(scene: Any, watch: Watch, books: Books) -> Iterator[str]:
    """Where the desk is the stop, no stop waits."""
    for how in agree(scene, watch, books):
        if not (isinstance(watch, Guarded) and "wants a stop" in how):
            yield how


def _money(scene: Any, watch: Watch, books: Books) -> Iterator[str]:
    """Every fill of the desk is booked once, for what the venue says it was."""
    if not scene.floor.ledger.adds_up():
        yield "the venue's own books do not add up"
    booked = [one for one in books.booked if isinstance(one.activity, Fill)]
    mine = Counter(
        (f.client_order_id, f.side.value, f.price, f.amount, f.fee)
        for f in (one.activity for one in booked)
        if is_ours(f.client_order_id)
    )
    theirs = Counter((f.name, f.side, f.price, f.amount, f.fee) for f in scene.floor.ours())
    for one in (theirs - mine).elements():
        yield f"not booked: {_words(one)}"
    for one in (mine - theirs).elements():
        yield f"booked, and never was: {_words(one)}"
    for trade in books.trades:
        if trade.id in watch.mixed:
            continue
        lived = [one.activity for one in books.booked if one.trade_id == trade.id]
        made = sum(_shares(trade, lived), ZERO)
        if abs(made - trade.net) > CLOSE_ENOUGH and not scene.unseen(trade):
            yield f"{trade.id} made {trade.net}, its activity {made}"


def _words(one: tuple) -> str:
    return " ".join(map(str, one))
