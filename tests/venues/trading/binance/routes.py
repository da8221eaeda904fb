"""Which request of Binance's is about what."""

from collections.abc import Callable, Mapping

from tests.venues.trading.binance import account, orders
from tests.venues.trading.binance.asked import Query
from tests.venues.trading.ledger import Ledger

Handler = Callable[[Ledger, Query], object]

SIGNED: Mapping[tuple[str, str], Handler] = {
    ("POST", "/fapi/v1/order"): orders.create,
    ("POST", "/fapi/v1/order/test"): orders.rehearse,
    ("PUT", "/fapi/v1/order"): orders.amend,
    ("DELETE", "/fapi/v1/order"): orders.cancel,
    ("GET", "/fapi/v1/order"): orders.show,
    ("GET", "/fapi/v1/openOrder"): orders.show_open,
    ("GET", "/fapi/v1/openOrders"): orders.list_open,
    ("GET", "/fapi/v1/allOrders"): orders.list_all,
    ("DELETE", "/fapi/v1/allOpenOrders"): orders.cancel_all,
    ("POST", "/fapi/v1/batchOrders"): orders.batch(orders.create),
    ("PUT", "/fapi/v1/batchOrders"): orders.batch(orders.amend),
    ("DELETE", "/fapi/v1/batchOrders"): orders.cancel_batch,
    ("POST", "/fapi/v1/algoOrder"): orders.create_algo,
    ("DELETE", "/fapi/v1/algoOrder"): orders.cancel_algo,
    ("GET", "/fapi/v1/algoOrder"): orders.show_algo,
    ("GET", "/fapi/v1/openAlgoOrders"): orders.list_open_algos,
    ("GET", "/fapi/v1/allAlgoOrders"): orders.list_all_algos,
    ("DELETE", "/fapi/v1/algoOpenOrders"): orders.cancel_algos,
    ("GET", "/fapi/v3/account"): account.account,
    ("GET", "/fapi/v3/balance"): account.balance,
    ("GET", "/fapi/v2/balance"): account.balance,
    ("GET", "/fapi/v3/positionRisk"): account.positions,
    ("GET", "/fapi/v2/positionRisk"): account.older_positions,
    ("GET", "/fapi/v1/symbolConfig"): account.symbol_config,
    ("GET", "/fapi/v1/commissionRate"): account.commission,
    ("POST", "/fapi/v1/leverage"): account.leverage,
    ("POST", "/fapi/v1/marginType"): account.margin_type,
    ("POST", "/fapi/v1/positionMargin"): account.margin,
    ("GET", "/fapi/v1/positionSide/dual"): account.mode,
    ("POST", "/fapi/v1/positionSide/dual"): account.set_mode,
    ("GET", "/fapi/v1/multiAssetsMargin"): account.assets_mode,
    ("GET", "/fapi/v1/userTrades"): account.fills,
    ("GET", "/fapi/v1/income"): account.incomes,
    ("GET", "/fapi/v1/forceOrders"): account.forced,
}
