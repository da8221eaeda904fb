"""What was found at the venue that the desk did not do: unknown positions, and changes by hand."""

from datetime import datetime
from decimal import Decimal

from core.domain.notice import Notice, Number
from core.domain.trading import Side
from handlers.views import numbers
from handlers.views.phrases import QUOTE, coin, direction
from handlers.views.position import CONFIRM_SECONDS
from handlers.views.view import Key, Keyboard, Verb, View
from handlers.words import Reader

MONEY = frozenset({"moved", "wallet"})


def found(reader: Reader, notice: Notice) -> View:
    """Adopting says where its stop would be and what that risks."""
    said, symbol = notice.numbers, notice.subject
    amount, t = Decimal(str(said["amount"])), reader.t
    what = {
        "coin": coin(symbol),
        "side": direction(reader, Side.BUY if amount > 0 else Side.SELL),
        "amount": numbers.amount(abs(amount)),
    }
    if "stop" not in said:
        return View(t("stranger.unknown", **what), ((_mine(reader, symbol, str(amount)),),))
    stop, mark = Decimal(str(said["stop"])), Decimal(str(said["mark"]))
    text = t(
        "stranger.found",
        **what,
        stop=numbers.amount(stop),
        away=numbers.signed_percent(stop / mark - 1, 1),
        risk=numbers.signed(-Decimal(str(said["risk"]))),
        quote=QUOTE,
    )
    return View(text, answers(reader, symbol, str(amount)))


def answers(reader: Reader, symbol: str, amount: str) -> Keyboard:
    """What destroys is not the last, and asks back."""
    t = reader.t
    adopt = Key(t("button.adopt"), Verb.ADOPT, symbol, amount, once=True)
    close = Key(t("button.close_it"), Verb.ASK_SELL, symbol, amount)
    return ((adopt,), (close, _mine(reader, symbol, amount)))


def sure(reader: Reader, symbol: str, amount: str) -> Keyboard:
    t = reader.t
    really = Key(
        t("button.really_close_it"), Verb.SELL, symbol, amount, once=True, seconds=CONFIRM_SECONDS
    )
    return ((really,), (Key(t("button.back"), Verb.STRANGER, symbol, amount),))


def _mine(reader: Reader, symbol: str, amount: str) -> Key:
    return Key(reader.t("button.mine"), Verb.MINE, symbol, amount, once=True)


def at_the_venue(reader: Reader, notice: Notice) -> View:
    """A sentence each: what somebody did by hand, or the venue by itself."""
    values = {name: _said(reader, name, number) for name, number in notice.numbers.items()}
    return View(reader.t(f"notice.{notice.kind}", time=reader.clock(notice.at), **values))


def _said(reader: Reader, name: str, number: Number) -> str:
    match number:
        case datetime():
            return reader.clock(number)
        case Decimal():
            return numbers.full(number) if name in MONEY else numbers.amount(number)
    return coin(str(number)) if name == "symbol" else str(number)
