"""What an account may choose: leverage, margin mode, position mode, and margin moved by hand."""

from decimal import Decimal

from tests.venues.trading.events import LeverageChanged
from tests.venues.trading.fate import change_margin
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.margins import bound, free, spare
from tests.venues.trading.orders import Refusal


def set_leverage(ledger: Ledger, symbol: str, leverage: int) -> int:
    """The largest position it allows."""
    rules, setting = ledger.rule(symbol), ledger.setting(symbol)
    if not 1 <= leverage <= rules.tiers[0].leverage:
        raise Refusal(-4028, f"Leverage {leverage} is not valid")
    position, most = ledger.position(symbol), rules.cap(leverage)
    if abs(position.notional(ledger.quote(symbol).mark)) > most:
        raise Refusal(-2027, "Exceeded the maximum allowable position at current leverage.")
    if setting.isolated and position.amount and leverage < setting.leverage:
        words = "Leverage reduction is not supported in Isolated Margin Mode with open positions."
        raise Refusal(-4161, words)
    before, setting.leverage = setting.leverage, leverage
    if leverage < before and free(ledger) < 0:
        setting.leverage = before
        raise Refusal(-2028, "Leverage is smaller than permitted: insufficient margin balance.")
    ledger.tell(LeverageChanged(ledger.clock(), symbol, leverage))
    return most


def set_isolated(ledger: Ledger, symbol: str, *, isolated: bool) -> None:
    ledger.rule(symbol)
    setting = ledger.setting(symbol)
    if setting.isolated is isolated:
        raise Refusal(-4046, "No need to change margin type.")
    if ledger.open_orders(symbol) or ledger.open_algos(symbol):
        raise Refusal(-4047, "Margin type cannot be changed if there exists open orders.")
    if ledger.position(symbol).amount:
        raise Refusal(-4048, "Margin type cannot be changed if there exists position.")
    setting.isolated = isolated


def set_all_isolated(ledger: Ledger, *, isolated: bool) -> None:
    """Where the margin mode is the account's: every contract follows."""
    state = ledger.state
    if state.usual.isolated is isolated:
        raise Refusal(-4046, "No need to change margin type.")
    if ledger.open_orders() or ledger.open_algos():
        raise Refusal(-4047, "Margin type cannot be changed if there exists open orders.")
    if ledger.held():
        raise Refusal(-4048, "Margin type cannot be changed if there exists position.")
    for setting in (state.usual, *state.settings.values()):
        setting.isolated = isolated


def set_hedged(ledger: Ledger, *, hedged: bool) -> None:
    if ledger.state.hedged is hedged:
        raise Refusal(-4059, "No need to change position side.")
    if ledger.open_orders() or ledger.open_algos():
        raise Refusal(-4067, "Position side cannot be changed if there exists open orders.")
    if ledger.held():
        raise Refusal(-4068, "Position side cannot be changed if there exists position.")
    ledger.state.hedged = hedged


def move_margin(ledger: Ledger, symbol: str, amount: Decimal) -> None:
    """Into an isolated position, or (negative) out of it."""
    position, setting = ledger.position(symbol), ledger.setting(symbol)
    if not setting.isolated or not position.amount:
        raise Refusal(-4049, "Add margin only support for isolated position.")
    if amount > free(ledger):
        raise Refusal(-4050, "Cross balance insufficient.")
    least = bound(abs(position.cost), setting.leverage)
    if amount < 0 and (position.margin + amount < least or spare(ledger, position) + amount < 0):
        raise Refusal(-4051, "Isolated balance insufficient.")
    change_margin(ledger, position, amount)
    ledger.tell_money("MARGIN_TRANSFER", amount, symbol)
