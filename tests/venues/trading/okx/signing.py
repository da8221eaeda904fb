"""Whether a request to OKX may be answered: its key, passphrase, signature and time."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from tests.venues.trading.floor import Asked
from tests.venues.trading.orders import Refusal

WINDOW = 30_000
NEEDED = {
    "OK-ACCESS-KEY": 50103,
    "OK-ACCESS-PASSPHRASE": 50104,
    "OK-ACCESS-SIGN": 50106,
    "OK-ACCESS-TIMESTAMP": 50107,
}


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys with a passphrase, what they may do, and whether they are of the demo."""

    key: str = "37c541a1-4b1c-4f5e-8c5d-2f0d6a1b9e77"
    secret: str = "85B1A3F0C4E64D3B9A7C1E5F2D8B6A90"
    passphrase: str = "Correct-Horse-7"
    trades: bool = True
    withdraws: bool = False
    bound: bool = True  # to an address
    demo: bool = False


def signature(secret: str, text: str) -> str:
    digest = hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def check(keys: Keys, asked: Asked, now: int) -> None:
    headers = asked.headers
    for name, code in NEEDED.items():
        if not headers.get(name):
            raise Refusal(code, f'Request header "{name}" can not be empty.')
    if headers["OK-ACCESS-KEY"] != keys.key:
        raise Refusal(50111, "Invalid OK-ACCESS-KEY")
    if (headers.get("x-simulated-trading", "0") == "1") is not keys.demo:
        raise Refusal(50101, "APIKey does not match current environment.")
    check_time(headers["OK-ACCESS-TIMESTAMP"], now)
    if headers["OK-ACCESS-PASSPHRASE"] != keys.passphrase:
        raise Refusal(50105, "Request header OK-ACCESS-PASSPHRASE incorrect.")
    check_signature(keys, asked)


def check_time(sent: str, now: int) -> None:
    """ISO 8601 with milliseconds, or seconds since 1970; half a minute to either side."""
    try:
        moment = datetime.fromisoformat(sent).timestamp() if "T" in sent else float(sent)
    except ValueError:
        raise Refusal(50112, "Invalid OK-ACCESS-TIMESTAMP") from None
    if abs(now - moment * 1_000) > WINDOW:
        raise Refusal(50102, "Timestamp request expired")


def check_signature(keys: Keys, asked: Asked) -> None:
    """Over the time, the method, the path with its query, and the body."""
    headers = asked.headers
    path = f"{asked.path}?{asked.search}" if asked.search else asked.path
    text = headers["OK-ACCESS-TIMESTAMP"] + asked.method + path + asked.body
    if not hmac.compare_digest(signature(keys.secret, text), headers["OK-ACCESS-SIGN"]):
        raise Refusal(50113, "Invalid Sign")
