"""One contract, two positions: OKX keeps crossed and isolated money apart, and so does the ledger here.

Every order says which it is about; who says nothing, or the other one, opens a second position.
"""

from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import Refusal

ISOLATED = " isolated"
MODES = ("cross", "isolated")
NO_INSTRUMENT = "Instrument ID, Instrument ID code, or Spread ID doesn't exist."


def book_of(instrument: str, mode: str) -> str:
    """How the ledger calls it."""
    return instrument + ISOLATED if mode == "isolated" else instrument


def instrument_of(book: str) -> str:
    return book.removesuffix(ISOLATED)


def mode_of(book: str) -> str:
    return "isolated" if book.endswith(ISOLATED) else "cross"


def known(ledger: Ledger, instrument: str) -> str:
    if ISOLATED in instrument or instrument not in ledger.rules:
        raise Refusal(51001, NO_INSTRUMENT)
    return instrument


def both(instrument: str) -> tuple[str, str]:
    return book_of(instrument, "cross"), book_of(instrument, "isolated")
