"""Every fill and every funding payment as a spreadsheet: in the account's money, and in won."""

import csv
import io
from collections.abc import Sequence
from decimal import Decimal

from core.domain.ledger import Booked
from core.domain.trading import Fill

COLUMNS = (
    *("time", "trade", "symbol", "what", "side", "amount", "price", "fee", "realized"),
    *("krw_rate", "value_krw", "fee_krw", "result_krw"),
)
BOM = "\ufeff"


def fills_csv(booked: Sequence[Booked]) -> bytes:
    """Won at the rate of the moment; empty where nobody knew it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(one) for one in booked)
    return (BOM + out.getvalue()).encode()


def _row(one: Booked) -> tuple[str, ...]:
    done = one.activity
    first = (done.time.isoformat(), one.trade_id, done.symbol)
    if isinstance(done, Fill):
        plain = ("fill", done.side.value, *map(_text, (done.amount, done.price, done.fee)))
        value, result = done.amount * done.price, done.realized_pnl
        won = _won(one.krw, value, done.fee, result)
        return (*first, *plain, _text(result), *won)
    won = _won(one.krw, None, None, done.amount)
    return (*first, "funding", "", "", "", "", _text(done.amount), *won)


def _won(krw: Decimal | None, *sums: Decimal | None) -> tuple[str, ...]:
    rate = "" if krw is None else _text(krw)
    return rate, *("" if krw is None or s is None else f"{s * krw:.0f}" for s in sums)


def _text(value: Decimal) -> str:
    return f"{value:f}"
