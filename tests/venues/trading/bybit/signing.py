"""Whether a request to Bybit may be answered: its key, its signature, its time."""

import hashlib
import hmac
from dataclasses import dataclass

from tests.venues.trading.floor import Asked
from tests.venues.trading.orders import Refusal

WINDOW, AHEAD = 5_000, 1_000
DEMO = "api-demo.bybit.com"
OTHERS = {"api.bybit.com": False, DEMO: True}


@dataclass(frozen=True, slots=True)
class Keys:
    """A pair of keys, what they may do, and whether they are of the demo."""

    key: str = "xgLpZ2mWgJ6bq9YtHd"
    secret: str = "fO8gVqPzKk3XcTnD5sRwJ1uLmEoHaBtYiW7Z"
    trades: bool = True
    withdraws: bool = False
    transfers: bool = False
    bound: bool = True  # to an address
    demo: bool = False


def signature(secret: str, text: str) -> str:
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def check(keys: Keys, asked: Asked, now: int) -> None:
    """Keys of the demo and of the real account do not open each other's host."""
    told = asked.headers.get("X-BAPI-API-KEY", "")
    if told != keys.key or OTHERS.get(asked.host, keys.demo) is not keys.demo:
        raise Refusal(10003, "API key is invalid.")
    check_time(asked, now)
    check_signature(keys, asked)


def check_time(asked: Asked, now: int) -> None:
    sent = asked.headers.get("X-BAPI-TIMESTAMP", "")
    window = asked.headers.get("X-BAPI-RECV-WINDOW", str(WINDOW))
    if not (sent.isdigit() and window.isdigit()):
        raise Refusal(10001, "request parameter error: X-BAPI-TIMESTAMP is not valid")
    if not now - int(window) <= int(sent) < now + AHEAD:
        words = (
            "invalid request, please check your server timestamp or recv_window param."
            f" req_timestamp[{sent}],server_timestamp[{now}],recv_window[{window}]"
        )
        raise Refusal(10002, words)


def check_signature(keys: Keys, asked: Asked) -> None:
    """Over the time, the key, the window, and the query or the body as it was sent."""
    headers = asked.headers
    head = headers["X-BAPI-TIMESTAMP"] + keys.key + headers.get("X-BAPI-RECV-WINDOW", "")
    text = head + (asked.search if asked.method == "GET" else asked.body)
    told = headers.get("X-BAPI-SIGN", "")
    if not hmac.compare_digest(signature(keys.secret, text), told):
        raise Refusal(10004, f"error sign! origin_string[{text}]")
