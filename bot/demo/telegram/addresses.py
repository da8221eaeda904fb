"""Which addresses Telegram takes for links and buttons, and how it completes them."""

import re

WEB = re.compile(
    r"(?:(?P<scheme>https?)://)?(?P<host>[^\s/?#:@]+\.[^\s/?#:@]+)(?P<port>:\d{1,5})?"
    r"(?P<rest>[/?#]\S*)?",
    re.IGNORECASE,
)
APP = re.compile(r"tg://\S+", re.IGNORECASE)


def completed(address: str) -> str | None:
    """The whole address, or None where it is none; a bare host lies on the open web."""
    if APP.fullmatch(address):
        return address
    match = WEB.fullmatch(address)
    if match is None:
        return None
    scheme, rest = (match["scheme"] or "http").lower(), match["rest"] or ""
    path = rest if rest.startswith("/") else f"/{rest}"
    return f"{scheme}://{match['host']}{match['port'] or ''}{path}"
