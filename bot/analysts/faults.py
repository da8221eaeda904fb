"""Names what went wrong with a provider, in few words that hold no secret."""

import re
from collections.abc import Mapping

from core.domain.model import Failure, Unsaid

LONGEST = 160
FORBIDDEN = frozenset({401, 403})
OVERLOADED = frozenset({409, 429})
UNPAID = re.compile(
    r"insufficient_quota|billing|credit balance|credits? (?:exhausted|required)|"
    r"exceeded your current quota",
    re.IGNORECASE,
)
SECRETS = re.compile(r"(?:Bearer\s+|\b(?:sk|pk|rk|pplx|gsk|key)[-_])[\w*.\-…]{3,}", re.IGNORECASE)
UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")


def by_status(status: int, body: object) -> Unsaid:
    """What an HTTP error means."""
    codes, said = _told(body)
    return unsaid(_failure(status, codes, said), f"HTTP {status} {said or codes}")


def by_code(body: object) -> Unsaid:
    """What an error means that came in an answer of its own, with HTTP 200."""
    codes, said = _told(body)
    if UNPAID.search(f"{codes} {said}"):
        failure = Failure.UNPAID
    elif re.search(
        r"rate_limit|server_error|timeout|overloaded|unavailable|\b(429|5\d\d)\b", codes
    ):
        failure = Failure.OVERLOADED
    else:
        failure = Failure.REJECTED
    return unsaid(failure, said or codes)


def unsaid(failure: Failure, words: str) -> Unsaid:
    """In their words as they came: who asked knows the key, and tidies up."""
    return Unsaid(failure=failure, detail=words)


def tidy(words: str, key: str = "") -> str:
    """One short line without `key`, and without anything that looks like one."""
    bare = words.replace(key, "***") if key else words
    return UNSEEN.sub(" ", SECRETS.sub("***", bare)).strip()[:LONGEST]


def _failure(status: int, codes: str, said: str) -> Failure:
    everything = f"{codes} {said}"
    if status == 402 or (status < 500 and UNPAID.search(everything)):
        return Failure.UNPAID
    if "model_not_found" in codes or (status == 404 and "model" in everything.lower()):
        return Failure.RETIRED
    if status in FORBIDDEN:
        return Failure.FORBIDDEN
    if status == 408:
        return Failure.TIMEOUT
    if status in OVERLOADED or status >= 500:
        return Failure.OVERLOADED
    return Failure.REJECTED


def _told(body: object) -> tuple[str, str]:
    """Its codes, and its words. Some wrap both in `error`; the libraries may have unwrapped them."""
    inner = body.get("error", body) if isinstance(body, Mapping) else body
    if not isinstance(inner, Mapping):
        return "", inner if isinstance(inner, str) and "<" not in inner else ""
    codes = " ".join(str(inner[name]) for name in ("code", "type") if inner.get(name))
    return codes, str(inner.get("message") or "")
