"""Which request of Bybit's is about what."""

from collections.abc import Callable, Mapping

from tests.venues.trading.bybit import account, orders
from tests.venues.trading.bybit.asked import Query
from tests.venues.trading.bybit.told import Batch, Told
from tests.venues.trading.ledger import Ledger

Handler = Callable[[Ledger, Query], Told | Batch]

SIGNED: Mapping[tuple[str, str], Handler] = {
    ("POST", "/v5/order/create"): orders.create,
    ("POST", "/v5/order/amend"): orders.amend,
    ("POST", "/v5/order/cancel"): orders.cancel,
    ("POST", "/v5/order/cancel-all"): orders.cancel_all,
    ("POST", "/v5/order/create-batch"): orders.batch(orders.create),
    ("POST", "/v5/order/amend-batch"): orders.batch(orders.amend),
    ("POST", "/v5/order/cancel-batch"): orders.batch(orders.cancel),
    ("GET", "/v5/order/realtime"): orders.realtime,
    ("GET", "/v5/order/history"): orders.history,
    ("GET", "/v5/execution/list"): account.executions,
    ("GET", "/v5/account/wallet-balance"): account.wallet,
    ("GET", "/v5/account/info"): account.info,
    ("GET", "/v5/account/fee-rate"): account.fees,
    ("GET", "/v5/account/transaction-log"): account.log,
    ("POST", "/v5/account/set-margin-mode"): account.margin_mode,
    ("GET", "/v5/position/list"): account.positions,
    ("POST", "/v5/position/set-leverage"): account.leverage,
    ("POST", "/v5/position/switch-mode"): account.position_mode,
    ("POST", "/v5/position/add-margin"): account.margin,
    ("POST", "/v5/position/trading-stop"): account.trading_stop,
    ("GET", "/v5/asset/coin/query-info"): account.coins,
}
