"""A feed is read by somebody else, who is ended when it takes too long, and believed in nothing."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.news.errors import Failed, Refused
from bot.news.parsing import Parse, _item
from bot.news.servant import MOST_ITEMS, items
from core.domain.news import Item

REAL = Path(__file__).parents[4] / "shared" / "payloads" / "news"
HEAD = b"<?xml version='1.0'?><rss version='2.0'><channel>"
TAIL = b"</channel></rss>"
ONE = (
    b"<item><title>Bitcoin &amp; <![CDATA[<b>more</b>]]></title><link>https://a.b/c</link>"
    b"<pubDate>Sat, 15 Aug 2026 16:00:00 +0900</pubDate></item>"
)
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><title>이더리움</title>
<link href="https://a.b/d"/><updated>2026-08-15T07:00:00Z</updated></entry></feed>"""


def read(body):
    return tuple(map(_item, items(body)))


async def test_a_feed_becomes_items():
    (item,) = await Parse()(HEAD + ONE + TAIL)
    assert item.title == "Bitcoin & <b>more</b>"
    assert item.url == "https://a.b/c"
    assert item.published == datetime(2026, 8, 15, 7, tzinfo=UTC)


def test_atom_is_read_too():
    (item,) = read(ATOM.encode())
    assert item == Item("이더리움", "https://a.b/d", datetime(2026, 8, 15, 7, tzinfo=UTC))


@pytest.mark.parametrize("encoding", ["euc-kr", "utf-16", "utf-8"])
def test_korean_is_read_in_any_of_its_clothes(encoding):
    body = f"<?xml version='1.0' encoding='{encoding}'?>" + ATOM
    assert read(body.encode(encoding))[0].title == "이더리움"


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("2026-08-15 16:00:00", datetime(2026, 8, 15, 16)),
        ("Sat, 15 Aug 2026 16:00:00 GMT", datetime(2026, 8, 15, 16, tzinfo=UTC)),
        ("Sat, 15 Aug 2026 16:00:00", None),
        ("2026/08/15 16:00", datetime(2026, 8, 15, 16)),
        ("2026. 8. 15. 16:00", datetime(2026, 8, 15, 16)),
        ("2026. 8. 15. (토) 오후 4:00", datetime(2026, 8, 15, 16)),
        ("2026년 8월 15일 16:00", datetime(2026, 8, 15, 16)),
        ("2026년 08월 15일 16:00:00", datetime(2026, 8, 15, 16)),
        ("2026-08-15 오전 12:30:00", datetime(2026, 8, 15, 0, 30)),
        ("2026/08/15", datetime(2026, 8, 15)),
        ("2026/08/15 16:00 KST", datetime(2026, 8, 15, 7, tzinfo=UTC)),
        ("2026/08/15 16:00 +0900", datetime(2026, 8, 15, 7, tzinfo=UTC)),
        ("Sat, 15 Aug 2026 16:00:00 KST", datetime(2026, 8, 15, 7, tzinfo=UTC)),
        ("Sat, 15 Aug 2026 16:00:00 JST", datetime(2026, 8, 15, 7, tzinfo=UTC)),
        ("Sat, 15 Aug 2026 16:00:00 +0900 KST", datetime(2026, 8, 15, 7, tzinfo=UTC)),
        ("Sat, 15 Aug 2026 16:00:00 CET", datetime(2026, 8, 15, 15, tzinfo=UTC)),
        ("Sat, 15 Aug 2026 16:00:00 CEST", datetime(2026, 8, 15, 14, tzinfo=UTC)),
        ("Sat, 15 Aug 2026 16:00:00 BST", datetime(2026, 8, 15, 15, tzinfo=UTC)),
        ("Sat, 15 Aug 2026 16:00:00 EDT", datetime(2026, 8, 15, 20, tzinfo=UTC)),
        ("2026-08-15T16:00:00+09:00", datetime(2026, 8, 15, 7, tzinfo=UTC)),
        ("2026-08-15T16:00:00.5Z", datetime(2026, 8, 15, 16, tzinfo=UTC)),
        ("20260815T160000Z", None),
        ("Sat, 15 Aug 2026 16:00:00 XYZ", None),
        ("2026/15/40 12:00", None),
        ("2026/08/15 at noon", None),
        ("2026 Aug 15 16:00", None),
        ("1795608000", None),
        ("some day", None),
        ("", None),
    ],
)
def test_a_time_is_read_as_it_was_meant_or_not_at_all(date, published):
    old = b"Sat, 15 Aug 2026 16:00:00 +0900"
    assert read(HEAD + ONE.replace(old, date.encode()) + TAIL)[0].published == published


def test_of_a_long_feed_the_first_hundred_are_read_and_of_a_long_title_its_beginning():
    assert len(read(HEAD + ONE * 500 + TAIL)) == MOST_ITEMS
    assert len(read(HEAD + ONE.replace(b"Bitcoin", b"B" * 100_000) + TAIL)[0].title) < 10_000


def test_of_a_long_feed_the_newest_are_read_in_whatever_order_they_come():
    old = b"Sat, 15 Aug 2026 16:00:00 +0900"
    days = (b"%02d Sep 2026 %02d:00:00 GMT" % divmod(24 + n, 24) for n in range(150))
    found = read(HEAD + b"".join(ONE.replace(old, day) for day in days) + TAIL)
    times = [item.published for item in found]
    assert len(times) == MOST_ITEMS
    assert times[0] == datetime(2026, 9, 7, 5, tzinfo=UTC)
    assert times == sorted(times, reverse=True)


@pytest.mark.parametrize("half", [b"&#xD800;", b"&#xdfff;", b"&#x00D800;", b"&#55296;"])
def test_half_a_sign_in_one_title_does_not_make_the_feed_unreadable(half):
    first, second = read(HEAD + ONE.replace(b"Bitcoin", b"B" + half) + ONE + TAIL)
    assert first.title.startswith("B\ufffd")
    assert second.title == "Bitcoin & <b>more</b>"


def test_other_signs_by_number_are_read():
    assert read(HEAD + ONE.replace(b"Bitcoin", b"&#xBE44;&#53944;&#x1F600;") + TAIL)[
        0
    ].title.startswith("비트\U0001f600")


@pytest.mark.parametrize("body", [b"", b"<html><body>Sorry</body></html>", b"{}", b"\xff\xfe\0"])
async def test_what_is_no_feed_is_said_to_be_none(body):
    with pytest.raises(Failed, match="not a feed"):
        await Parse()(body)


def test_a_body_that_is_the_name_of_a_file_is_not_opened(tmp_path):
    (tmp_path / "feed").write_bytes(HEAD + ONE + TAIL)
    assert items(str(tmp_path / "feed").encode()) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
async def test_an_entity_bomb_is_refused_unread(encoding):
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{lines}]><rss><channel><title>&l9;</title></channel></rss>'
    with pytest.raises(Refused, match="entities of its own"):
        await Parse()(bomb.encode(encoding))


async def test_an_entity_that_names_a_file_is_refused_unread():
    body = b"<!DOCTYPE r [<!entity x SYSTEM 'file:///etc/passwd'>]><rss><title>&x;</title></rss>"
    with pytest.raises(Refused, match="entities of its own"):
        await Parse()(body)


async def test_a_feed_that_is_made_to_take_minutes_is_ended():
    """A hundred thousand attributes of one tag keep its reader busy for minutes."""
    slow = HEAD + b"<item " + b"".join(b"a%d='x' " % n for n in range(100_000)) + b"/>" + TAIL
    begun = time.perf_counter()
    with pytest.raises(Refused, match="too long to read"):
        await Parse(patience=timedelta(seconds=1))(slow)
    assert time.perf_counter() - begun < 5


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "first", "count"),
    [
        ("coindesk_rss_2026-08-15.xml", "Robot maker Unitree is going public.", 2),
        ("cointelegraph_rss_2026-08-15.xml", "", None),
        (
            "cointelegraph_rss_2026-08-28_undeclared-dc-prefix.xml",
            "Here's what happened in crypto today",
            2,
        ),
    ],
)
async def test_feeds_that_were_really_sent_are_read(name, first, count):
    if not REAL.is_dir():
        pytest.skip("the recorded feeds are not beside this checkout")
    found = await Parse()((REAL / name).read_bytes())
    assert found[0].title.startswith(first)
    assert count is None or len(found) == count
    assert all(item.published and item.published.tzinfo and item.url for item in found)
