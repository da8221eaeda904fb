"""On which side of the price a stop or a target must lie at Bitget, and what it says if it does not."""

from decimal import Decimal

from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import Refusal, Side, Wish
from tests.venues.trading.rules import check_price

# (stops?, long?): the code and words, for a position that is there
HELD = {
    (True, True): ("40917", "Stop price for long positions please < mark price {0}"),
    (True, False): ("45122", "Short position stop loss price please > mark price {0}"),
    (False, True): ("40915", "Long position take profit price please > mark price"),
    (False, False): (
        "45135",
        "The take-profit price for short positions must be less than the mark price: {0}.",
    ),
}
AT_MARKET = {
    (True, True): ("45062", "SL price of long position < Current price {0}"),
    (True, False): ("40836", "The stop loss price of the short position should be greater"),
    (False, True): ("45060", "TP price of long position > Current price {0}"),
    (False, False): ("40832", "The take profit price of short positions should be less"),
}
AT_LIMIT = {
    (True, True): ("45066", "SL price of long position < order price {0}"),
    (True, False): ("45067", "SL price of short position > order price {0}"),
    (False, True): ("45064", "TP price of long position > order price {0}"),
    (False, False): ("45065", "TP price of short position < order price {0}"),
}


def check_side(
    words: dict[tuple[bool, bool], tuple[str, str]],
    trigger: Decimal,
    price: Decimal,
    *,
    stops: bool,
    long: bool,
) -> None:
    if trigger != price and (trigger < price) is (stops is long):
        return
    code, said = words[stops, long]
    raise Refusal(code, said.format(price))


def check_attached(ledger: Ledger, wish: Wish) -> None:
    """Compared with the order's own price where it has one."""
    words = AT_LIMIT if wish.price else AT_MARKET
    price, long = wish.price or ledger.quote(wish.symbol).last, wish.side is Side.BUY
    for one in wish.attached:
        check_prices(ledger, wish.symbol, one.trigger, one.price)
        check_side(words, one.trigger, price, stops=not one.profit, long=long)


def check_prices(ledger: Ledger, symbol: str, *prices: Decimal | None) -> None:
    for price in prices:
        if price is not None:
            check_price(ledger.rule(symbol), price)
