"""From what came off the wire to a fact the desk may keep, or to nothing."""

import hashlib
import re
from datetime import UTC, datetime, timedelta

from core.domain.news import Item, NewsFact, Publisher
from core.domain.people import Language
from core.news.cleaning import clean
from core.news.coins import coins_in, is_about_coins
from core.news.links import canonical

FRESH = timedelta(days=7)
SKEW = timedelta(minutes=10)
HANGUL = re.compile(r"[가-힣]")


def fact_of(item: Item, publisher: Publisher, now: datetime) -> NewsFact | None:
    """None for what is old, says nothing, or comes from somewhere else than where coins live."""
    title = clean(item.title)
    time = _published(item, publisher)
    if not title_key(title) or (time is not None and time < now - FRESH):
        return None
    if publisher.general and not is_about_coins(title):
        return None
    dated = time is not None and time <= now + SKEW
    return NewsFact(
        id=digest(title_key(title)),
        time=min(time, now) if time is not None and dated else now,
        seen_at=now,
        source=publisher.name,
        tier=publisher.tier,
        language=publisher.language or _language(title),
        title=title,
        coins=coins_in(title),
        url=canonical(item.url),
        dated=dated,
    )


def title_key(title: str) -> str:
    """Equal for titles that differ in punctuation and capitals only; empty for one without words."""
    return " ".join(re.findall(r"\w+", title.casefold()))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _published(item: Item, publisher: Publisher) -> datetime | None:
    """A time before 1970 or without a meaning is none."""
    time = item.published
    if time is None or not 1970 < time.year < 9999:
        return None
    return (
        time.replace(tzinfo=UTC) - publisher.zone if time.tzinfo is None else time.astimezone(UTC)
    )


def _language(title: str) -> Language:
    return Language.KO if HANGUL.search(title) else Language.EN
