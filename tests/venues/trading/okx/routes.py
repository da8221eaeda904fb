"""Which request of OKX's is about what."""

from collections.abc import Callable, Mapping

from tests.venues.trading.ledger import Ledger
from tests.venues.trading.okx import account, orders, plans
from tests.venues.trading.okx.asked import Query
from tests.venues.trading.okx.fates import each
from tests.venues.trading.okx.told import Told

V5 = "/api/v5/"
# answered with one fate an order
ORDERS: Mapping[str, Callable[[Ledger, list[Query]], Told]] = {
    f"{V5}trade/order": each(orders.place),
    f"{V5}trade/batch-orders": each(orders.place),
    f"{V5}trade/cancel-order": each(orders.cancel),
    f"{V5}trade/cancel-batch-orders": each(orders.cancel),
    f"{V5}trade/amend-order": each(orders.amend),
    f"{V5}trade/amend-batch-orders": each(orders.amend),
    f"{V5}trade/order-algo": each(plans.place),
    f"{V5}trade/cancel-algos": each(plans.cancel),
    f"{V5}trade/amend-algos": each(plans.amend),
}
# answered with a list
LISTS: Mapping[tuple[str, str], Callable[[Ledger, list[Query]], object]] = {
    ("GET", f"{V5}trade/order"): orders.show,
    ("GET", f"{V5}trade/orders-pending"): orders.pending,
    ("GET", f"{V5}trade/orders-history"): orders.past,
    ("GET", f"{V5}trade/orders-history-archive"): orders.archive,
    ("GET", f"{V5}trade/order-algo"): plans.show,
    ("GET", f"{V5}trade/orders-algo-pending"): plans.pending,
    ("GET", f"{V5}trade/orders-algo-history"): plans.past,
    ("GET", f"{V5}trade/fills"): account.fills,
    ("GET", f"{V5}trade/fills-history"): account.fills,
    ("POST", f"{V5}trade/close-position"): orders.close,
    ("GET", f"{V5}account/balance"): account.balance,
    ("GET", f"{V5}account/positions"): account.positions,
    ("GET", f"{V5}account/leverage-info"): account.leverage,
    ("POST", f"{V5}account/set-leverage"): account.set_leverage,
    ("POST", f"{V5}account/set-position-mode"): account.set_mode,
    ("POST", f"{V5}account/position/margin-balance"): account.margin,
    ("GET", f"{V5}account/trade-fee"): account.fees,
    ("GET", f"{V5}account/bills"): account.bills,
    ("GET", f"{V5}account/bills-archive"): account.bills_archive,
    ("GET", f"{V5}asset/currencies"): account.currencies,
}
