"""How Upbit says no, and what it says when it does not know."""

from tests.venues.answers import Answer
from tests.venues.korea.words import error
from tests.venues.trading.orders import Refusal, Side

SAID = {
    "under_min_total": "최소주문금액 이상으로 주문해주세요",
    "insufficient_funds": "주문가능한 금액({0})이 부족합니다.",
    "invalid_price": "주문가격 단위를 잘못 입력하셨습니다. 확인 후 시도해주세요.",
    "invalid_volume": "주문수량을 잘못 입력하셨습니다. 확인 후 시도해주세요.",
    "create": "주문 요청 정보가 올바르지 않습니다.",
}
STATUS = {
    "invalid_access_key": 401,
    "jwt_verification": 401,
    "invalid_query_payload": 401,
    "nonce_used": 401,
    "expired_access_key": 401,
    "no_authorization_i_p": 401,
    "out_of_scope": 403,
    "order_not_found": 404,
    "notfoundmarket": 404,
}
NO_MARKET = Refusal("notfoundmarket", "마켓 코드를 찾을 수 없습니다.")
NO_ORDER = Refusal("order_not_found", "주문을 찾지 못했습니다.")
USED = Refusal("duplicated_identifier", "이미 사용된 identifier 입니다.")
UNKNOWN = error("server_error", "서버 내부 오류로 요청을 처리할 수 없습니다.", 500)


def of_side(name: str, side: Side, currency: str = "") -> Refusal:
    """Most of Upbit's reasons are two: one for buyers, one for sellers."""
    suffix = "bid" if side is Side.BUY else "ask"
    told = f"create_{suffix}_error" if name == "create" else f"{name}_{suffix}"
    return Refusal(told, SAID[name].format(currency))


def invalid(words: str) -> Refusal:
    return Refusal("validation_error", words)


def refuse(refused: Refusal) -> Answer:
    return error(refused.code, refused.words, STATUS.get(str(refused.code), 400))
