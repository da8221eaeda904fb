"""Where a headline leads: one spelling for each address, without what only tracks the reader."""

import re
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit

from core.domain.news import LONGEST_URL

SCHEMES = ("https", "http")
TRACKING = re.compile(
    r"utm_\w+|mtm_\w+|pk_\w+|mc_[ce]id|_hs\w+|ga_\w+|fbclid|gclid|dclid|yclid|msclkid|igshid"
    r"|ref|ref_src|ref_url|source|cmpid|ncid|smid|taid|spm|amp",
    re.IGNORECASE,
)
HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
KEPT = "/%:@!$&'()*+,;=~-._"


def canonical(address: str) -> str:
    """Empty for what no reader should be sent to: other schemes, user names, odd hosts."""
    try:
        whole = _spelled(urlsplit(address.strip()))
    except ValueError:
        return ""
    return whole if len(whole) <= LONGEST_URL else ""


def _spelled(parts: SplitResult) -> str:
    """Raises ValueError for half a sign, a strange port and a query without an end."""
    port = parts.port
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in SCHEMES or "@" in parts.netloc or not HOST.fullmatch(host):
        return ""
    usual = port in {None, 443 if parts.scheme == "https" else 80}
    place = host if usual else f"{host}:{port}"
    return f"{parts.scheme}://{place}{_path(parts)}{_query(parts)}"


def link_key(url: str) -> str:
    """Equal for two spellings of one page: http or https, with www or without."""
    return url.partition("://")[2].removeprefix("www.")


def _path(parts: SplitResult) -> str:
    return quote(parts.path, safe=KEPT).rstrip("/")


def _query(parts: SplitResult) -> str:
    asked = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=50)
    kept = sorted((name, value) for name, value in asked if not TRACKING.fullmatch(name))
    return f"?{urlencode(kept)}" if kept else ""
