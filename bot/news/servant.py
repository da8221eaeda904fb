"""Reads one feed in a process of its own: bytes come in, items go out as JSON.

A feed can be written so that its reader works on it for minutes; whoever started this ends it.
"""

import io
import json
import re
import resource
import sys
from collections.abc import Iterator
from datetime import UTC
from typing import Any

import feedparser

from bot.news.dates import published

MOST_ITEMS = 100
REFERENCE = re.compile(rb"&#(?:[xX]0*([0-9a-fA-F]{4})|0*([0-9]{5}));")
LONGEST_FIELD = 4_000
LONGEST_DATE = 100
SECONDS = 10
MEMORY = 1 << 30


def main() -> None:
    for limit, most in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY)):
        resource.setrlimit(limit, (most, most))
    json.dump(items(sys.stdin.buffer.read()), sys.stdout)


def items(body: bytes) -> list[dict[str, str | None]] | None:
    """None for what is no feed. Wrapped, since feedparser would open bytes that name a file."""
    if not body.strip():
        return None
    whole = REFERENCE.sub(_sign, body)
    read = feedparser.parse(io.BytesIO(whole), sanitize_html=False, resolve_relative_uris=False)
    if not read.entries and not read.version:
        return None
    found = list(_items(read.entries))
    return sorted(found, key=lambda item: item["published"] or "", reverse=True)[:MOST_ITEMS]


def _sign(found: re.Match[bytes]) -> bytes:
    """Half a sign, which no text can hold, would make the whole feed unreadable."""
    number = int(found[1], 16) if found[1] else int(found[2])
    return b"&#xFFFD;" if 0xD800 <= number <= 0xDFFF else found[0]


def _items(entries: list[Any]) -> Iterator[dict[str, str | None]]:
    for entry in entries:
        yield {
            "title": str(entry.get("title", ""))[:LONGEST_FIELD],
            "url": str(entry.get("link", ""))[:LONGEST_FIELD],
            "published": _time(entry, "published") or _time(entry, "updated"),
        }


def _time(entry: Any, name: str) -> str | None:
    """Looked up as in any dict, since feedparser's own gives one time for another."""
    try:
        said = str(dict.get(entry, name, "")).strip()[:LONGEST_DATE]
        time = published(said, dict.get(entry, f"{name}_parsed"))
        if time is None:
            return None
        return (time.astimezone(UTC) if time.tzinfo else time).isoformat()
    except (ValueError, TypeError, OverflowError):
        return None


if __name__ == "__main__":
    main()
