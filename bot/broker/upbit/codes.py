"""Which of Upbit's names for errors mean that an order was certainly not executed."""

from bot.broker.fate import Codes

SIDED = (
    "insufficient_funds",
    "under_min_total",
    "invalid_price",
    "invalid_volume",
    "over_krw_funds",
)
REFUSED = (
    "create_bid_error create_ask_error validation_error invalid_parameter notfoundmarket"
    " market_does_not_exist invalid_access_key jwt_verification invalid_query_payload nonce_used"
    " expired_access_key no_authorization_i_p no_authorization_ip out_of_scope"
    " thirdparty_agreement_required too_many_requests 429 418"
)

CODES = Codes(
    refused=frozenset(
        (*REFUSED.split(), *(f"{name}_{side}" for name in SIDED for side in ("bid", "ask")))
    ),
    absent=frozenset({"order_not_found"}),
    clock=frozenset(),
)
