"""Asks a model that can search the web for facts about coins, and believes as little as it can.

Headlines go in as data, behind a fence; what comes back is typed. How much may follow from a fact
is decided by who else says so and when, and never by the model alone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from core.domain.model import Prompt, PromptKind, Said, Source
from core.domain.news import NewsFact
from core.domain.people import Language
from core.domain.tiding import MOST_MATERIAL, Direction, Tiding, TidingKind
from core.news.cleaning import clean
from core.news.facts import SKEW, digest, title_key
from core.news.links import canonical
from core.prompt import texts
from core.prompt.asking import NAMES, fenced
from core.prompt.parsing import Faults, has_keys, objects, read_object, words
from core.prompt.schemas import MATERIALITIES, VERSION, tiding_schema
from core.prompt.sheet import digest_of, nonce_of
from core.prompt.sources import are_credible, domain_of, host_of
from core.prompt.versions import PROMPT_VERSIONS

KEYS = frozenset(
    {
        "coins",
        "event_type",
        "direction",
        "materiality",
        "published_at",
        "source_idx",
        "fact",
    }
)
MOST_HEADLINES, MOST_ITEMS, MOST_SOURCES = 30, 20, 100
LONGEST_DAY = len("2026-01-01")
OLD = timedelta(hours=24)
UNPROVEN = 1
FENCE = re.compile(r"\bDATA\b.{0,40}\b(?:begins|ends)\b", re.IGNORECASE)
ADDRESS = re.compile(r"\S*(?:://|www\.)\S*", re.IGNORECASE)


def news(
    coins: Sequence[str], headlines: Sequence[NewsFact], now: datetime, language: Language
) -> Prompt:
    """What has happened to these coins? Asked with one search, to the minute."""
    listed = sorted(set(coins))
    moment = now.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    leads = [_lead(fact, now) for fact in sorted(headlines, key=_newest)[:MOST_HEADLINES]]
    made = digest_of((moment, language, *listed, "", *leads))
    nonce = nonce_of(made)
    safe = [lead for lead in leads if nonce not in lead and not FENCE.search(lead)]
    ending = f"It is {moment}. Coins: {', '.join(listed)}. Write every fact in {NAMES[language]}."
    return Prompt(
        kind=PromptKind.NEWS,
        version=PROMPT_VERSIONS[PromptKind.NEWS],
        schema_version=VERSION,
        system=texts.NEWS,
        user=f"{fenced(nonce, _lines(safe))}\n\n{ending}",
        schema=tiding_schema(listed),
        input=made,
        searches=1,
    )


def read_news(said: Said, coins: Sequence[str], now: datetime) -> tuple[Tiding, ...] | Faults:
    """Each fact once. An item that is not as asked, or about no coin of the list, is left out."""
    whole = read_object(said.text, ("schema_version", "items"), VERSION)
    entries = whole if isinstance(whole, Faults) else objects(whole, "items")
    if isinstance(entries, Faults):
        return entries
    reader = _Reader(tuple(sorted(set(coins))), said.sources[:MOST_SOURCES], now)
    found = (reader.tiding(entry) for entry in entries[:MOST_ITEMS])
    by_id: dict[str, Tiding] = {}
    for tiding in found:
        if tiding is not None:
            by_id.setdefault(tiding.id, tiding)
    return tuple(by_id.values())


@dataclass(frozen=True, slots=True)
class _Reader:
    """Judges items by the sources that the provider itself has named."""

    coins: tuple[str, ...]
    sources: tuple[Source, ...]
    now: datetime

    def tiding(self, entry: dict[str, object]) -> Tiding | None:
        named, fact = words(entry.get("coins")) or (), _fact(entry.get("fact"))
        coins = tuple(coin for coin in self.coins if coin in named)
        event = next((kind for kind in TidingKind if kind == entry.get("event_type")), None)
        direction = next((way for way in Direction if way == entry.get("direction")), None)
        claimed = entry.get("materiality")
        if not (has_keys(entry, KEYS) and coins and fact and claimed in MATERIALITIES):
            return None
        if event is None or direction is None:
            return None
        cited = self._cited(entry["source_idx"])
        published = self._published(entry["published_at"], cited)
        hosts = [host_of(source.url) for source in cited]
        return Tiding(
            id=digest("|".join((event, *coins, title_key(fact)))),
            coins=coins,
            event=event,
            direction=direction,
            materiality=self._allowed(int(str(claimed)), hosts, published),
            published=published,
            domains=tuple(dict.fromkeys(domain_of(host) for host in hosts)),
            urls=tuple(dict.fromkeys(canonical(source.url) for source in cited)),
            fact=fact,
            seen_at=self.now,
        )

    def _cited(self, stated: object) -> list[Source]:
        """Only by number, and only what can be visited."""
        listed = stated if isinstance(stated, list) else []
        numbers = dict.fromkeys(
            n for n in listed if isinstance(n, int) and not isinstance(n, bool)
        )
        told = [self.sources[n] for n in numbers if 0 <= n < len(self.sources)]
        return [source for source in told if host_of(source.url)]

    def _published(self, stated: object, cited: Sequence[Source]) -> datetime | None:
        """The earlier of what the model says and the newest of its sources; None for the future."""
        told = [moment for source in cited if (moment := _moment(source.published, self.now))]
        said = _moment(stated, self.now) if isinstance(stated, str) else None
        known = [moment for moment in (said, max(told, default=None)) if moment is not None]
        first = min(known, default=None)
        if first is None or first > self.now + SKEW:
            return None
        return min(first, self.now)

    def _allowed(self, claimed: int, hosts: Sequence[str], published: datetime | None) -> int:
        """Nothing without a source, of an unknown time or older than a day; little of one alone."""
        if not hosts or published is None or self.now - published > OLD:
            return 0
        return min(claimed, MOST_MATERIAL if are_credible(hosts) else UNPROVEN)


def _fact(text: object) -> str:
    """Cleaned, and without addresses."""
    return clean(ADDRESS.sub(" ", clean(text))) if isinstance(text, str) else ""


def _moment(text: str, now: datetime) -> datetime | None:
    """One without a zone is meant as UTC, and a day without a time whole, as far as it has gone."""
    stated = text.strip()
    try:
        moment = datetime.fromisoformat(stated)
        moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    if len(stated) > LONGEST_DAY or moment > now:
        return moment
    return min(datetime.combine(moment, time.max, UTC), now)


def _lines(leads: Sequence[str]) -> tuple[str]:
    return ("\n".join(leads or ("no headlines",)),)


def _newest(fact: NewsFact) -> tuple[float, str]:
    return -fact.time.timestamp(), fact.id


def _lead(fact: NewsFact, now: datetime) -> str:
    age = max((now - fact.time) / timedelta(hours=1), 0.0)
    who = fact.tier.name.lower()
    return f"- {age:.0f} h ago, {who}, {' '.join(fact.coins) or '-'}: {clean(fact.title)}"
