"""Which request of Bitget's is about what."""

from collections.abc import Callable, Mapping

from tests.venues.trading.bitget import account, orders, plans, searching
from tests.venues.trading.bitget.asked import Query
from tests.venues.trading.ledger import Ledger

Handler = Callable[[Ledger, Query], object]
MIX = "/api/v2/mix"

SIGNED: Mapping[tuple[str, str], Handler] = {
    ("POST", f"{MIX}/order/place-order"): orders.create,
    ("POST", f"{MIX}/order/batch-place-order"): orders.batch,
    ("POST", f"{MIX}/order/modify-order"): orders.amend,
    ("POST", f"{MIX}/order/cancel-order"): orders.cancel,
    ("POST", f"{MIX}/order/batch-cancel-orders"): orders.cancel_batch,
    ("POST", f"{MIX}/order/cancel-all-orders"): orders.cancel_batch,
    ("POST", f"{MIX}/order/close-positions"): orders.close,
    ("GET", f"{MIX}/order/detail"): searching.show,
    ("GET", f"{MIX}/order/orders-pending"): searching.pending,
    ("GET", f"{MIX}/order/orders-history"): searching.past,
    ("GET", f"{MIX}/order/fills"): searching.fills,
    ("GET", f"{MIX}/order/fill-history"): searching.fills,
    ("POST", f"{MIX}/order/place-tpsl-order"): plans.protect,
    ("POST", f"{MIX}/order/modify-tpsl-order"): plans.move_protection,
    ("POST", f"{MIX}/order/place-plan-order"): plans.trigger,
    ("POST", f"{MIX}/order/modify-plan-order"): plans.move_trigger,
    ("POST", f"{MIX}/order/cancel-plan-order"): plans.cancel,
    ("GET", f"{MIX}/order/orders-plan-pending"): plans.pending,
    ("GET", f"{MIX}/order/orders-plan-history"): plans.past,
    ("GET", f"{MIX}/account/accounts"): account.balances,
    ("GET", f"{MIX}/account/account"): account.balance,
    ("GET", f"{MIX}/account/bill"): account.bills,
    ("POST", f"{MIX}/account/set-leverage"): account.set_leverage,
    ("POST", f"{MIX}/account/set-margin-mode"): account.set_margin_mode,
    ("POST", f"{MIX}/account/set-position-mode"): account.set_position_mode,
    ("POST", f"{MIX}/account/set-margin"): account.set_margin,
    ("GET", f"{MIX}/position/all-position"): account.positions,
    ("GET", f"{MIX}/position/single-position"): account.position,
}
