"""Whether a request may be answered: its key, its signature, its time."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from tests.venues.trading.orders import Refusal

WINDOW, MOST, AHEAD = 5_000, 60_000, 1_000


@dataclass(frozen=True, slots=True)
class Keys:
    """A pair of keys and what they may do."""

    key: str = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A"
    secret: str = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j"
    trades: bool = True
    withdraws: bool = False
    transfers: bool = False
    bound: bool = True  # to an address


def signature(secret: str, text: str) -> str:
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def check_key(keys: Keys, headers: Mapping[str, str]) -> None:
    told = headers.get("X-MBX-APIKEY", "")
    if not told:
        raise Refusal(-2014, "API-key format invalid.")
    if told != keys.key:
        words = "Invalid API-key, IP, or permissions for action, request ip: 203.0.113.7"
        raise Refusal(-2015, words)


def check_signature(keys: Keys, raw: str) -> None:
    """The signature stands last and covers everything before it."""
    text, _, told = raw.rpartition("signature=")
    if not told:
        words = "Mandatory parameter 'signature' was not sent, was empty/null, or malformed."
        raise Refusal(-1102, words)
    if not hmac.compare_digest(signature(keys.secret, text.removesuffix("&")), told):
        raise Refusal(-1022, "Signature for this request is not valid.")


def check_time(query: Mapping[str, str], now: int) -> None:
    sent = query.get("timestamp", "")
    if not sent.isdigit():
        words = "Mandatory parameter 'timestamp' was not sent, was empty/null, or malformed."
        raise Refusal(-1102, words)
    window = int(query.get("recvWindow", WINDOW))
    if window > MOST:
        raise Refusal(-1131, "recvWindow must be less than 60000.")
    if int(sent) >= now + AHEAD:
        words = "Timestamp for this request was 1000ms ahead of the server's time."
        raise Refusal(-1021, words)
    if now - int(sent) > window:
        raise Refusal(-1021, "Timestamp for this request is outside of the recvWindow.")
