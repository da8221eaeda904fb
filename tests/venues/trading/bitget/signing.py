"""Whether Bitget may answer a request: its key, passphrase, time, signature and environment."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from tests.venues.trading.floor import Asked
from tests.venues.trading.orders import Refusal

WINDOW = 30_000


@dataclass(frozen=True, slots=True)
class Keys:
    """A key and what it may do; a key of the demo works nowhere else."""

    key: str = "bg_6f1c2a9e0d7b4385ae21c0f94d5b7e13"
    secret: str = "9b1d0c7f4e6a2583d4f0b9c8e7a61532f0d4c3b2a1908f7e6d5c4b3a29180f7e"
    passphrase: str = "openSesame42"
    trades: bool = True
    withdraws: bool = False
    transfers: bool = False
    bound: bool = True  # to an address
    welcome: bool = True  # from the address that asks
    demo: bool = False

    @property
    def credentials(self) -> dict[str, str]:
        """As ccxt wants them."""
        return {"apiKey": self.key, "secret": self.secret, "password": self.passphrase}


def signature(secret: str, text: str) -> str:
    made = hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()
    return base64.b64encode(made).decode()


def check(keys: Keys, asked: Asked, now: int) -> None:
    headers = asked.headers
    check_key(keys, headers)
    check_time(headers.get("ACCESS-TIMESTAMP", ""), now)
    check_passphrase(keys, headers.get("ACCESS-PASSPHRASE", ""))
    told = headers.get("ACCESS-SIGN", "")
    if not hmac.compare_digest(signature(keys.secret, signed(asked)), told):
        raise Refusal("40009", "sign signature error")
    if (headers.get("PAPTRADING") == "1") is not keys.demo:
        raise Refusal("40099", "exchange environment is incorrect")
    if not keys.welcome:
        raise Refusal("40018", "Invalid IP")


def signed(asked: Asked) -> str:
    """The query is signed as it reads, not as it is escaped."""
    query = f"?{unquote(asked.search)}" if asked.search else ""
    return f"{asked.headers['ACCESS-TIMESTAMP']}{asked.method}{asked.path}{query}{asked.body}"


def check_key(keys: Keys, headers: Mapping[str, str]) -> None:
    told = headers.get("ACCESS-KEY", "")
    if not told:
        raise Refusal("40001", "ACCESS_KEY cannot be empty")
    if told != keys.key:
        raise Refusal("40006", "Invalid ACCESS_KEY")


def check_time(told: str, now: int) -> None:
    if not told.isdigit():
        raise Refusal("40005", "Invalid ACCESS_TIMESTAMP")
    if abs(now - int(told)) > WINDOW:
        raise Refusal("40008", "Request timestamp expired")


def check_passphrase(keys: Keys, told: str) -> None:
    if not told:
        raise Refusal("40011", "ACCESS_PASSPHRASE cannot be empty")
    if told != keys.passphrase:
        raise Refusal("40012", "apikey/password is incorrect")
