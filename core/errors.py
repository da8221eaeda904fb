"""Everything the desk raises. (An order's fate is a value, not an error: Placed | Refused | Unknown.)

DeskError
├── NotFound                a proposal, trade or button that the ledger does not know
├── ProposalClosed          somebody has answered already
├── ProposalExpired         nobody answered in time
├── ButtonSpent             pressed before, expired, or another person's
├── UnknownSymbol           not in this market
├── NoMarketData            no candle had closed yet, or the record has ended
├── NoTimeframe             this market has no candles of that length
├── NoCandles               none of that length has closed yet
├── NotEarned               the autopilot wants a record on paper first
├── SymbolBusy              a symbol with a position or a card cannot be taken off the list
├── NoSuchStretch           nothing is recorded of the days that a backtest asks for
├── NotAllowed              viewers look on
├── NotPaper                found numbers are tried on paper only
├── EventOver               it would be added to the calendar when it is over already
├── FeedUnavailable         somebody else's calendar cannot be had just now
├── TooManyAlerts           a person may have so many, and no more
├── TuningMoved             somebody else has changed the rules' numbers meanwhile
├── PositionMoved           it is not what it was when somebody was asked about it
├── BrokerUnavailable       a venue did not answer a question about the account: nothing is known
├── LedgerUnavailable       nothing can be read from the ledger, or written to it, just now
├── LeaseLost               another process looks after this account now
└── BadArgument             a person typed something the desk cannot read
"""

from typing import ClassVar


class DeskError(Exception):
    """Base of every error that a person may read. `code` is its key in the locales."""

    code: ClassVar[str]

    def __init__(self, **numbers: object) -> None:
        super().__init__(", ".join(f"{name} {value}" for name, value in numbers.items()))
        self.numbers = numbers


class NotFound(DeskError):
    code = "error.not_found"


class ProposalClosed(DeskError):
    code = "error.proposal_closed"


class ProposalExpired(DeskError):
    code = "error.proposal_expired"


class ButtonSpent(DeskError):
    code = "error.button_spent"


class UnknownSymbol(DeskError):
    code = "error.unknown_symbol"


class NoMarketData(DeskError):
    code = "error.no_market_data"


class NoTimeframe(DeskError):
    code = "error.no_timeframe"


class NoCandles(DeskError):
    code = "error.no_candles"


class NotEarned(DeskError):
    code = "error.not_earned"


class SymbolBusy(DeskError):
    code = "error.symbol_busy"


class NoSuchStretch(DeskError):
    code = "error.no_such_stretch"


class NotAllowed(DeskError):
    code = "error.not_allowed"


class NotPaper(DeskError):
    code = "error.not_paper"


class TuningMoved(DeskError):
    code = "error.tuning_moved"


class PositionMoved(DeskError):
    code = "error.position_moved"


class BrokerUnavailable(DeskError):
    """No answer is not an answer of nothing, and says nothing about what was sent."""

    code = "error.broker_unavailable"


class LedgerUnavailable(DeskError):
    """Whatever was to be written is not written."""

    code = "error.ledger_unavailable"


class LeaseLost(DeskError):
    code = "error.lease_lost"


class EventOver(DeskError):
    code = "error.event_over"


class FeedUnavailable(DeskError):
    code = "error.feed_unavailable"


class TooManyAlerts(DeskError):
    code = "error.too_many_alerts"


class BadArgument(DeskError):
    """`usage` is the key of the sentence that says what to type."""

    code = "error.bad_argument"

    def __init__(self, usage: str, **numbers: object) -> None:
        super().__init__(**numbers)
        self.usage = usage
