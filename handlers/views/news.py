"""News on a screen: the mood, what a model has found, then who said what how long ago."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape

from core.domain.news import Mood, NewsFact, Tier
from core.news.reading import NewsPage
from handlers.views.quoting import quoted
from handlers.views.status import chosen
from handlers.views.tidings import found_lines
from handlers.views.view import Key, Keyboard, Verb, View
from handlers.words import Reader

ON_A_PAGE = 5
MARKS = {Tier.PRIMARY: "①", Tier.NEWSROOM: "②", Tier.CROWD: "③"}


def news_view(reader: Reader, page: NewsPage, coins: Sequence[str]) -> View:
    """`coins` are those with a button of their own."""
    return View("\n".join(_lines(reader, page)), _keys(reader, page, coins))


def note_view(reader: Reader) -> View:
    return View(
        f"<b>{reader.t('button.news_note')}</b>\n{reader.t('news.note')}\n{reader.t('found.note')}"
    )


def _lines(reader: Reader, page: NewsPage) -> Iterator[str]:
    t = reader.t
    yield _mood(reader, page.moods)
    yield ""
    yield from found_lines(reader, page.found, page.now)
    yield f"<b>{t('news.about', coin=page.coin) if page.coin else t('news.latest')}</b>"
    if not page.facts:
        yield _why_none(reader, page)
        return
    for place, fact in enumerate(page.facts, start=page.skip + 1):
        yield f"{place}. {_title(fact)}"
        yield f"{MARKS[fact.tier]} {_said(reader, fact, page.now)}"
    yield ""
    yield t("news.tiers")
    yield _next(reader, page)
    yield t("news.never")


def _mood(reader: Reader, moods: Sequence[Mood]) -> str:
    t = reader.t
    if not moods:
        return t("news.no_mood")
    now = f"<b>{t('news.mood', value=moods[0].value, kind=t.of('mood', moods[0].kind))}</b>"
    return now + "".join(t("news.mood_before", value=mood.value) for mood in moods[1:2])


def _title(fact: NewsFact) -> str:
    title = quoted(fact.title)
    return f'<a href="{escape(fact.url)}">{title}</a>' if fact.url else title


def _said(reader: Reader, fact: NewsFact, now: datetime) -> str:
    t, age = reader.t, reader.lasting(now - fact.time)
    when = t("news.ago", age=age) if fact.dated else t("news.seen", age=age)
    return " · ".join([escape(fact.source), when, *fact.coins])


def _why_none(reader: Reader, page: NewsPage) -> str:
    t, last = reader.t, page.round
    if last is None:
        return t("news.simulated")
    if last.last_at is None:
        return t("news.first")
    none = t("news.none_about", coin=page.coin) if page.coin else t("news.none")
    return f"{none}\n{_next(reader, page)}"


def _next(reader: Reader, page: NewsPage) -> str:
    t, last = reader.t, page.round
    if last is None:
        return t("news.simulated")
    if last.last_at is None:
        return t("news.first")
    clock = reader.clock(last.next_at)
    return t("news.next", time=clock, answered=last.answered, asked=last.asked)


def _keys(reader: Reader, page: NewsPage, coins: Sequence[str]) -> Keyboard:
    t = reader.t
    every = Key(chosen(t("button.news_all"), not page.coin), Verb.NEWS)
    some = tuple(Key(chosen(coin, coin == page.coin), Verb.NEWS, coin) for coin in coins)
    rows = ((every, *some), _turning(reader, page), (Key(t("button.news_note"), Verb.NEWS_NOTE),))
    return tuple(row for row in rows if row)


def _turning(reader: Reader, page: NewsPage) -> tuple[Key, ...]:
    t, before = reader.t, max(page.skip - ON_A_PAGE, 0)
    newer = Key(t("button.newer"), Verb.NEWS, page.coin, f"{before}")
    older = Key(t("button.older"), Verb.NEWS, page.coin, f"{page.skip + ON_A_PAGE}")
    return (*((newer,) if page.skip else ()), *((older,) if page.has_more else ()))
