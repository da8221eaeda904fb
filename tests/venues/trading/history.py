"""What an account can still find: the venue forgets.

Orders that ended without a fill are forgotten after three days, all others after ninety; fills and
income are shown seven days at a time.
"""

from collections.abc import Iterable
from typing import TypeVar

from tests.venues.series import DAY
from tests.venues.trading.algos import Algo
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import Order, Refusal

Found = TypeVar("Found")
UNFILLED, ALL, WINDOW = 3 * DAY, 90 * DAY, 7 * DAY
MISSING = Refusal(-2013, "Order does not exist.")


def remembered(ledger: Ledger, order: Order) -> bool:
    if order.open:
        return True
    age = ledger.clock() - order.updated
    return age <= (ALL if order.filled else UNFILLED)


def orders(ledger: Ledger, symbol: str) -> list[Order]:
    return [
        o for o in ledger.state.orders.values() if o.symbol == symbol and remembered(ledger, o)
    ]


def algos(ledger: Ledger, symbol: str) -> list[Algo]:
    return [a for a in ledger.state.algos.values() if a.asked.symbol == symbol and kept(ledger, a)]


def kept(ledger: Ledger, algo: Algo) -> bool:
    return algo.open or ledger.clock() - algo.updated <= (ALL if algo.order else UNFILLED)


def find(ledger: Ledger, symbol: str, number: int | None, client_id: str | None) -> Order | None:
    """By the venue's number, else by the client's: the newest that bears it."""
    return newest(o for o in orders(ledger, symbol) if fits(o.id, o.client_id, number, client_id))


def find_algo(ledger: Ledger, number: int | None, client_id: str | None) -> Algo | None:
    known = (a for a in ledger.state.algos.values() if kept(ledger, a))
    return newest(a for a in known if fits(a.id, a.asked.client_id, number, client_id))


def fits(own: int, name: str, number: int | None, client_id: str | None) -> bool:
    return own == number if number is not None else name == client_id


def newest(found: Iterable[Found]) -> Found | None:
    return next(reversed([*found]), None)


def span(ledger: Ledger, start: int | None, end: int | None) -> tuple[int, int]:
    """A week at most; without a start the last one before the end."""
    last = ledger.clock() if end is None else end
    first = last - WINDOW if start is None else start
    if end is None and start is not None:
        last = start + WINDOW
    if last - first > WINDOW:
        words = "More than 168 hours between startTime and endTime."
        raise Refusal(-1127, f"Lookup interval is too big. {words}")
    return first, last
