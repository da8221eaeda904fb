"""Whether Upbit may answer a request: a token says who asks, and for what; it never grows old."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from urllib.parse import unquote

from tests.venues.trading.floor import Asked
from tests.venues.trading.orders import Refusal
from tests.venues.trading.upbit.words import invalid

JWT = Refusal("jwt_verification", "Jwt 토큰 검증에 실패했습니다.")
PAYLOAD = Refusal("invalid_query_payload", "Jwt의 query를 검증하는데 실패하였습니다.")
STRANGER = Refusal("invalid_access_key", "잘못된 엑세스 키입니다.")
USED = Refusal("nonce_used", "이미 요청한 nonce값이 다시 사용되었습니다.")
EXPIRED = Refusal("expired_access_key", "API 키가 만료되었습니다.")
ELSEWHERE = Refusal("no_authorization_i_p", "허용되지 않은 IP 주소입니다.")
FORBIDDEN = Refusal("out_of_scope", "권한이 부족합니다.")


@dataclass(frozen=True, slots=True)
class Keys:
    """A key and what it may do. Nobody can read what: only when it ends."""

    key: str = "hN3mUj7yYx1bQ0oTq4VZ5kW8cR2sD6fGpLaEiXuM"
    secret: str = "Kx9PzA2dR7vB4nQ1wT8eYs5uC3iFhJ6gLmO0rXkE"
    reads: bool = True  # 자산조회, 주문조회
    trades: bool = True  # 주문하기
    welcome: bool = True  # from the address that asks
    ends: int = 1_798_804_800_000

    @property
    def credentials(self) -> dict[str, str]:
        """As ccxt wants them."""
        return {"apiKey": self.key, "secret": self.secret}


@dataclass
class Gate:
    """Remembers every nonce: a token serves once."""

    used: set[str] = field(default_factory=set)

    def check(self, keys: Keys, asked: Asked, now: int) -> None:
        payload = read(keys, asked.headers.get("Authorization", ""))
        if now >= keys.ends:
            raise EXPIRED
        if not keys.welcome:
            raise ELSEWHERE
        check_query(payload, asked)
        nonce = str(payload.get("nonce", ""))
        if not nonce or nonce in self.used:
            raise USED if nonce else JWT
        self.used.add(nonce)


def read(keys: Keys, header: str) -> dict[str, object]:
    scheme, _, token = header.partition(" ")
    parts = token.split(".")
    if scheme != "Bearer" or len(parts) != 3:
        raise JWT
    made = hmac.new(keys.secret.encode(), f"{parts[0]}.{parts[1]}".encode(), hashlib.sha256)
    try:
        payload, told = json.loads(decoded(parts[1])), decoded(parts[2])
    except ValueError:
        raise JWT from None
    if not isinstance(payload, dict):
        raise JWT
    if payload.get("access_key") != keys.key:
        raise STRANGER
    if not hmac.compare_digest(made.digest(), told):
        raise JWT
    return payload


def decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def check_query(payload: dict[str, object], asked: Asked) -> None:
    """The hash is of the parameters as they read, in the order in which they were sent."""
    text = unquote(asked.search) or written(asked.body)
    if not text:
        return
    expected = hashlib.sha512(text.encode()).hexdigest()
    if payload.get("query_hash_alg") != "SHA512" or payload.get("query_hash") != expected:
        raise PAYLOAD


def written(body: str) -> str:
    """A body is JSON, and hashed as if it were a query."""
    try:
        told = json.loads(body) if body else {}
    except json.JSONDecodeError:
        raise invalid("잘못된 API 요청입니다.") from None
    if not isinstance(told, dict):
        raise invalid("잘못된 API 요청입니다.")
    return "&".join(f"{key}={value}" for key, value in told.items())
