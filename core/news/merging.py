"""One story, told once: the same title or the same page, whoever brings it, is one fact."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce

from core.domain.news import NewsFact
from core.news.facts import digest, title_key
from core.news.links import link_key


@dataclass(slots=True)
class Filing:
    """What a store has to do: keep these facts, know these keys, and give to an heir what led to
    a fact that is gone.
    """

    kept: dict[str, NewsFact] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)


def keys_of(fact: NewsFact) -> tuple[str, ...]:
    """By which the story is known again."""
    title = f"title:{digest(title_key(fact.title))}"
    return (title, f"link:{digest(link_key(fact.url))}") if fact.url else (title,)


def merged(one: NewsFact, other: NewsFact) -> NewsFact:
    """The best tier speaks, the earliest time counts, and the first name it was given stays.

    In whatever order facts are merged, the outcome is the same.
    """
    best = min(one, other, key=lambda fact: (fact.tier, not fact.url, _spelled(fact)))
    first = min(one, other, key=lambda fact: (fact.seen_at, fact.id))
    times = [fact.time for fact in (one, other) if fact.dated]
    return replace(
        best,
        id=first.id,
        seen_at=first.seen_at,
        time=min([*times, first.seen_at]) if times else min(one.time, other.time),
        dated=bool(times),
        coins=tuple(sorted({*one.coins, *other.coins})),
    )


def file(
    fresh: Iterable[NewsFact], keys: Mapping[str, str], stored: Mapping[str, NewsFact]
) -> Filing:
    """Merge what has come into what is there. `keys` lead to ids; a key whose fact is not there
    names a story that was forgotten, and stays so.
    """
    shelf = _Shelf(Filing(), dict(keys), dict(stored))
    for fact in fresh:
        shelf.take(fact)
    return shelf.filing


@dataclass(slots=True)
class _Shelf:
    filing: Filing
    leads: dict[str, str]
    known: dict[str, NewsFact]

    def take(self, fact: NewsFact) -> None:
        ids = sorted({self.leads[key] for key in keys_of(fact) if key in self.leads})
        old = [self.known[each] for each in ids if each in self.known]
        if ids and not old:
            self._lead(keys_of(fact), ids[0])
            return
        whole = reduce(merged, old, fact)
        for each in old:
            if each.id != whole.id:
                self._leave(each.id, whole.id)
        self._lead(keys_of(fact), whole.id)
        if self.known.get(whole.id) != whole:
            self.filing.kept[whole.id] = self.known[whole.id] = whole

    def _lead(self, keys: Iterable[str], identity: str) -> None:
        self.leads |= dict.fromkeys(keys, identity)
        self.filing.keys |= dict.fromkeys(keys, identity)

    def _leave(self, lost: str, heir: str) -> None:
        """Whatever led to the one leads to the other."""
        self._lead([key for key, lead in self.leads.items() if lead == lost], heir)
        for gone, other in self.filing.gone.items():
            self.filing.gone[gone] = heir if other == lost else other
        self.filing.gone[lost] = heir
        self.filing.kept.pop(lost, None)
        self.known.pop(lost)


def _spelled(fact: NewsFact) -> tuple[str, str, str]:
    return fact.source, fact.title, fact.url
